package dev.holdfast.cli;

import dev.holdfast.ledger.AuditReport;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.LogAudit;
import dev.holdfast.ledger.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies a whole log: every entry and every hash is computed anew from the entries up. */
final class VerifyLog {
  private final VerifyOutput output;
  private final Policy policy;
  private final Surroundings surroundings;

  VerifyLog(VerifyOutput output, Policy policy, Surroundings surroundings) {
    this.output = output;
    this.policy = policy;
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record LogJson(
      String kind,
      String result,
      String origin,
      long size,
      String root,
      @Nullable String log,
      String quorum,
      List<VerifyOutput.SeenJson> witnesses,
      long entries,
      long files,
      List<LedgerFsckCommand.FindingJson> findings,
      long unlisted,
      List<String> reasons) {}

  int run(String name) {
    try (LogPlace place = LogPlace.of(name)) {
      Judgement judged = Judgement.of(place.checkpoint(), policy);
      if (!judged.isSigned()) {
        // Nobody who is believed said what the files should be, so there is no use in reading them.
        return answer(
            VerifyOutput.Result.NOT_VERIFIED, judged, new AuditReport(0, 0, List.of(), 0, false));
      }
      AuditReport report = audit(place, judged);
      return answer(
          !report.sound()
              ? VerifyOutput.Result.DAMAGED
              : judged.isAccepted()
                  ? VerifyOutput.Result.SOUND
                  : VerifyOutput.Result.QUORUM_MISSING,
          judged,
          report);
    }
  }

  private AuditReport audit(LogPlace place, Judgement judged) {
    Checkpoint tree = judged.signed().checkpoint();
    try (Progress progress = new Progress(surroundings, "Verifying", "entries", tree.size())) {
      return place.reading(
          () -> LogAudit.run(tree.size(), tree.root(), place.files(), progress::show));
    }
  }

  private int answer(VerifyOutput.Result result, Judgement judged, AuditReport report) {
    Checkpoint tree = judged.signed().checkpoint();
    if (output.isJson()) {
      output.json(
          new LogJson(
              "log",
              result.name(),
              tree.origin(),
              tree.size(),
              tree.root().base64(),
              VerifyTree.vkey(judged),
              judged.quorum().word(),
              VerifyOutput.seen(judged),
              report.entries(),
              report.tiles(),
              report.findings().stream().map(LedgerFsckCommand.FindingJson::of).toList(),
              report.unlisted(),
              judged.reasons()));
      return result.exitStatus();
    }
    switch (result) {
      case NOT_VERIFIED ->
          output.say("verify.not-verified", VerifyOutput.reasons(judged.reasons()));
      case DAMAGED -> {
        report
            .findings()
            .forEach(finding -> output.say("verify.finding", LedgerFsckCommand.line(finding)));
        output.say(
            "verify.log-damaged",
            tree.origin(),
            tree.size(),
            report.findings().size() + report.unlisted());
      }
      case SOUND, QUORUM_MISSING, PROVED, VERIFIED, CONSISTENT, NOT_PROVED, FORKED -> {
        output.say(
            "verify.log-sound", tree.origin(), tree.size(), tree.root().base64(), report.tiles());
        output.witnesses(judged);
      }
    }
    return result.exitStatus();
  }
}
