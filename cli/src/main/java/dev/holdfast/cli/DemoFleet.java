package dev.holdfast.cli;

import dev.holdfast.sim.BlobsAhead;
import dev.holdfast.sim.FleetPlan;
import dev.holdfast.sim.SimulatedFleet;
import dev.holdfast.sim.SimulatedTraffic;
import dev.holdfast.trust.store.ServerClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** A simulated fleet that a server is told of, over HTTP like any other. */
final class DemoFleet {
  /** How long a cycle of measurements takes. */
  static final Duration CYCLE = Duration.ofSeconds(60);

  private final SimulatedFleet fleet;
  private final SimulatedTraffic traffic;
  private final InstantSource clock;
  private Instant next;

  DemoFleet(long seed, int chips, InstantSource clock) {
    this.clock = clock;
    Instant now = clock.instant();
    fleet =
        SimulatedFleet.of(
            FleetPlan.usual(seed, now.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS))
                .withChips(chips));
    traffic = SimulatedTraffic.honest(fleet);
    // What would have been said in the last minute is said at once.
    next = now.minus(CYCLE);
  }

  SimulatedFleet fleet() {
    return fleet;
  }

  /** Declares it and says the first cycle. */
  void begin(ServerClient server) {
    server.declare(fleet.declaration());
    cycle(server);
  }

  /** Says cycle after cycle until the thread is interrupted. */
  void goOn(ServerClient server) throws InterruptedException {
    while (true) {
      Thread.sleep(Duration.between(clock.instant(), next.plus(CYCLE)).plusMillis(1));
      cycle(server);
    }
  }

  private void cycle(ServerClient server) {
    try (BlobsAhead sink = new BlobsAhead(server)) {
      var _ = traffic.cycle(next, CYCLE.minus(SimulatedTraffic.SETTLING), sink);
    }
    next = next.plus(CYCLE);
  }
}
