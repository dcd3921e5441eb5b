package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.ConsistencyProof;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.ProofCheck;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileHashes;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.ledger.TreeRoot;
import dev.holdfast.ledger.WitnessRequest;
import java.util.ArrayList;
import java.util.List;

/** Verifies that the larger of two trees continues the smaller: that the log did not fork. */
final class VerifyPair {
  private final VerifyOutput output;
  private final Policy policy;

  VerifyPair(VerifyOutput output, Policy policy) {
    this.output = output;
    this.policy = policy;
  }

  /** The JSON form. */
  record PairJson(
      String kind,
      String result,
      String origin,
      long oldSize,
      String oldRoot,
      long size,
      String root,
      String oldQuorum,
      String quorum,
      List<VerifyOutput.SeenJson> witnesses,
      List<String> reasons) {}

  /** What was found of the two trees, apart from who signed them. */
  private record Found(VerifyOutput.Result result, List<String> reasons) {
    static Found consistent() {
      return new Found(VerifyOutput.Result.CONSISTENT, List.of());
    }

    static Found forked(String reason) {
      return new Found(VerifyOutput.Result.FORKED, List.of(reason));
    }

    static Found notProved(String reason) {
      return new Found(VerifyOutput.Result.NOT_PROVED, List.of(reason));
    }
  }

  /** A proof with its newer checkpoint. */
  int run(SignedCheckpoint older, WitnessRequest continued) {
    requireOneLog(older, continued.checkpoint());
    if (continued.oldSize() != older.checkpoint().size()) {
      return answer(
          older,
          continued.checkpoint(),
          Found.notProved(
              "the proof begins at size "
                  + continued.oldSize()
                  + ", the checkpoint has "
                  + older.checkpoint().size()));
    }
    return run(older, continued.checkpoint(), continued.proof());
  }

  /**
   * Two checkpoints and a proof.
   *
   * @param path empty between trees of one size
   */
  int run(SignedCheckpoint older, SignedCheckpoint newer, List<Hash> path) {
    requireOneLog(older, newer);
    Checkpoint from = older.checkpoint();
    Checkpoint to = newer.checkpoint();
    return answer(
        older,
        newer,
        from.size() == to.size() || from.size() == 0
            ? withoutProof(from, to)
            : byProof(from, to, path));
  }

  /** Two checkpoints and the log that they are said to be of. */
  int run(SignedCheckpoint older, SignedCheckpoint newer, LogPlace log) {
    requireOneLog(older, newer);
    Checkpoint from = older.checkpoint();
    Checkpoint to = newer.checkpoint();
    return answer(
        older,
        newer,
        from.size() == to.size() || from.size() == 0
            ? withoutProof(from, to)
            : byLog(from, to, log));
  }

  private static void requireOneLog(SignedCheckpoint older, SignedCheckpoint newer) {
    String first = older.checkpoint().origin();
    String second = newer.checkpoint().origin();
    if (!first.equals(second)) {
      throw new CodedException(
          Problem.of(
              ErrorCode.KEY_MISMATCH,
              "the checkpoints are of two logs: "
                  + Problem.quote(first)
                  + " and "
                  + Problem.quote(second)));
    }
  }

  private static Found withoutProof(Checkpoint from, Checkpoint to) {
    if (from.size() == to.size()) {
      return from.root().equals(to.root())
          ? Found.consistent()
          : Found.forked(
              "at size "
                  + from.size()
                  + " one root is "
                  + from.root()
                  + ", the other "
                  + to.root());
    }
    Hash empty = TreeHasher.emptyRoot();
    return from.root().equals(empty)
        ? Found.consistent()
        : Found.forked("the root of an empty tree is " + empty + ", not " + from.root());
  }

  private static Found byProof(Checkpoint from, Checkpoint to, List<Hash> path) {
    return switch (new ConsistencyProof(from.size(), to.size(), path)
        .check(from.root(), to.root())) {
      case ProofCheck.Valid valid -> Found.consistent();
      // Perhaps only the proof is bad: that the log forked does not follow.
      case ProofCheck.Invalid invalid -> Found.notProved(invalid.reason());
    };
  }

  private static Found byLog(Checkpoint from, Checkpoint to, LogPlace log) {
    TileHashes tiles = new TileHashes(log.files(), to.size());
    Hash root = log.reading(() -> TreeRoot.of(to.size(), tiles));
    if (!root.equals(to.root())) {
      return Found.notProved(
          "the log's tiles lead to the root "
              + root
              + " at size "
              + to.size()
              + ", signed is "
              + to.root()
              + ": they tell nothing about this checkpoint");
    }
    Hash beginning = log.reading(() -> TreeRoot.of(from.size(), tiles));
    return beginning.equals(from.root())
        ? Found.consistent()
        : Found.forked(
            "the first "
                + from.size()
                + " entries of the tree of "
                + to.size()
                + " have the root "
                + beginning
                + ", signed is "
                + from.root());
  }

  private int answer(SignedCheckpoint older, SignedCheckpoint newer, Found found) {
    Judgement old = Judgement.of(older, policy);
    Judgement now = Judgement.of(newer, policy);
    List<String> reasons = new ArrayList<>();
    VerifyOutput.Result result = found.result();
    if (!old.isSigned() || !now.isSigned()) {
      // Whoever signed them, it was not the log; so nothing is said of it.
      result = VerifyOutput.Result.NOT_VERIFIED;
      reasons.addAll(refusals(old));
      reasons.addAll(refusals(now));
    } else {
      reasons.addAll(found.reasons());
      if (result == VerifyOutput.Result.CONSISTENT && !(old.isAccepted() && now.isAccepted())) {
        result = VerifyOutput.Result.QUORUM_MISSING;
        reasons.addAll(refusals(old));
        reasons.addAll(refusals(now));
      }
    }
    if (output.isJson()) {
      output.json(
          new PairJson(
              "consistency",
              result.name(),
              now.origin(),
              old.size(),
              old.signed().checkpoint().root().base64(),
              now.size(),
              now.signed().checkpoint().root().base64(),
              old.quorum().word(),
              now.quorum().word(),
              VerifyOutput.seen(now),
              reasons));
    } else {
      print(result, old, now, reasons);
    }
    return result.exitStatus();
  }

  /** Why a checkpoint is not accepted; empty where it is. */
  private static List<String> refusals(Judgement judged) {
    return judged.reasons().stream()
        .map(reason -> "checkpoint of size " + judged.size() + ": " + reason)
        .toList();
  }

  private void print(
      VerifyOutput.Result result, Judgement old, Judgement now, List<String> reasons) {
    switch (result) {
      case CONSISTENT, QUORUM_MISSING -> {
        if (old.size() == now.size()) {
          output.say("verify.same-tree", now.origin(), now.size());
        } else {
          output.say("verify.consistent", now.origin(), old.size(), now.size());
        }
        output.witnesses(now);
        if (now.isAccepted() && !old.isAccepted()) {
          output.say("verify.quorum-missing", VerifyOutput.reasons(reasons));
        }
      }
      case FORKED -> output.say("verify.forked", now.origin(), VerifyOutput.reasons(reasons));
      case NOT_VERIFIED -> output.say("verify.not-verified", VerifyOutput.reasons(reasons));
      case NOT_PROVED, PROVED, VERIFIED, SOUND, DAMAGED ->
          output.say("verify.not-proved", VerifyOutput.reasons(reasons));
    }
  }
}
