package dev.holdfast.ledger;

import java.util.List;

/** What a policy says of a signed checkpoint; names of witnesses are those of the policy. */
public sealed interface PolicyCheck {
  /** Why it is refused, in English, each a whole sentence without its point; empty if accepted. */
  List<String> reasons();

  /**
   * The checkpoint is valid.
   *
   * @param log the key of the log that signed
   * @param witnesses those that cosigned, in the order of the policy; perhaps more than needed
   * @param signatures what came of each signature line of the note
   */
  record Accepted(VerifierKey log, List<String> witnesses, List<SignatureCheck> signatures)
      implements PolicyCheck {
    public Accepted {
      witnesses = List.copyOf(witnesses);
      signatures = List.copyOf(signatures);
    }

    @Override
    public List<String> reasons() {
      return List.of();
    }
  }

  /**
   * A log of the policy signed, but too few witnesses cosigned.
   *
   * @param log the key of the log that signed
   * @param witnesses those that cosigned, in the order of the policy
   * @param statement who is missing, such as {@code group X has 1 of 2: X1 yes, X2 no, X3 no};
   *     where groups are nested, one for each group that is not satisfied, from the quorum down,
   *     with semicolons between
   */
  record QuorumMissing(VerifierKey log, List<String> witnesses, String statement)
      implements PolicyCheck {
    public QuorumMissing {
      witnesses = List.copyOf(witnesses);
    }

    @Override
    public List<String> reasons() {
      return List.of("the quorum is missing: " + statement);
    }
  }

  /** No log of the policy signed it under the name of its origin. */
  record NoLogSignature(List<String> reasons) implements PolicyCheck {
    public NoLogSignature {
      reasons = List.copyOf(reasons);
    }
  }

  /** A signature names a key of the policy and is wrong, so that the whole note is. */
  record WrongSignature(List<String> reasons) implements PolicyCheck {
    public WrongSignature {
      reasons = List.copyOf(reasons);
    }
  }
}
