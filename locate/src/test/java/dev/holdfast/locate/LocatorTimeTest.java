package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Conflict;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Speed;
import dev.holdfast.model.Verdict;
import dev.holdfast.model.Verdict.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LocatorTimeTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final double LIGHT = Speed.OF_LIGHT.kilometresPerMillisecond() / 2;

  private final Worlds worlds = new Worlds(8);
  private final Map<LandmarkId, Landmark> landmarks =
      Worlds.byId(
          Landmark.of("paris", 48.9, 2.3),
          Landmark.of("lyon", 45.8, 4.8),
          Landmark.of("madrid", 40.4, -3.7));
  private final Locator locator = locator(landmarks, 0);

  @Test
  void the_reference_is_the_latest_measurement_whatever_the_order() {
    List<Measurement> rows =
        List.of(row("paris", 3, 300), row("lyon", 3, 0), row("madrid", 9, 120));
    LocationReport report = report(rows);
    assertThat(report.window().reference()).isEqualTo(NOON.plusSeconds(300));
    assertThat(report.window().length()).isEqualTo(Duration.ofMinutes(10));
    assertThat(report.window().used()).isEqualTo(3);
    assertThat(report(rows.reversed())).isEqualTo(report);
  }

  @Test
  void a_bound_grows_by_three_hundred_metres_for_each_second_of_its_age() {
    for (double age : new double[] {0, 0.25, 1, 59.5, 300, 600}) {
      Measurement old =
          Worlds.row(
              new LandmarkId("paris"), 3, NOON.minusNanos(Math.round(age * 1_000_000_000.0)));
      Bound bound = bound(List.of(old, row("lyon", 20, 0)), "paris");
      assertThat(bound.ageSeconds()).isEqualTo(age);
      assertThat(bound.atMost().kilometres()).isCloseTo(3 * LIGHT + 0.3 * age, within(1e-9));
      assertThat(bound.atMost().kilometres()).isGreaterThanOrEqualTo(3 * LIGHT + 0.3 * age);
    }
  }

  @Test
  void a_bound_older_than_the_window_is_left_out() {
    LocationReport atTheEdge = report(List.of(row("paris", 3, 0), row("lyon", 20, 600)));
    assertThat(names(atTheEdge.bounds())).containsExactly("paris", "lyon");
    assertThat(atTheEdge.window().expired()).isZero();
    LocationReport beyond =
        report(
            List.of(
                Worlds.row(new LandmarkId("paris"), 3, NOON.minusNanos(1)), row("lyon", 20, 600)));
    assertThat(names(beyond.bounds())).containsExactly("lyon");
    assertThat(beyond.window().used()).isEqualTo(1);
    assertThat(beyond.window().expired()).isEqualTo(1);
  }

  @Test
  void the_smallest_grown_bound_of_a_landmark_counts() {
    // 100 s cost 30 km, or 0.2 ms: a later answer that is slower by less is the better one.
    assertThat(bound(List.of(row("paris", 3, 0), row("paris", 3.1, 100)), "paris"))
        .satisfies(bound -> {
          assertThat(bound.roundTrip().milliseconds()).isEqualTo(3.1);
          assertThat(bound.ageSeconds()).isZero();
        });
    assertThat(bound(List.of(row("paris", 3, 0), row("paris", 3.3, 100)), "paris"))
        .satisfies(bound -> {
          assertThat(bound.roundTrip().milliseconds()).isEqualTo(3.0);
          assertThat(bound.ageSeconds()).isEqualTo(100);
        });
  }

  @Test
  void rows_without_a_time_count_as_simultaneous_and_say_so() {
    List<Measurement> rows =
        List.of(row("paris", 3, 0), Worlds.row("lyon", 3), row("madrid", 9, 9));
    LocationReport report = report(rows);
    assertThat(bound(rows, "lyon").ageSeconds()).isZero();
    assertThat(bound(rows, "lyon").atMost().kilometres()).isCloseTo(3 * LIGHT, within(1e-9));
    assertThat(report.window().withoutTime()).isEqualTo(1);
    assertThat(report.window().used()).isEqualTo(3);
    for (Verdict verdict : report.verdicts()) {
      assertThat(verdict.assumptions()).contains(Reason.of("assumption.simultaneous"));
    }
    LocationReport timed = report(List.of(row("paris", 3, 0), row("lyon", 3, 0)));
    assertThat(timed.verdicts())
        .allMatch(v -> !v.assumptions().contains(Reason.of("assumption.simultaneous")));
    LocationReport untimed = report(List.of(Worlds.row("paris", 3), Worlds.row("lyon", 3)));
    assertThat(untimed.window().reference()).isNull();
    assertThat(untimed.window().withoutTime()).isEqualTo(2);
  }

  @Test
  void a_conflict_is_kept_for_the_whole_window_and_not_longer() {
    List<Measurement> conflict = List.of(row("paris", 0.2, 0), row("lyon", 0.2, 0));
    LocationReport then = report(conflict);
    assertThat(then.region().empty()).isTrue();
    assertThat(then.conflicts()).extracting(Conflict::at).containsExactly(NOON);

    List<Measurement> rows = new ArrayList<>(conflict);
    rows.add(row("lyon", 12, 600));
    LocationReport atTheEnd = report(rows);
    assertThat(atTheEnd.conflicts()).extracting(Conflict::at).containsExactly(NOON);
    assertThat(atTheEnd.verdicts()).allMatch(v -> v.value() == Value.UNPROVEN);

    rows.add(row("paris", 0.2, 601));
    LocationReport after = report(rows);
    assertThat(after.conflicts()).isEmpty();
    assertThat(after.verdicts()).extracting(Verdict::value).contains(Value.PROVED);
  }

  @Test
  void a_place_that_a_target_could_have_flown_to_is_no_conflict() {
    // Paris to Lyon is 395 km: no conflict once the earlier bound has grown to meet the later.
    List<Measurement> rows = List.of(row("paris", 0.4, -600), row("lyon", 1.6, 0));
    LocationReport report = report(rows);
    assertThat(report.conflicts()).isEmpty();
    assertThat(report.region().empty()).isFalse();
  }

  @Test
  void a_conflict_survives_whatever_larger_delays_join_it_within_the_window() {
    int conflicts = 0;
    for (int i = 0; i < Counts.of(150); i++) {
      int faults = i % 3 == 2 ? 1 : 0;
      Worlds.World world =
          worlds.corrupted(worlds.honest(worlds.truth(), 2 + worlds.random.nextInt(5)), 1 + i % 2);
      List<Measurement> rows = new ArrayList<>();
      for (Measurement row : world.rows()) {
        Instant when = worlds.random.nextInt(6) == 0 ? null : sometime(200);
        rows.add(at(row, row.roundTrip().milliseconds(), when));
      }
      Locator judge = locator(world.landmarks(), faults);
      List<Claim> claims = claims(world.truth());
      if (judge.report(Worlds.TARGET, rows, claims).conflicts().isEmpty()) {
        continue;
      }
      conflicts++;
      Instant latest = latest(rows);
      List<Measurement> joined = new ArrayList<>(rows);
      for (Measurement row : rows) {
        for (int more = worlds.random.nextInt(3); more > 0; more--) {
          // The first moment may be that of the conflict: nothing may be later than its window.
          Instant later =
              worlds.random.nextBoolean() ? latest : latest.plusSeconds(worlds.random.nextInt(400));
          double delay = row.roundTrip().milliseconds() + worlds.logarithmic(0.001, 100);
          joined.add(at(row, delay, later));
        }
      }
      LocationReport report = judge.report(Worlds.TARGET, joined, claims);
      assertThat(report.verdicts())
          .as("%s then %s", rows, joined)
          .allMatch(verdict -> verdict.value() == Value.UNPROVEN)
          .allMatch(verdict -> verdict.reason().code().startsWith("reason.conflict"));
    }
    assertThat(conflicts).isGreaterThan(Counts.of(20));
  }

  @Test
  void rows_of_different_times_are_sound_for_a_target_that_moves_like_a_jet() {
    for (int i = 0; i < Counts.of(150); i++) {
      Position start = worlds.truth();
      double course = worlds.random.nextDouble(360);
      List<Measurement> rows = new ArrayList<>();
      Worlds.World world = worlds.honest(start, 1 + worlds.random.nextInt(5));
      int lastSecond = 0;
      List<Integer> seconds = new ArrayList<>();
      for (int j = 0; j < world.rows().size(); j++) {
        int second = worlds.random.nextInt(900);
        seconds.add(second);
        lastSecond = Math.max(lastSecond, second);
      }
      for (int j = 0; j < world.rows().size(); j++) {
        Measurement row = world.rows().get(j);
        Position then = Ellipsoid.destination(start, course, 0.2999 * seconds.get(j));
        Position landmark =
            java.util.Objects.requireNonNull(world.landmarks().get(row.landmark())).position();
        double least = Worlds.delayOver(Ellipsoid.geodesic(landmark, then));
        double delay = least * (1 + worlds.random.nextDouble(0.1)) + 1e-12;
        rows.add(at(row, delay, NOON.plusSeconds(seconds.get(j))));
      }
      Position truth = Ellipsoid.destination(start, course, 0.2999 * lastSecond);
      LocationReport report =
          locator(world.landmarks(), 0).report(Worlds.TARGET, rows, claims(truth));
      for (Bound bound : report.bounds()) {
        assertThat(Ellipsoid.geodesic(bound.landmark().position(), truth))
            .isLessThanOrEqualTo(bound.atMost().kilometres());
      }
      assertThat(report.verdicts().getFirst().value()).isNotEqualTo(Value.REFUTED);
      assertThat(report.verdicts().getLast().value()).isNotEqualTo(Value.PROVED);
    }
  }

  /** The first is true of the place, the last is false. */
  private static List<Claim> claims(Position truth) {
    Position elsewhere = Ellipsoid.destination(truth, 77, 900);
    return List.of(
        new Claim.Within(truth, Distance.ofKilometres(50)),
        new Claim.Inside("FR"),
        new Claim.Outside("CN+HK+MO"),
        new Claim.Within(elsewhere, Distance.ofKilometres(899)));
  }

  private LocationReport report(List<Measurement> rows) {
    return locator.report(
        Worlds.TARGET,
        rows,
        List.of(
            new Claim.Inside("FR"),
            new Claim.Within(new Position(48.9, 2.3), Distance.ofKilometres(500))));
  }

  private Bound bound(List<Measurement> rows, String landmark) {
    return locator.bounds(rows, Speed.OF_LIGHT).stream()
        .filter(bound -> bound.landmark().id().value().equals(landmark))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(List<Bound> bounds) {
    return bounds.stream().map(bound -> bound.landmark().id().value()).toList();
  }

  private static Locator locator(Map<LandmarkId, Landmark> landmarks, int faults) {
    return Locator.of(Maps.DEFAULT, landmarks, Settings.DEFAULT.withToleratedFaults(faults));
  }

  private static Measurement row(String landmark, double milliseconds, long second) {
    return Worlds.row(new LandmarkId(landmark), milliseconds, NOON.plusSeconds(second));
  }

  private static Measurement at(Measurement row, double milliseconds, @Nullable Instant at) {
    return Worlds.row(row.landmark(), milliseconds, at);
  }

  private Instant sometime(int seconds) {
    return NOON.plusSeconds(worlds.random.nextInt(seconds));
  }

  private static Instant latest(List<Measurement> rows) {
    Instant latest = NOON;
    for (Measurement row : rows) {
      Instant at = row.measuredAt();
      if (at != null && at.isAfter(latest)) {
        latest = at;
      }
    }
    return latest;
  }
}
