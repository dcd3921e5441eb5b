package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.Board.Basis;
import dev.holdfast.attest.Cohesion;
import dev.holdfast.attest.Sighting;
import dev.holdfast.base.Times;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Evidence.OfChips;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fold of chips and boards: what a chip signed or a host told, and what is known around it,
 * give what is known then and what was noticed. The same input gives the same output on any
 * machine.
 *
 * <p>Only fresh evidence moves a board or a chip: an old report shows who signed it once, and would
 * let a host whose board was taken apart go on showing it whole.
 */
public final class ChipFold {
  /** In less time no chip is taken out of one host and put into another. */
  public static final Duration MOVING = Duration.ofMinutes(15);

  private static final int MOST_MARKS = 64;

  private final Known known;

  /** A fold over what is known. */
  public ChipFold(Known known) {
    this.known = requireNonNull(known, "known");
  }

  /** Where the fold finds what is known; it reads no more than what its step needs. */
  public interface Known {
    /** A chip by its id. */
    Optional<ChipState> chip(String id);

    /** The ids of chips that have this name, in their order. */
    SortedSet<String> holders(Alias alias);

    /** The boards that know one of these chips as a member, or one of these marks. */
    Collection<Board> boards(Basis basis, Set<String> chips, Set<String> marks);
  }

  /** What a step made. */
  public record Step(List<ChipState> chips, List<Board> boards, List<Finding> findings) {
    public Step {
      chips = List.copyOf(chips);
      boards = List.copyOf(boards);
      findings = List.copyOf(findings);
    }
  }

  /**
   * Takes in evidence.
   *
   * @param index of its entry
   */
  public Step apply(OfChips evidence, long index) {
    return switch (evidence) {
      case Attested attested -> attested(attested, index);
      case Inventoried inventoried -> inventoried(inventoried, index);
    };
  }

  // ---- what a chip signed

  private Step attested(Attested said, long index) {
    List<Finding> findings = new ArrayList<>();
    ChipState before =
        known.chip(said.chip()).orElseGet(() -> ChipState.unknown(said.chip(), said.model()));
    ChipState after = before.with(said.aliases(), said.simulated());
    conflicts(before, after, said.at(), findings);
    contradictions(before, said, findings);
    ChipState.@Nullable Signed last = before.signed();
    boolean moves =
        last == null || !last.fresh() || (said.fresh() && !said.at().isBefore(last.at()));
    if (moves) {
      after = after.signed(ChipState.Signed.of(said, index), said.model(), said.isSwitch());
    }
    if (said.fresh() && last != null && last.fresh() && !last.host().equals(said.host().value())) {
      findings.add(moved(said.chip(), last.host(), last.at(), said.host().value(), said.at()));
    }
    if (!said.fresh()
        || said.isSwitch()
        || said.neighbours() == null
        || said.neighbours().isEmpty()) {
      return new Step(List.of(after), List.of(), findings);
    }
    Sighting sighting =
        new Sighting(
            Basis.SIGNED, said.chip(), said.host().value(), said.at(), index, said.neighbours());
    return new Step(List.of(after), boards(List.of(sighting), findings), findings);
  }

  private static Finding moved(String chip, String from, Instant last, String to, Instant now) {
    boolean tooSoon = Duration.between(last, now).abs().compareTo(MOVING) < 0;
    return new Finding(
        tooSoon ? "chip-at-two-hosts" : "chip-moved",
        chip,
        Reason.of(
            tooSoon ? "finding.chip-at-two-hosts" : "finding.chip-moved",
            chip,
            from,
            Times.print(last),
            to,
            Times.print(now)),
        now);
  }

  /** A name that belongs to one chip is held by another too; told once, when it is new. */
  private void conflicts(ChipState before, ChipState after, Instant at, List<Finding> findings) {
    for (Alias alias : after.aliases()) {
      if (alias.kind().isUnique() && !before.aliases().contains(alias)) {
        for (String other : known.holders(alias)) {
          if (!other.equals(after.id())) {
            findings.add(
                new Finding(
                    "alias-on-two-chips",
                    after.id(),
                    Reason.of("finding.alias-on-two-chips", alias.toString(), after.id(), other),
                    at));
          }
        }
      }
    }
  }

  /**
   * The manufacturer certified two names for what a chip has one of: what only a copied serial
   * under the manufacturer's own key makes.
   */
  private static void contradictions(ChipState before, Attested said, List<Finding> findings) {
    for (Alias alias : said.aliases()) {
      if (alias.kind().isLasting() && !before.aliases().contains(alias)) {
        before.aliases().stream()
            .filter(each -> each.kind() == alias.kind())
            .findFirst()
            .ifPresent(first ->
                findings.add(
                    new Finding(
                        "chip-with-two-names",
                        said.chip(),
                        Reason.of(
                            "finding.chip-with-two-names",
                            said.chip(),
                            first.toString(),
                            alias.toString()),
                        said.at())));
      }
    }
  }

