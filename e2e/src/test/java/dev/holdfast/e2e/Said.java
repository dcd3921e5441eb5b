package dev.holdfast.e2e;

import dev.holdfast.sim.FleetPlan;
import dev.holdfast.sim.SimulatedChip;
import dev.holdfast.sim.SimulatedFleet;
import dev.holdfast.sim.SimulatedHost;
import dev.holdfast.sim.SimulatedTraffic;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.store.StatementSink;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One cycle of a simulated fleet, kept to be said when a test wants it.
 *
 * @param said what landmarks say, one list each, and last what the hosts sign for
 */
record Said(Map<Sha256, byte[]> transcripts, List<List<Envelope>> said) {
  /** Between the beginnings of two cycles; the last statement of one is signed before the next. */
  static final Duration APART = SimulatedTraffic.SETTLING.plusSeconds(2);

  static SimulatedFleet fleet(int chips, Instant now) {
    return SimulatedFleet.of(
        FleetPlan.usual(7, now.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS))
            .withChips(chips));
  }

  /** The same fleet, but for one chip that sits in another host now. */
  static SimulatedFleet carried(SimulatedFleet fleet, SimulatedChip chip, SimulatedHost to) {
    return with(
        fleet, new SimulatedChip(chip.id(), chip.aliases(), chip.deviceId(), chip.model(), to));
  }

  /** The same fleet, with a chip that takes the place of the one of its name. */
  static SimulatedFleet with(SimulatedFleet fleet, SimulatedChip chip) {
    List<SimulatedChip> chips =
        Stream.concat(
                fleet.chips().stream().filter(each -> !each.id().equals(chip.id())),
                Stream.of(chip))
            .toList();
    return new SimulatedFleet(
        fleet.plan(),
        fleet.authority(),
        fleet.parties(),
        fleet.sites(),
        fleet.hosts(),
        chips,
        fleet.landmarks());
  }

  /** Cycles of hosts that are where they are declared. */
  static List<Said> honest(SimulatedFleet fleet, Instant begin, int count) {
    SimulatedTraffic traffic = SimulatedTraffic.honest(fleet);
    return IntStream.range(0, count)
        .mapToObj(i -> cycle(traffic, begin.plus(APART.multipliedBy(i))))
        .toList();
  }

  private static Said cycle(SimulatedTraffic traffic, Instant begin) {
    Said said = new Said(new LinkedHashMap<>(), new ArrayList<>());
    var _ =
        traffic.cycle(
            begin,
            Duration.ofSeconds(1),
            new StatementSink() {
              @Override
              public void keep(Sha256 name, byte[] octets) {
                said.transcripts.put(name, octets);
              }

              @Override
              public void say(List<Envelope> statements) {
                said.said.add(statements);
              }
            });
    return said;
  }

  List<Envelope> rounds() {
    return said.subList(0, said.size() - 1).stream().flatMap(List::stream).toList();
  }

  List<Envelope> countersignatures() {
    return said.getLast();
  }
}
