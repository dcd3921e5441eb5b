package dev.holdfast.policy;

import java.util.Optional;

/**
 * A red flag: something to look at before an item goes (Supplement 3 to part 732, guidance, cases).
 *
 * @param scope {@code all}, {@code advanced computing} or {@code post-sale}
 * @param answeredBy {@code decision} where a question answers it; {@code evidence} or {@code
 *     screening} where facts can, elsewhere; else {@code person}
 * @param parties of one that a decision answers, the headquarters that raise it
 */
public record RedFlag(
    String id,
    String scope,
    String flag,
    String answeredBy,
    Optional<PlaceTerms> parties,
    String certainty,
    String source) {
  static final String DECISION = "decision";
}
