package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a host has to show for a lease; docs/leases.md says why each is what it is.
 *
 * @param length for how long a lease counts at most; an hour at most
 * @param rounds how old the newest rounds may be
 * @param operators of landmarks that measured the host within that time, at least
 * @param signatures how old the newest signature of each chip may be
 */
public record LeaseTerms(Duration length, Duration rounds, int operators, Duration signatures) {
  private static final Duration LONGEST = Duration.ofHours(1);

  /** The usual ones: one operator more than may lie, and each chip within a day. */
  public static final LeaseTerms USUAL =
      new LeaseTerms(LONGEST, Duration.ofMinutes(30), 2, Duration.ofHours(24));

  public LeaseTerms {
    requirePositive("length", length);
    requirePositive("rounds", rounds);
    requirePositive("signatures", signatures);
    if (length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a lease counts for an hour at most, not " + length);
    }
    if (operators < 1) {
      throw new IllegalArgumentException("somebody has to measure: " + operators);
    }
  }

  private static void requirePositive(String what, Duration duration) {
    requireNonNull(duration, what);
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(what + " is not positive: " + duration);
    }
  }
}
