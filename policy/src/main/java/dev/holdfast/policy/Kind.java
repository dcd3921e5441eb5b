package dev.holdfast.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an item changes place or hands (15 CFR 734.13, 734.14, 734.16). */
public enum Kind {
  EXPORT,
  REEXPORT,
  /** Within one country. */
  TRANSFER;

  /** The stable form. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a stable form. */
  public static Optional<Kind> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
