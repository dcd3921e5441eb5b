package dev.holdfast.ledger.store;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.ConsistencyProof;
import dev.holdfast.ledger.NoteSignature;
import dev.holdfast.ledger.ProofCheck;
import dev.holdfast.ledger.SignatureCheck;
import dev.holdfast.ledger.SignatureChecks;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.ledger.VerifierKey;
import dev.holdfast.ledger.WitnessRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a witness checks, in the order of C2SP tlog-witness; knows no disk and no clock. */
final class WitnessRules {
  private WitnessRules() {}

  /** What came of checking the log's signatures. */
  sealed interface Signed {
    /** The log's signatures that hold, the first by each key. */
    record Trusted(List<NoteSignature> signatures) implements Signed {
      public Trusted {
        signatures = List.copyOf(signatures);
      }
    }

    /** It is refused. */
    record Untrusted(WitnessAnswer.NotSigned answer) implements Signed {}
  }

  /** Checks the signatures by the keys of the log that are trusted; ignores all others. */
  static Signed signatures(SignedCheckpoint signed, Collection<VerifierKey> keys) {
    List<SignatureCheck> checks = SignatureChecks.check(signed, keys);
    Map<VerifierKey, NoteSignature> trusted = new LinkedHashMap<>();
    for (int i = 0; i < checks.size(); i++) {
      switch (checks.get(i)) {
        case SignatureCheck.Valid valid ->
            trusted.putIfAbsent(valid.key(), signed.note().signatures().get(i));
        case SignatureCheck.Wrong wrong -> {
          return untrusted("the signature of " + wrong.key() + " is wrong: " + wrong.reason());
        }
        case SignatureCheck.Unknown unknown -> {}
      }
    }
    return trusted.isEmpty()
        ? untrusted("no trusted key of this log has signed the checkpoint")
        : new Signed.Trusted(List.copyOf(trusted.values()));
  }

  private static Signed untrusted(String reason) {
    return new Signed.Untrusted(
        new WitnessAnswer.NotSigned(Problem.of(ErrorCode.NO_TRUSTED_SIGNATURE, reason)));
  }

  /** Refuses an old size above the checkpoint's. */
  static Optional<WitnessAnswer> sizes(WitnessRequest request) {
    long size = request.checkpoint().checkpoint().size();
    return request.oldSize() <= size
        ? Optional.empty()
        : Optional.of(
            new WitnessAnswer.Malformed(
                new Problem(
                    ErrorCode.MALFORMED_WITNESS_REQUEST,
                    null,
                    1,
                    "old size",
                    "the old size "
                        + request.oldSize()
                        + " is greater than the checkpoint's, "
                        + size)));
  }

  /**
   * Refuses what does not continue the checkpoint cosigned last.
   *
   * @param latest empty where none was ever cosigned
   */
  static Optional<WitnessAnswer> consistency(WitnessRequest request, Optional<Checkpoint> latest) {
    Checkpoint next = request.checkpoint().checkpoint();
    long known = latest.map(Checkpoint::size).orElse(0L);
    if (request.oldSize() != known) {
      return Optional.of(new WitnessAnswer.OtherSize(known));
    }
    if (next.size() == 0 && !next.root().equals(TreeHasher.emptyRoot())) {
      return inconsistent(
          "the root of an empty tree is " + TreeHasher.emptyRoot() + ", claimed is " + next.root());
    }
    if (known == 0) {
      return request.proof().isEmpty()
          ? Optional.empty()
          : inconsistent(
              "a proof from the empty tree has no hashes, this one has " + request.proof().size());
    }
    // Of equal sizes the proof is empty, and the roots have to be the same; the check sees to both.
    return switch (new ConsistencyProof(known, next.size(), request.proof())
        .check(latest.orElseThrow().root(), next.root())) {
      case ProofCheck.Valid valid -> Optional.empty();
      case ProofCheck.Invalid invalid -> inconsistent(invalid.reason());
    };
  }

  private static Optional<WitnessAnswer> inconsistent(String reason) {
    return Optional.of(
        new WitnessAnswer.Inconsistent(Problem.of(ErrorCode.INCONSISTENT_TREE, reason)));
  }
}
