package dev.holdfast.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a rule is asked for, in the order in which rules are asked. */
public enum Stage {
  /** Which paragraph an item meets. */
  CLASS,
  /** Whether a licence is required. */
  LICENCE,
  /** Whether an exception takes its place. */
  EXCEPTION,
  /** How applications are reviewed. */
  REVIEW,
  /** What should be known beside the decision. */
  NOTICE,
  /** Law that asks for facts that a question does not hold; shown, never tested. */
  OUTSIDE;

  /** The stable form. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Stage> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
