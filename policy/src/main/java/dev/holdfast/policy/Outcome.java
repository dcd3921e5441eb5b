package dev.holdfast.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the law says to an export, re-export or transfer, from free to barred. */
public enum Outcome {
  /** No rule of the record requires a licence. */
  NO_LICENCE_REQUIRED,
  /** A licence would be required, and an exception takes its place where its conditions are met. */
  EXCEPTION,
  /** A licence is required, and applications are presumed to be approved. */
  PRESUMPTION_OF_APPROVAL,
  /** A licence is required, and each application is looked at by itself. */
  CASE_BY_CASE,
  /** What was asked, or what is recorded, does not decide it. */
  UNDETERMINED,
  /** A licence is required, and applications are presumed to be denied; that is no prohibition. */
  PRESUMPTION_OF_DENIAL,
  /** The destination is embargoed or a party is listed. */
  EMBARGOED_OR_LISTED;

  /** The stable form, such as {@code case-by-case}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The outcome of a stable form. */
  public static Optional<Outcome> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  /** Whether nothing at all has to be done first; the conditions of an exception have to be met. */
  public boolean free() {
    return this == NO_LICENCE_REQUIRED;
  }

  /** The one of two that bars more; what is undetermined may be anything up to a denial. */
  Outcome stricter(Outcome other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
