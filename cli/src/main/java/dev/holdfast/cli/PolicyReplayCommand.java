package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.policy.Decider;
import dev.holdfast.policy.Decision;
import dev.holdfast.policy.DecisionWords;
import dev.holdfast.policy.KeptDecision;
import dev.holdfast.policy.Rule;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Statement;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast policy replay}: decisions that were kept are made again, offline. */
@Command(
    name = "replay",
    description =
        "Makes decisions again that a server kept, offline, by the record that they name, and says"
            + " whether they come out the same.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "A FILE is what the server answers at /api/v1/decisions/INDEX or /api/v1/entries/INDEX, or the",
      "statement's envelope itself. Exit status 1 where one comes out otherwise, 2 where it was made",
      "by another record than this one (give that by --record).",
      "",
      "Example:",
      "  holdfast policy replay decision-17.json"
    })
final class PolicyReplayCommand implements Callable<Integer> {
  private static final int LONGEST = 1 << 20;

  private final Surroundings surroundings;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "decisions as they were kept")
  private List<Path> files = List.of();

  @Mixin private final PolicyOptions options = new PolicyOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  PolicyReplayCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record ReplayJson(
      String file,
      boolean same,
      String kept,
      List<String> keptBy,
      String again,
      List<String> againBy,
      String record) {}

  @Override
  public Integer call() {
    ProblemLog log = new ProblemLog(surroundings.err(), output.form);
    Decider decider = new Decider(options.read());
    MessageCatalogue catalogue = surroundings.catalogue(output.language);
    boolean allSame = true;
    for (Path file : files) {
      try {
        KeptDecision kept = read(file);
        requireRecord(file, kept, decider.record().sha256());
        Decision again = kept.again(decider);
        allSame &= kept.isSame(again);
        print(file, kept, again, catalogue);
      } catch (CodedException e) {
        Problem found = e.problem();
        log.add(
            found.source() != null
                ? found
                : new Problem(
                    found.code(), file.toString(), found.line(), found.field(), found.reason()));
      }
    }
    if (output.form == OutputOptions.Form.TEXT) {
      surroundings.out().println(catalogue.say("policy.text.unchecked"));
    }
    return Math.max(log.finish(), allSame ? 0 : 1);
  }

  private static void requireRecord(Path file, KeptDecision kept, String here) {
    if (!kept.record().equals(here)) {
      throw new CodedException(
          new Problem(
              ErrorCode.OTHER_RECORD,
              file.toString(),
              0,
              "record",
              "it was made by the record " + kept.record() + ", and this is " + here));
    }
  }

  private void print(Path file, KeptDecision kept, Decision again, MessageCatalogue catalogue) {
    List<String> rules = again.decidedBy().stream().map(Rule::id).distinct().toList();
    String outcome = again.outcome().word();
    if (output.form == OutputOptions.Form.JSON) {
      surroundings
          .out()
          .println(
              Json.mapper()
                  .writeValueAsString(
                      new ReplayJson(
                          file.toString(),
                          kept.isSame(again),
                          kept.outcome(),
                          kept.decidedBy(),
                          outcome,
                          rules,
                          kept.record())));
      return;
    }
    surroundings
        .out()
        .println(
            kept.isSame(again)
                ? catalogue.say("policy.text.same", new DecisionWords(catalogue).sentence(again))
                : catalogue.say(
                    "policy.text.differs",
                    kept.outcome(),
                    String.join(", ", kept.decidedBy()),
                    outcome,
                    String.join(", ", rules)));
  }

  /** The decision in any of the forms in which a server gives it out. */
  private static KeptDecision read(Path file) {
    byte[] octets = BoundedFiles.read(file, LONGEST);
    String name = file.toString();
    JsonFields fields = JsonFields.read(octets, name, LONGEST, ErrorCode.MALFORMED_STATEMENT);
    if (fields.has("envelope")) {
      return of(fields.value("envelope", Base64.getDecoder()::decode), name);
    }
    return fields.has("payload") ? of(octets, name) : KeptDecision.read(fields);
  }

  private static KeptDecision of(byte[] envelope, String name) {
    Statement statement = Statement.parse(Envelope.parse(envelope, name).payload(), name);
    if (!(statement.content() instanceof Content.Inline(ObjectNode object))) {
      throw new CodedException(
          Problem.in(name, ErrorCode.MALFORMED_STATEMENT, "it holds no decision"));
    }
    return KeptDecision.read(JsonFields.of(object, name, ErrorCode.MALFORMED_STATEMENT));
  }
}
