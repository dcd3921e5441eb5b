package dev.holdfast.ledger;

/** What came out when a proof was checked. */
public sealed interface ProofCheck {
  /** The proof shows what it claims. */
  record Valid() implements ProofCheck {}

  /**
   * The proof does not show what it claims.
   *
   * @param reason what was computed beside what was claimed, in English
   */
  record Invalid(String reason) implements ProofCheck {}

  /** Whether the proof shows what it claims. */
  default boolean isValid() {
    return this instanceof Valid;
  }

  /** Valid where both are the same hash, else a reason that names both. */
  static ProofCheck compare(String what, Hash computed, Hash claimed) {
    return computed.equals(claimed)
        ? new Valid()
        : new Invalid("the path leads to the " + what + " " + computed + ", claimed is " + claimed);
  }
}
