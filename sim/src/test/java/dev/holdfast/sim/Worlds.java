package dev.holdfast.sim;

import java.time.Duration;
import java.time.Instant;

/** A small fleet for tests. */
final class Worlds {
  static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  static final Duration CYCLE = Duration.ofSeconds(60);

  private Worlds() {}

  static SimulatedFleet fleet(long seed, int chips) {
    return SimulatedFleet.of(FleetPlan.usual(seed, NOW.minus(Duration.ofDays(1))).withChips(chips));
  }
}
