package dev.holdfast.cli;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.EvidenceCheck;
import dev.holdfast.attest.EvidenceFile;
import dev.holdfast.attest.Inventories;
import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Inventory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast attest board}: which chips and switches share a board, and whether it holds. */
@Command(
    name = "board",
    description =
        "Grades the boards that follow from evidence and inventories: intact where all chips that"
            + " were ever on a board name its switches, partial where some still share one,"
            + " scattered where no two do. The FILEs are taken in the order in which they are named,"
            + " each as one moment, so name older ones first.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "What a host tells of its chips grades boards of its own, marked as the host's word. Evidence",
      "that does not verify counts for nothing (exit status 1).",
      "",
      "Examples:",
      "  holdfast attest board evidence.json",
      "  holdfast attest board january.json july.json --output json",
      "  holdfast attest board nvidia-smi-january.xml nvidia-smi-july.xml"
    })
final class AttestBoardCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "evidence, chains or inventories, of any form each")
  private List<Path> files = List.of();

  @Option(
      names = "--chain",
      paramLabel = "PEM",
      description = "the certificates of reports that lie alone")
  private @Nullable Path chain;

  @Mixin private final DeviceOptions trusted = new DeviceOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  AttestBoardCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form of a chip on a board; {@code file} is where it was seen last. */
  record MemberJson(
      String chip, boolean away, String file, String onBoardUntil, List<String> switches) {}

  /** The JSON form of a change of the grade. */
  record ChangeJson(String file, String grade) {}

  /** The JSON form of a board. */
  record BoardLine(
      String kind,
      String id,
      Board.Basis basis,
      String grade,
      String since,
      List<String> switches,
      List<MemberJson> members,
      List<ChangeJson> changes) {}

  /** The JSON form of something noticed. */
  record FindingLine(String kind, String finding, String subject, String file, String sentence) {}

  @Override
  public Integer call() {
    ProblemLog log = new ProblemLog(surroundings.err(), output.form);
    EvidenceFiles evidence = new EvidenceFiles(trusted.verifier(), trusted.at(), null);
    if (chain != null) {
      evidence.addChain(BoundedFiles.read(chain, EvidenceFile.LONGEST));
    }
    Map<Path, Held> all = new LinkedHashMap<>();
    for (Path file : files) {
      try {
        Held held = held(file);
        all.put(file, held);
        if (held instanceof Held.OfChips(EvidenceFile.Chain(byte[] pem))) {
          evidence.addChain(pem);
        }
      } catch (CodedException e) {
        log.add(e.problem());
      }
    }
    EvidenceBoards boards = new EvidenceBoards();
    boolean good = true;
    for (Map.Entry<Path, Held> each : all.entrySet()) {
      boards.file(each.getKey().toString());
      switch (each.getValue()) {
        case Held.Told(Inventory inventory) -> boards.take(inventory);
        case Held.OfChips(EvidenceFile held) ->
            good &= take(evidence.check(each.getKey(), held), boards);
      }
    }
    print(boards);
    return Math.max(good ? 0 : 1, log.finish());
  }

  /** What a file turned out to be. */
  private sealed interface Held {
    record OfChips(EvidenceFile file) implements Held {}

    record Told(Inventory inventory) implements Held {}
  }

  private static Held held(Path file) {
    byte[] octets = BoundedFiles.read(file, EvidenceFile.LONGEST);
    try {
      return new Held.OfChips(EvidenceFile.read(octets, file.toString()));
    } catch (CodedException evidence) {
      return new Held.Told(Inventories.read(octets, file.toString()).inventory());
    }
  }

  private boolean take(List<EvidenceFiles.Checked> checked, EvidenceBoards boards) {
    boolean good = true;
    for (EvidenceFiles.Checked each : checked) {
      switch (each.check()) {
        case EvidenceCheck.Verified verified -> {
          boards.take(verified);
          verified.reasons().stream()
              .filter(reason -> reason.code().equals("evidence.duplicate"))
              .forEach(reason -> warn(each, catalogue().say(reason.code(), reason.arguments())));
        }
        case EvidenceCheck.Refused refused -> {
          good = false;
          refused
              .reasons()
              .forEach(reason -> warn(each, catalogue().say(reason.code(), reason.arguments())));
        }
      }
    }
    return good;
  }

  private void warn(EvidenceFiles.Checked checked, String sentence) {
    surroundings.err().println(Problem.printable(checked.name() + ": " + sentence));
  }

  // ---- what follows

  private void print(EvidenceBoards boards) {
    if (output.form == OutputOptions.Form.JSON) {
      boards.boards().forEach(board -> json(form(board, boards)));
      for (Finding each : boards.findings()) {
        json(
            new FindingLine(
                "finding",
                each.kind(),
                each.subject(),
                boards.file(each.at()),
                MessageCatalogue.in(Locale.ENGLISH)
                    .say(each.reason().code(), each.reason().arguments())));
      }
      return;
    }
    if (boards.boards().isEmpty()) {
      line("attest.no-boards");
    }
    for (Board board : boards.boards()) {
      text(board, boards);
    }
    List<Finding> told =
        boards.findings().stream()
            .filter(each -> !each.reason().code().startsWith("cohesion.left"))
            .toList();
    told.forEach(each ->
        surroundings
            .out()
            .println(
                "▲ "
                    + Problem.printable(
                        catalogue().say(each.reason().code(), each.reason().arguments()))));
  }

  private static BoardLine form(Board board, EvidenceBoards boards) {
    return new BoardLine(
        "board",
        board.id(),
        board.basis(),
        board.grade().word(),
        boards.file(board.since()),
        List.copyOf(board.marks()),
        board.members().values().stream()
            .map(each ->
                new MemberJson(
                    each.chip(),
                    each.isAway(),
                    boards.file(each.last()),
                    boards.file(each.onBoardUntil()),
                    List.copyOf(each.marks())))
            .toList(),
        board.changes().stream()
            .map(each -> new ChangeJson(boards.file(each.at()), each.grade().word()))
            .toList());
  }

  private void text(Board board, EvidenceBoards boards) {
    line(
        board.basis() == Board.Basis.SIGNED ? "attest.board" : "attest.board-declared",
        mark(board.grade()),
        board.id(),
        catalogue().say("grade." + board.grade().word()),
        String.valueOf(board.members().size()),
        String.valueOf(board.marks().size()),
        boards.file(board.since()));
    for (Board.Member each : board.members().values()) {
      if (each.isAway()) {
        below(
            "attest.member-away",
            each.chip(),
            boards.file(each.onBoardUntil()),
            boards.file(each.last()),
            String.join(", ", each.marks()));
      } else {
        below("attest.member", each.chip());
      }
    }
    below("attest.marks", String.join(", ", board.marks()));
  }

  private static String mark(Board.Grade grade) {
    return switch (grade) {
      case INTACT -> "●";
      case PARTIAL -> "▲";
      case SCATTERED -> "◆";
    };
  }

  private MessageCatalogue catalogue() {
    return surroundings.catalogue(output.language);
  }

  private void line(String key, String... arguments) {
    surroundings.out().println(say(key, arguments));
  }

  private void below(String key, String... arguments) {
    surroundings.out().println("    " + say(key, arguments));
  }

  private String say(String key, String... arguments) {
    return catalogue().say(key, Arrays.stream(arguments).map(Problem::printable).toList());
  }

  private void json(Object line) {
    surroundings.out().println(Json.mapper().writeValueAsString(line));
  }
}
