package dev.holdfast.cli;

import dev.holdfast.sim.BlobsAhead;
import dev.holdfast.sim.FleetPlan;
import dev.holdfast.sim.SimulatedBoards;
import dev.holdfast.sim.SimulatedFleet;
import dev.holdfast.sim.SimulatedHost;
import dev.holdfast.sim.SimulatedTraffic;
import dev.holdfast.trust.store.ServerClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A simulated fleet that a server is told of, over HTTP like any other. */
final class DemoFleet {
  /** How long a cycle of measurements takes. */
  static final Duration CYCLE = Duration.ofSeconds(60);

  /** In how many cycles every host has its chips sign once. */
  private static final int TURNS = 8;

  private final SimulatedFleet fleet;
  private final SimulatedTraffic traffic;
  private final SimulatedBoards boards;
  private final InstantSource clock;
  private Instant next;
  private int attested;

  DemoFleet(long seed, int chips, InstantSource clock) {
    this.clock = clock;
    Instant now = clock.instant();
    fleet =
        SimulatedFleet.of(
            FleetPlan.usual(seed, now.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS))
                .withChips(chips));
    traffic = SimulatedTraffic.honest(fleet);
    boards = new SimulatedBoards(fleet);
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
    attest(server);
  }

  /** Some hosts, so that all have had their turn before what they showed is fresh no longer. */
  private void attest(ServerClient server) {
    List<SimulatedHost> turn = new ArrayList<>();
    int share = (fleet.hosts().size() + TURNS - 1) / TURNS;
    for (int i = 0; i < share; i++) {
      turn.add(fleet.hosts().get(attested++ % fleet.hosts().size()));
    }
    var _ = traffic.attest(boards, turn, server.challenge().octets(), clock.instant(), server);
  }
}
