package dev.holdfast.policy;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days from a first to a last, both included.
 *
 * @param last null where no end is known
 */
public record Days(LocalDate first, @Nullable LocalDate last) {
  public Days {
    if (last != null && last.isBefore(first)) {
      throw new IllegalArgumentException("it ends on " + last + " before it begins on " + first);
    }
  }

  /** Whether a day is one of them. */
  public boolean hold(LocalDate day) {
    return !day.isBefore(first) && (last == null || !day.isAfter(last));
  }

  /** Whether any day is in both. */
  boolean meet(Days other) {
    return (last == null || !other.first.isAfter(last))
        && (other.last == null || !first.isAfter(other.last));
  }
}
