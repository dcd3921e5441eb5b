package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.AuditFinding;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.VerifierKey;
import dev.holdfast.ledger.store.Fsck;
import dev.holdfast.ledger.store.FsckReport;
import dev.holdfast.ledger.store.LogFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast ledger fsck}: reads every octet of a log's folder. */
@Command(
    name = "fsck",
    description =
        "Reads every octet of a log's folder and says where one is not what it must be: the checkpoint"
            + " against the key, every tile and entry against the checkpoint, the writer's own state"
            + " against both. Changes nothing; others may append meanwhile.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "A finding names the file, the octet in it from 0 where one is meant, and the reason.",
      "",
      "Exit status 1 if anything is wrong.",
      "",
      "Example:",
      "  holdfast ledger fsck log --vkey \"$(cat log.vkey)\""
    })
final class LedgerFsckCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "folder of the log")
  private @Nullable Path folder;

  @Option(
      names = "--vkey",
      required = true,
      paramLabel = "VKEY",
      description = "the log's vkey, as init printed it; nothing in the folder vouches for itself")
  private @Nullable String vkey;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "tlog-policy with the keys of witnesses (default: the log's own)")
  private @Nullable Path policyFile;

  @Mixin private final OutputOptions output = new OutputOptions();

  LedgerFsckCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form of a finding. */
  record FindingJson(String path, @Nullable Long octet, String reason) {
    static FindingJson of(AuditFinding finding) {
      return new FindingJson(
          finding.path(),
          finding.offset() == AuditFinding.WHOLE_FILE ? null : finding.offset(),
          finding.reason());
    }
  }

  /** The JSON form of the last line. */
  record SummaryJson(
      boolean sound,
      @Nullable Long size,
      @Nullable String root,
      long files,
      int findings,
      long unlisted,
      List<String> notes) {}

  @Override
  public Integer call() {
    if (folder == null || vkey == null) {
      throw new ParameterException(spec.commandLine(), "DIR and --vkey are needed");
    }
    VerifierKey key = Policies.key("--vkey", vkey);
    Optional<Policy> policy = Optional.ofNullable(policyFile).map(Policies::read);
    FsckReport report;
    try (Progress progress = new Progress(surroundings, "Checking", "entries", -1)) {
      report = Fsck.run(folder, key, policy, progress::show);
    }
    report.findings().forEach(this::print);
    summary(report, report.size() < 0 ? null : root(folder, report.size()));
    return report.sound() ? 0 : 1;
  }

  private void print(AuditFinding finding) {
    PrintStream out = surroundings.out();
    if (output.form == OutputOptions.Form.JSON) {
      out.println(Json.mapper().writeValueAsString(FindingJson.of(finding)));
    } else {
      out.println(line(finding));
    }
  }

  /** A finding as one line. */
  static String line(AuditFinding finding) {
    return Problem.printable(finding.path())
        + (finding.offset() == AuditFinding.WHOLE_FILE ? "" : ", octet " + finding.offset())
        + ": "
        + Problem.printable(finding.reason());
  }

  private void summary(FsckReport report, @Nullable String root) {
    PrintStream out = surroundings.out();
    if (output.form == OutputOptions.Form.JSON) {
      out.println(
          Json.mapper()
              .writeValueAsString(
                  new SummaryJson(
                      report.sound(),
                      report.size() < 0 ? null : report.size(),
                      root,
                      report.files(),
                      report.findings().size(),
                      report.unlisted(),
                      report.notes())));
      return;
    }
    report.notes().forEach(note -> out.println("Note: " + Problem.printable(note)));
    if (report.unlisted() > 0) {
      out.println("and " + report.unlisted() + " more findings");
    }
    out.println(
        (report.sound() ? "Sound: " : "Wrong: ")
            + (report.size() < 0
                ? "the checkpoint cannot be believed"
                : "size " + report.size() + (root == null ? "" : ", root " + root))
            + ", "
            + report.files()
            + " files read.");
  }

  /** The root that was checked; null where the log has moved on since. */
  private static @Nullable String root(Path folder, long size) {
    try {
      Checkpoint now = LogFolder.at(folder).signedCheckpoint().checkpoint();
      return now.size() == size ? now.root().base64() : null;
    } catch (IOException | CodedException e) {
      return null;
    }
  }
}
