package dev.holdfast.locate;

import dev.holdfast.model.Verdict;

/**
 * What a search found out about a claim: whether it holds anywhere in the region, and whether it
 * fails anywhere; "surely" by a point, "maybe" by a rest that could not be divided.
 *
 * @param complete false if the search ran out of its budget
 */
record TwoSided(
    boolean surelyHolds,
    boolean maybeHolds,
    boolean surelyFails,
    boolean maybeFails,
    boolean complete) {

  /** Proved only if the whole region agrees, refuted only if none of it does. */
  Verdict.Value value() {
    if (complete && surelyHolds && !maybeFails) {
      return Verdict.Value.PROVED;
    }
    if (complete && surelyFails && !maybeHolds) {
      return Verdict.Value.REFUTED;
    }
    return Verdict.Value.UNPROVEN;
  }

  /** The same for the opposite claim. */
  TwoSided negated() {
    return new TwoSided(
        /* surelyHolds= */ surelyFails,
        /* maybeHolds= */ maybeFails,
        /* surelyFails= */ surelyHolds,
        /* maybeFails= */ maybeHolds,
        complete);
  }
}
