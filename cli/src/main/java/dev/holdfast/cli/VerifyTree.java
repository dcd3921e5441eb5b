package dev.holdfast.cli;

import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.VerifierKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies one checkpoint: who signed it, and whether the quorum saw it. */
final class VerifyTree {
  private final VerifyOutput output;
  private final Policy policy;

  VerifyTree(VerifyOutput output, Policy policy) {
    this.output = output;
    this.policy = policy;
  }

  /** The JSON form. */
  record TreeJson(
      String kind,
      String result,
      String origin,
      long size,
      String root,
      @Nullable String log,
      String quorum,
      List<VerifyOutput.SeenJson> witnesses,
      List<String> reasons) {}

  int run(SignedCheckpoint signed) {
    Judgement judged = Judgement.of(signed, policy);
    VerifyOutput.Result result =
        judged.isAccepted()
            ? VerifyOutput.Result.VERIFIED
            : judged.isSigned()
                ? VerifyOutput.Result.QUORUM_MISSING
                : VerifyOutput.Result.NOT_VERIFIED;
    Checkpoint tree = signed.checkpoint();
    if (output.isJson()) {
      output.json(
          new TreeJson(
              "checkpoint",
              result.name(),
              tree.origin(),
              tree.size(),
              tree.root().base64(),
              vkey(judged),
              judged.quorum().word(),
              VerifyOutput.seen(judged),
              judged.reasons()));
      return result.exitStatus();
    }
    if (judged.isSigned()) {
      output.say("verify.checkpoint", tree.origin(), tree.size(), tree.root().base64());
      output.witnesses(judged);
    } else {
      output.say("verify.not-verified", VerifyOutput.reasons(judged.reasons()));
    }
    return result.exitStatus();
  }

  /** The key of the log that signed, or null where none did. */
  static @Nullable String vkey(Judgement judged) {
    VerifierKey log = judged.log();
    return log == null ? null : log.vkey();
  }
}
