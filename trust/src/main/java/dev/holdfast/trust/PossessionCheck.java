package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.Problem;
import dev.holdfast.model.Reason;

/** What came of checking a proof of possession. */
public sealed interface PossessionCheck {
  /** The key was used to answer the question. */
  record Good(PossessionProof proof) implements PossessionCheck {
    public Good {
      requireNonNull(proof, "proof");
    }
  }

  /** It proves nothing; codes begin with {@code reason.possession-}. */
  record Refused(Reason reason) implements PossessionCheck {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }

  /** It is no such token. */
  record Malformed(Problem problem) implements PossessionCheck {
    public Malformed {
      requireNonNull(problem, "problem");
    }
  }
}
