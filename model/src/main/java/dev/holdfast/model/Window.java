package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stretch of time that a verdict speaks of.
 *
 * @param length how old a bound may be
 * @param reference the latest measurement, from which ages count; null where none carries a time
 * @param used measurements inside the window
 * @param expired measurements left out because they are older
 * @param withoutTime measurements without a time, counted as simultaneous with the reference
 */
public record Window(
    Duration length, @Nullable Instant reference, int used, int expired, int withoutTime) {
  public Window {
    requireNonNull(length, "length");
    if (used < 0 || expired < 0 || withoutTime < 0) {
      throw new IllegalArgumentException("a count of measurements is negative");
    }
  }
}
