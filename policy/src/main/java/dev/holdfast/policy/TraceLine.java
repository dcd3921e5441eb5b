package dev.holdfast.policy;

import java.util.Locale;

/**
 * What became of one rule in one decision.
 *
 * @param status what the rule was worth that day
 * @param detail what it was missed by, what it gave way to, or on which day that changes; may be
 *     blank
 */
public record TraceLine(
    String rule, Stage stage, Status status, Result result, String detail, String title) {
  /** What became of it. */
  public enum Result {
    APPLIES,
    /** It would apply, but a requirement was lifted by an exception. */
    LIFTED,
    /** It would apply, but another goes before it. */
    YIELDS,
    NOT_MET,
    /** It would apply and has no effect: announced, stayed or not enforced. */
    WITHOUT_EFFECT,
    /** It would apply, and nobody knows whether it has an effect. */
    UNCERTAIN,
    /** Nothing that it speaks of was required. */
    NOT_NEEDED,
    NOT_YET,
    ENDED,
    SUPERSEDED,
    /** It asks for facts that a question does not hold. */
    NOT_TESTED,
    /** It depends on what is not known of the case. */
    DEPENDS;

    /** The stable form, such as {@code not-met}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
