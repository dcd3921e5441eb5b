package dev.holdfast.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.Locator;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Position;
import dev.holdfast.model.TargetId;
import dev.holdfast.model.Verdict;
import dev.holdfast.probe.RoundCheck;
import dev.holdfast.probe.RoundCheck.Bounds;
import dev.holdfast.probe.RoundCheck.BoundsNothing;
import dev.holdfast.probe.RoundCheck.Why;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SimulatedTrafficTest {
  private static final NaturalEarth EARTH = NaturalEarth.load();
  private static final Atlas ATLAS =
      Atlas.of(
          EARTH.map(),
          Destinations.of(EARTH.map(), Destinations.DEFAULT_GROUPS),
          Atlas.DEFAULT_MARGIN);

  /** Halls so far from the land of others that the delays of a city leave no doubt. */
  private static final List<String> DEEP =
      List.of(
          "sim-ashburn",
          "sim-garland",
          "sim-hillsboro",
          "sim-inzai",
          "sim-osaka",
          "sim-sydney",
          "sim-mumbai");

  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1).limit(Counts.of(2));
  }

  private static Map<String, List<Measurement>> measurements(List<RoundCheck> checks) {
    Map<String, List<Measurement>> byHost = new TreeMap<>();
    for (RoundCheck check : checks) {
      if (check instanceof Bounds bounds) {
        byHost
            .computeIfAbsent(bounds.round().host(), none -> new ArrayList<>())
            .add(
                new Measurement(
                    bounds.landmark().id(),
                    new TargetId(bounds.round().host()),
                    Delay.ofMillis(bounds.round().timings().minimum() / 1e6),
                    bounds.measuredAt()));
      }
    }
    return byHost;
  }

  private static List<Verdict> verdicts(
      SimulatedFleet fleet, SimulatedHost host, List<Measurement> rows, int faults) {
    SimulatedSite site = host.site();
    return Locator.of(ATLAS, fleet.landmarksById(), Settings.DEFAULT.withToleratedFaults(faults))
        .report(
            new TargetId(host.name()),
            rows,
            List.of(
                new Claim.Within(site.position(), site.radius()),
                new Claim.Inside(site.destination())))
        .verdicts();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_honest_round_passes_the_products_own_check_and_bounds_its_host(long seed) {
    SimulatedFleet fleet = Worlds.fleet(seed, 200);
    Heard heard = new Heard();
    TrafficCounts counts = SimulatedTraffic.honest(fleet).cycle(Worlds.NOW, Worlds.CYCLE, heard);
    List<RoundCheck> checks = heard.checked(fleet);
    assertThat(checks)
        .hasSize(counts.rounds())
        .hasSize(fleet.hosts().size() * (SimulatedTraffic.NEAR + SimulatedTraffic.FAR))
        .allSatisfy(check ->
            assertThat(check)
                .isInstanceOfSatisfying(
                    Bounds.class, bounds -> assertThat(bounds.simulated()).isTrue()));
    assertThat(heard.statements).hasSize(counts.statements());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_honest_site_is_refuted_and_those_deep_in_their_country_are_proved_there(long seed) {
    SimulatedFleet fleet = Worlds.fleet(seed, 200);
    Heard heard = new Heard();
    SimulatedTraffic.honest(fleet).cycle(Worlds.NOW, Worlds.CYCLE, heard);
    Map<String, List<Measurement>> measured = measurements(heard.checked(fleet));
    Map<String, SimulatedHost> first = new HashMap<>();
    fleet.hosts().forEach(host -> first.putIfAbsent(host.site().id(), host));
    for (SimulatedHost host : first.values()) {
      List<Measurement> rows = measured.getOrDefault(host.name(), List.of());
      for (int faults = 0; faults <= 1; faults++) {
        List<Verdict> verdicts = verdicts(fleet, host, rows, faults);
        assertThat(verdicts)
            .as(host.name())
            .noneMatch(verdict -> verdict.value() == Verdict.Value.REFUTED);
        if (faults == 0 && DEEP.contains(host.site().id())) {
          assertThat(verdicts.get(1).value()).as(host.name()).isEqualTo(Verdict.Value.PROVED);
        }
      }
    }
  }

  @Test
  void a_host_that_answers_from_elsewhere_is_refuted_once_a_landmark_there_measures_it() {
    SimulatedFleet fleet = Worlds.fleet(5, 96);
    Position elsewhere = new Position(22.54, 114.06);
    SimulatedTraffic moved =
        new SimulatedTraffic(fleet, new DelayModel(5), (host, at) -> Optional.of(elsewhere));
    Heard heard = new Heard();
    moved.cycle(Worlds.NOW, Worlds.CYCLE, heard);
    Map<String, List<Measurement>> measured = measurements(heard.checked(fleet));
    int refuted = 0;
    for (SimulatedHost host : fleet.hosts()) {
      List<Measurement> rows = measured.getOrDefault(host.name(), List.of());
      List<Verdict> verdicts = verdicts(fleet, host, rows, 0);
      assertThat(verdicts).noneMatch(verdict -> verdict.value() == Verdict.Value.PROVED);
      if (rows.stream().anyMatch(row -> row.landmark().value().equals("sim-hong-kong"))) {
        assertThat(verdicts.getFirst().value()).isEqualTo(Verdict.Value.REFUTED);
        refuted++;
      }
    }
    assertThat(refuted).isPositive();
  }

  @Test
  void a_host_that_is_silent_bounds_nothing_and_signs_nothing() {
    SimulatedFleet fleet = Worlds.fleet(6, 24);
    Heard heard = new Heard();
    new SimulatedTraffic(fleet, new DelayModel(6), (host, at) -> Optional.empty())
        .cycle(Worlds.NOW, Worlds.CYCLE, heard);
    assertThat(heard.checked(fleet))
        .isNotEmpty()
        .allSatisfy(check ->
            assertThat(check)
                .isInstanceOfSatisfying(
                    BoundsNothing.class,
                    nothing -> assertThat(nothing.why()).isEqualTo(Why.TOO_FEW_ANSWERS)));
    assertThat(heard.statements)
        .noneMatch(each -> statement(each).source().value().startsWith("host:"));
  }

  private static Statement statement(Envelope envelope) {
    return Statement.parse(envelope.payload(), "statement");
  }

  @Test
  void the_chain_of_every_source_has_no_gap_over_cycles_and_its_times_only_grow() {
    SimulatedFleet fleet = Worlds.fleet(7, 64);
    SimulatedTraffic traffic = SimulatedTraffic.honest(fleet);
    Heard heard = new Heard();
    for (int i = 0; i < 3; i++) {
      traffic.cycle(Worlds.NOW.plus(Worlds.CYCLE.multipliedBy(2L * i)), Worlds.CYCLE, heard);
    }
    Map<String, Statement> last = new HashMap<>();
    for (Envelope each : heard.statements) {
      Statement next = statement(each);
      Statement before = last.put(next.source().value(), next);
      assertThat(next.sequence()).isEqualTo(before == null ? 1 : before.sequence() + 1);
      assertThat(next.previous()).isEqualTo(before == null ? null : before.hash());
      assertThat(next.time())
          .isAfterOrEqualTo(before == null ? Worlds.NOW : before.time())
          .isBefore(Worlds.NOW.plus(Worlds.CYCLE.multipliedBy(5)).plus(SimulatedTraffic.SETTLING));
    }
  }

  @Test
  void the_same_seed_and_times_give_the_same_octets_and_another_seed_others() {
    List<Envelope> once = said(8);
    assertThat(said(8)).isEqualTo(once);
    assertThat(said(9)).doesNotContainAnyElementsOf(once);
  }

  private static List<Envelope> said(long seed) {
    Heard heard = new Heard();
    SimulatedTraffic.honest(Worlds.fleet(seed, 32)).cycle(Worlds.NOW, Duration.ofSeconds(1), heard);
    return heard.statements;
  }
}
