package dev.holdfast.cli;

import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.TlogProof;
import dev.holdfast.ledger.TlogProofCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies that an entry is in a log. */
final class VerifyProof {
  private final VerifyOutput output;
  private final Policy policy;

  VerifyProof(VerifyOutput output, Policy policy) {
    this.output = output;
    this.policy = policy;
  }

  /** The JSON form. */
  record ProofJson(
      String kind,
      String result,
      String origin,
      long index,
      long size,
      String root,
      String leafHash,
      @Nullable String log,
      String quorum,
      List<VerifyOutput.SeenJson> witnesses,
      List<String> reasons) {}

  int run(TlogProof proof, Hash leaf) {
    Judgement judged = Judgement.of(proof.checkpoint(), policy);
    return switch (proof.check(leaf, policy)) {
      case TlogProofCheck.Proved proved ->
          answer(VerifyOutput.Result.PROVED, proof, leaf, judged, List.of());
      case TlogProofCheck.QuorumMissing missing ->
          answer(VerifyOutput.Result.QUORUM_MISSING, proof, leaf, judged, judged.reasons());
      case TlogProofCheck.Refused refused ->
          answer(VerifyOutput.Result.NOT_PROVED, proof, leaf, judged, refused.reasons());
    };
  }

  private int answer(
      VerifyOutput.Result result,
      TlogProof proof,
      Hash leaf,
      Judgement judged,
      List<String> reasons) {
    Checkpoint tree = proof.checkpoint().checkpoint();
    if (output.isJson()) {
      output.json(
          new ProofJson(
              "proof",
              result.name(),
              tree.origin(),
              proof.index(),
              tree.size(),
              tree.root().base64(),
              leaf.base64(),
              VerifyTree.vkey(judged),
              judged.quorum().word(),
              VerifyOutput.seen(judged),
              reasons));
    } else if (result == VerifyOutput.Result.NOT_PROVED) {
      output.say("verify.not-proved", VerifyOutput.reasons(reasons));
    } else {
      output.say(
          result == VerifyOutput.Result.PROVED ? "verify.proved" : "verify.proved-unseen",
          proof.index(),
          tree.origin(),
          tree.size());
      output.witnesses(judged);
    }
    return result.exitStatus();
  }
}
