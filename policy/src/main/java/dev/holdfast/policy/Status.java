package dev.holdfast.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a rule is worth on its days. */
public enum Status {
  IN_FORCE,
  STAYED,
  NOT_ENFORCED,
  SUPERSEDED,
  ANNOUNCEMENT,
  /** Nobody who compiled the record could say. */
  UNKNOWN;

  /** The form in data and JSON, such as {@code in force}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static Optional<Status> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
