package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.policy.PolicyCheck;
import dev.holdfast.policy.PolicyFiles;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast policy check}: a record is proved before anybody decides by it. */
@Command(
    name = "check",
    description =
        "Proves a record: every row is cited and well typed, no two rows contradict each other, and"
            + " on every day, as known on every other, each item meets exactly one paragraph and"
            + " each requirement has exactly one answer, without gap or overlap.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Conditions compare one variable with constants only, so one value between each two constants",
      "stands for all others, and every combination is tried. Exit status 2 where anything is wrong.",
      "",
      "Examples:",
      "  holdfast policy check",
      "  holdfast policy export mine; holdfast policy check --record mine"
    })
final class PolicyCheckCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final PolicyOptions options = new PolicyOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  PolicyCheckCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form of a record that is proved. */
  record ProvedJson(boolean proved, int rows, int laws, long cells, String record) {}

  @Override
  public Integer call() {
    ProblemLog log = new ProblemLog(surroundings.err(), output.form);
    PolicyFiles files = options.files();
    PolicyCheck.Report report;
    try (Progress progress = new Progress(surroundings, "proving", "cases", -1)) {
      report = PolicyCheck.check(files, progress::show);
    }
    report.problems().stream().map(options::placed).forEach(log::add);
    boolean proved = report.problems().isEmpty();
    if (output.form == OutputOptions.Form.JSON) {
      surroundings
          .out()
          .println(
              Json.mapper()
                  .writeValueAsString(
                      new ProvedJson(
                          proved, report.rows(), report.laws(), report.cells(), files.sha256())));
    } else if (proved) {
      MessageCatalogue catalogue = surroundings.catalogue(output.language);
      surroundings
          .out()
          .println(
              catalogue.say(
                  "policy.text.proved",
                  Integer.toString(report.rows()),
                  Integer.toString(report.laws()),
                  String.format(Locale.ROOT, "%,d", report.cells())));
    }
    return log.finish();
  }
}
