package dev.holdfast.cli;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.ChipEvidence;
import dev.holdfast.attest.EvidenceCheck;
import dev.holdfast.detect.ChipFold;
import dev.holdfast.detect.ChipsInMemory;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The boards that follow from files, taken in the order in which they are named: each file stands
 * for one moment, later than the one before. The fold is the server's own.
 */
final class EvidenceBoards {
  private static final TargetId NO_HOST = new TargetId("-");

  private final ChipsInMemory known = new ChipsInMemory();
  private final ChipFold fold = new ChipFold(known);
  private final List<String> files = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /** From now on it is the moment of this file. */
  void file(String name) {
    files.add(name);
  }

  /** Far enough apart that a chip may have been moved in between. */
  private Instant moment() {
    return Instant.EPOCH.plus(ChipFold.MOVING.multipliedBy(2L * files.size()));
  }

  /** The file of a moment. */
  String file(Instant moment) {
    long number = moment.getEpochSecond() / (2 * ChipFold.MOVING.toSeconds());
    return files.get((int) number - 1);
  }

  void take(EvidenceCheck.Verified good) {
    var chip = good.evidence();
    keep(
        fold.apply(
            new Attested(
                NO_HOST,
                "-",
                chip.id(),
                chip.kind() == ChipEvidence.Kind.SWITCH,
                chip.model(),
                good.root(),
                chip.aliases(),
                chip.neighbours(),
                moment(),
                true,
                null,
                good.simulated(),
                good.revocationsAt()),
            files.size()));
  }

  void take(Inventory inventory) {
    TargetId host = inventory.host() == null ? NO_HOST : new TargetId(inventory.host());
    keep(fold.apply(new Inventoried(host, inventory, moment(), false), files.size()));
  }

  private void keep(ChipFold.Step step) {
    known.keep(step);
    findings.addAll(step.findings());
  }

  /** All boards, by their ids: those of signatures first. */
  Collection<Board> boards() {
    return known.boards();
  }

  /** What was noticed, in its order. */
  List<Finding> findings() {
    return findings;
  }

  /** The board whose switches a chip names now; null where it names none. */
  @Nullable Board of(EvidenceCheck.Verified good) {
    var neighbours = good.evidence().neighbours();
    if (neighbours == null || neighbours.isEmpty()) {
      return null;
    }
    return known.boards(Board.Basis.SIGNED, Set.of(), neighbours).stream()
        .filter(board -> board.members().containsKey(good.evidence().id()))
        .findFirst()
        .orElse(null);
  }
}
