package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.Problem;
import dev.holdfast.model.Reason;

/** What came of checking a lease. */
public sealed interface LeaseCheck {
  /**
   * It counts now, for this audience, in the hands of the key that it names. Whether that key
   * showed it, a {@link PossessionVerifier} says.
   *
   * @param signer the key that signed it
   * @param sha256 of its text, which a proof of possession names
   */
  record Good(Lease lease, StatementKey signer, Sha256 sha256) implements LeaseCheck {
    public Good {
      requireNonNull(lease, "lease");
      requireNonNull(signer, "signer");
      requireNonNull(sha256, "sha256");
    }
  }

  /** It does not count; codes begin with {@code reason.lease-} or {@code reason.ear-}. */
  record Refused(Reason reason) implements LeaseCheck {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }

  /** It is no such token. */
  record Malformed(Problem problem) implements LeaseCheck {
    public Malformed {
      requireNonNull(problem, "problem");
    }
  }
}
