package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.Problem;
import dev.holdfast.model.Reason;
import java.util.List;

/** What came of checking an attestation result. */
public sealed interface EarCheck {
  /**
   * A trusted key signed it, it is of the expected profile, and it is valid at the moment that was
   * asked about. What it says of the attesters may still be bad: see the statuses.
   *
   * @param reasons what was not checked
   */
  record Verified(Ear ear, StatementKey key, List<Reason> reasons) implements EarCheck {
    public Verified {
      requireNonNull(ear, "ear");
      requireNonNull(key, "key");
      reasons = List.copyOf(reasons);
    }
  }

  /** It is no result that counts; codes begin with {@code reason.ear-}. */
  record Refused(Reason reason) implements EarCheck {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }

  /** It is no such token, or does not hold the claims that a result must hold. */
  record Malformed(Problem problem) implements EarCheck {
    public Malformed {
      requireNonNull(problem, "problem");
    }
  }
}