  private List<Board> boards(List<Sighting> sightings, List<Finding> findings) {
    Set<String> chips = new TreeSet<>();
    Set<String> marks = new TreeSet<>();
    for (Sighting each : sightings) {
      chips.add(each.chip());
      marks.addAll(each.marks());
    }
    Basis basis = sightings.getFirst().basis();
    Cohesion.Step step = Cohesion.apply(known.boards(basis, chips, marks), sightings);
    String prefix = basis == Basis.SIGNED ? "board-" : "declared-board-";
    for (Cohesion.Note note : step.notes()) {
      findings.add(
          new Finding(
              prefix + note.kind().name().toLowerCase(Locale.ROOT),
              note.subject(),
              note.reason(),
              note.at()));
    }
    return step.boards();
  }

  // ---- what a host tells

  private Step inventoried(Inventoried said, long index) {
    List<Finding> findings = new ArrayList<>();
    List<ChipState> chips = new ArrayList<>();
    List<Sighting> sightings = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (Inventory.Chip each : said.inventory().chips()) {
      Optional<String> id = id(each);
      if (id.isEmpty()) {
        continue;
      }
      if (!seen.add(id.get())) {
        findings.add(
            new Finding(
                "alias-on-two-chips",
                said.host().value(),
                Reason.of("finding.repeated-in-inventory", id.get(), said.host().value()),
                said.at()));
        continue;
      }
      chips.add(told(id.get(), each, said, index, findings));
      sightings.add(
          new Sighting(
              Basis.HOST_DECLARED,
              id.get(),
              said.host().value(),
              said.at(),
              index,
              marks(each.seat(), said)));
    }
    return new Step(chips, sightings.isEmpty() ? List.of() : boards(sightings, findings), findings);
  }

  private ChipState told(
      String id, Inventory.Chip chip, Inventoried said, long index, List<Finding> findings) {
    ChipState before =
        known.chip(id).orElseGet(() -> ChipState.unknown(id, chip.model().value().orElse("-")));
    ChipState.@Nullable Told last = before.told();
    ChipState after = before.with(chip.aliases(), said.simulated());
    conflicts(before, after, said.at(), findings);
    if (last != null && said.at().isBefore(last.at())) {
      return after;
    }
    if (last != null && !last.host().equals(said.host().value())) {
      Finding moved = moved(id, last.host(), last.at(), said.host().value(), said.at());
      findings.add(
          new Finding(
              "declared-" + moved.kind(),
              id,
              new Reason(moved.reason().code() + "-declared", moved.reason().arguments()),
              said.at()));
    }
    return after.told(
        new ChipState.Told(
            said.host().value(), said.at(), index, said.inventory().source().word(), chip.meter()));
  }

  /**
   * What a chip of an inventory is keyed by: its per-device id, which is also what it signs with;
   * else the chip that has its strongest other name already, else that name.
   */
  private Optional<String> id(Inventory.Chip chip) {
    Optional<String> device = chip.device();
    if (device.isPresent()) {
      return device;
    }
    for (Alias alias : chip.aliases()) {
      if (alias.kind().isUnique()) {
        SortedSet<String> holders = known.holders(alias);
        return Optional.of(holders.isEmpty() ? alias.value() : holders.getFirst());
      }
    }
    return Optional.empty();
  }

  /**
   * The signs of what a chip sits in, at most {@value #MOST_MARKS}. The fabric's cluster is none of
   * them: all trays of a rack have the same. Nor is the machine id, which copies of one installed
   * image share.
   */
  private static SortedSet<String> marks(Inventory.Seat seat, Inventoried said) {
    TreeSet<String> marks = new TreeSet<>();
    seat.chassisSerial()
        .value()
        .ifPresent(serial ->
            marks.add(
                "tray:"
                    + serial
                    + "/"
                    + seat.slot().value().orElse("-")
                    + "/"
                    + seat.tray().value().orElse("-")));
    said.inventory().signs().entrySet().stream()
        .filter(each -> each.getKey() != Inventory.HostSign.MACHINE_ID)
        .flatMap(each -> each.getValue().stream().map(value -> each.getKey().word() + ":" + value))
        .limit(MOST_MARKS - marks.size())
        .forEach(marks::add);
    if (marks.isEmpty()) {
      marks.add("host:" + said.host().value());
    }
    return marks;
  }
}
