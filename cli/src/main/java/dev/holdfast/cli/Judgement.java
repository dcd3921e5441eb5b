package dev.holdfast.cli;

import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.PolicyCheck;
import dev.holdfast.ledger.SignatureCheck;
import dev.holdfast.ledger.SignatureChecks;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.VerifierKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says of a checkpoint: whether its log signed it, and which witnesses saw it.
 *
 * @param witnesses the policy's witnesses that cosigned, in its order
 */
record Judgement(SignedCheckpoint signed, PolicyCheck check, Quorum quorum, List<Seen> witnesses) {
  /** How far the policy's witnesses agreed. */
  enum Quorum {
    MET,
    MISSING,
    /** The policy asks for no witness. */
    NONE;

    /** The word of the JSON form. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A witness that cosigned.
   *
   * @param name in the policy
   * @param at when it says that it did, or null where it states no time
   */
  record Seen(String name, @Nullable Instant at) {}

  Judgement {
    witnesses = List.copyOf(witnesses);
  }

  static Judgement of(SignedCheckpoint signed, Policy policy) {
    PolicyCheck check = policy.check(signed);
    Quorum quorum =
        switch (check) {
          case PolicyCheck.Accepted accepted ->
              policy.quorum().equals(Policy.NONE) ? Quorum.NONE : Quorum.MET;
          case PolicyCheck.QuorumMissing missing -> Quorum.MISSING;
          case PolicyCheck.NoLogSignature refused -> Quorum.MISSING;
          case PolicyCheck.WrongSignature refused -> Quorum.MISSING;
        };
    return new Judgement(signed, check, quorum, seen(signed, policy));
  }

  private static List<Seen> seen(SignedCheckpoint signed, Policy policy) {
    List<Seen> seen = new ArrayList<>();
    for (Policy.Witness witness : policy.witnesses()) {
      SignatureChecks.check(signed, List.of(witness.key())).stream()
          .filter(SignatureCheck.Valid.class::isInstance)
          .map(SignatureCheck.Valid.class::cast)
          .findFirst()
          .ifPresent(valid ->
              seen.add(new Seen(Policy.shown(witness.name()), time(valid.timestamp().orElse(0)))));
    }
    return seen;
  }

  private static @Nullable Instant time(long seconds) {
    return seconds == 0
        ? null
        : Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond()));
  }

  /** The log whose key signed it, or null where it is refused. */
  @Nullable VerifierKey log() {
    return switch (check) {
      case PolicyCheck.Accepted accepted -> accepted.log();
      case PolicyCheck.QuorumMissing missing -> missing.log();
      case PolicyCheck.NoLogSignature refused -> null;
      case PolicyCheck.WrongSignature refused -> null;
    };
  }

  /** Whether a log of the policy signed it, and no signature is wrong. */
  boolean isSigned() {
    return log() != null;
  }

  /** Whether it is valid by the policy, quorum and all. */
  boolean isAccepted() {
    return check instanceof PolicyCheck.Accepted;
  }

  /** Why it is not accepted, in English. */
  List<String> reasons() {
    return check.reasons();
  }

  String origin() {
    return signed.checkpoint().origin();
  }

  long size() {
    return signed.checkpoint().size();
  }
}
