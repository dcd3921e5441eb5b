package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How large a simulated fleet is, and when.
 *
 * @param seed what everything invented follows from; who knows it has every secret of the fleet
 * @param chips how many, 1 to {@value #MOST_CHIPS}
 * @param from from when on certificates and positions hold, in whole seconds
 * @param lifetime for how long; more than zero
 */
public record FleetPlan(long seed, int chips, Instant from, Duration lifetime) {
  /** The most chips: hosts are numbered by the 16 bits of a session-sender id. */
  public static final int MOST_CHIPS = 500_000;

  /** Chips of a host, but for the last of a site. */
  public static final int CHIPS_PER_HOST = 8;

  private static final int USUAL_CHIPS = 3000;

  public FleetPlan {
    requireNonNull(from, "from");
    requireNonNull(lifetime, "lifetime");
    if (chips < 1 || chips > MOST_CHIPS) {
      throw new IllegalArgumentException("a simulated fleet has 1 to " + MOST_CHIPS + " chips");
    }
    if (lifetime.isNegative() || lifetime.isZero()) {
      throw new IllegalArgumentException("certificates hold for some time");
    }
    if (!from.equals(from.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("certificates begin with a whole second");
    }
  }

  /** About 3,000 chips whose certificates hold for a year. */
  public static FleetPlan usual(long seed, Instant from) {
    return new FleetPlan(seed, USUAL_CHIPS, from, Duration.ofDays(365));
  }

  /** The same with another number of chips. */
  public FleetPlan withChips(int number) {
    return new FleetPlan(seed, number, from, lifetime);
  }
}
