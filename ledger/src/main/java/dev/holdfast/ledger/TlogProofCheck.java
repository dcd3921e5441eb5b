package dev.holdfast.ledger;

import java.util.List;

/** What came of checking a proof that an entry is in a log; witnesses by their policy's names. */
public sealed interface TlogProofCheck {
  /** The entry is in the log, and the policy's quorum has seen the checkpoint. */
  record Proved(long index, VerifierKey log, List<String> witnesses) implements TlogProofCheck {
    public Proved {
      witnesses = List.copyOf(witnesses);
    }
  }

  /**
   * The entry is in the tree that the log has signed, but too few witnesses saw that tree: the log
   * could be showing others another one.
   *
   * @param statement who is missing, as {@link PolicyCheck.QuorumMissing} has it
   */
  record QuorumMissing(long index, VerifierKey log, List<String> witnesses, String statement)
      implements TlogProofCheck {
    public QuorumMissing {
      witnesses = List.copyOf(witnesses);
    }
  }

  /** It proves nothing, for these reasons. */
  record Refused(List<String> reasons) implements TlogProofCheck {
    public Refused {
      reasons = List.copyOf(reasons);
    }
  }
}
