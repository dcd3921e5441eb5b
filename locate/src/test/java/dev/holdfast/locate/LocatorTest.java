package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.model.Basis;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Ground;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Speed;
import dev.holdfast.model.Subject;
import dev.holdfast.model.Support;
import dev.holdfast.model.TargetId;
import dev.holdfast.model.Verdict;
import dev.holdfast.model.Verdict.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LocatorTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Claim IN_FRANCE = new Claim.Inside("FR");

  private final Worlds worlds = new Worlds(7);

  @Test
  void the_order_of_rows_changes_nothing_in_a_report() {
    for (int i = 0; i < Counts.of(30); i++) {
      Worlds.World world = timed(worlds.corrupted(worlds.honest(worlds.truth(), 5), i % 3));
      List<Claim> claims = claims(world);
      Locator locator = locator(world.landmarks(), i % 3);
      LocationReport report = locator.report(Worlds.TARGET, world.rows(), claims);
      for (int j = 0; j < 2; j++) {
        List<Measurement> shuffled = new ArrayList<>(world.rows());
        Collections.shuffle(shuffled, new Random(worlds.random.nextLong()));
        assertThat(locator.report(Worlds.TARGET, shuffled, claims)).isEqualTo(report);
      }
    }
  }

  @Test
  void repeated_rows_change_nothing_in_a_report() {
    for (int i = 0; i < Counts.of(20); i++) {
      Worlds.World world = timed(worlds.honest());
      List<Claim> claims = claims(world);
      Locator locator = locator(world.landmarks(), 0);
      List<Measurement> repeated = new ArrayList<>(world.rows());
      for (Measurement row : world.rows()) {
        for (int j = worlds.random.nextInt(3); j > 0; j--) {
          repeated.add(row);
        }
      }
      repeated.add(world.rows().getFirst());
      assertThat(locator.report(Worlds.TARGET, repeated, claims))
          .isEqualTo(locator.report(Worlds.TARGET, world.rows(), claims));
    }
  }

  @Test
  void two_delays_with_the_same_limit_give_the_same_report_in_either_order() {
    Landmark paris = Landmark.of("paris", 48.9, 2.3);
    Locator locator = locator(Worlds.byId(paris), 0);
    double delay = 1.99;
    int equalLimits = 0;
    for (int i = 0; i < 100; i++) {
      delay = Math.nextUp(delay);
      Measurement one = Worlds.row("paris", delay);
      Measurement two = Worlds.row("paris", Math.nextUp(delay));
      List<Bound> forwards = locator.bounds(List.of(one, two), Speed.OF_LIGHT);
      List<Bound> backwards = locator.bounds(List.of(two, one), Speed.OF_LIGHT);
      assertThat(forwards).isEqualTo(backwards);
      equalLimits +=
          locator
                  .bounds(List.of(one), Speed.OF_LIGHT)
                  .getFirst()
                  .atMost()
                  .equals(locator.bounds(List.of(two), Speed.OF_LIGHT).getFirst().atMost())
              ? 1
              : 0;
    }
    assertThat(equalLimits).isPositive();
  }

  @Test
  void a_report_says_nothing_false_of_an_honest_world() {
    for (int i = 0; i < Counts.of(40); i++) {
      Worlds.World world = worlds.honest();
      List<Claim> claims = claims(world);
      LocationReport report =
          locator(world.landmarks(), 0).report(Worlds.TARGET, world.rows(), claims);
      assertThat(report.verdicts()).hasSameSizeAs(claims);
      for (Verdict verdict : report.verdicts()) {
        if (isAsked(verdict.claim(), world.truth())) {
          Value wrong = isTrue(verdict.claim(), world.truth()) ? Value.REFUTED : Value.PROVED;
          assertThat(verdict.value()).as("%s in %s", verdict.claim(), world).isNotEqualTo(wrong);
        }
      }
      if (!report.region().empty() && report.region().centre() != null) {
        assertThat(Ellipsoid.geodesic(report.region().centre(), world.truth()))
            .isLessThanOrEqualTo(report.region().radiusKm() + 1e-6);
        assertThat(report.region().destinations())
            .containsAll(S2Borders.INSTANCE.at(world.truth(), Maps.GROUPED));
      }
    }
  }

  @Test
  void a_slower_speed_supports_or_contradicts_and_never_decides() {
    Landmark paris = Landmark.of("paris", 48.9, 2.3);
    LocationReport report =
        locator(Worlds.byId(paris), 0)
            .report(
                Worlds.TARGET,
                List.of(Worlds.row("paris", 3)),
                List.of(
                    within(48.9, 2.3, 310),
                    within(48.9, 2.3, 400 + 50),
                    within(45.8, 4.8, 30),
                    within(48.9, 2.3, 200)));
    // At c within 449.7 km of Paris, at 200 km/ms within 300.
    assertThat(report.verdicts())
        .extracting(Verdict::value)
        .containsExactly(Value.UNPROVEN, Value.PROVED, Value.UNPROVEN, Value.UNPROVEN);
    assertThat(report.verdicts())
        .extracting(Verdict::atSlowerSpeed)
        .containsExactly(Support.SUPPORTED, null, Support.CONTRADICTED, Support.OPEN);
  }

  @Test
  void uncertainty_of_a_landmark_widens_its_bound() {
    Landmark exact = Landmark.of("exact", 48.9, 2.3);
    Landmark vague =
        new Landmark(
            new LandmarkId("vague"),
            exact.position(),
            new OperatorId("vague"),
            Distance.ofKilometres(25));
    Locator locator = locator(Worlds.byId(exact, vague), 0);
    List<Bound> bounds =
        locator.bounds(List.of(Worlds.row("exact", 1), Worlds.row("vague", 1)), Speed.OF_LIGHT);
    double light = Speed.OF_LIGHT.kilometresPerMillisecond() / 2;
    for (Bound bound : bounds) {
      double expected = light + (bound.landmark().equals(vague) ? 25 : 0);
      assertThat(bound.atMost().kilometres()).isBetween(expected, expected * (1 + 1e-14));
    }
  }

  @Test
  void a_bound_is_never_rounded_below_the_distance_that_light_can_go() {
    Landmark here = Landmark.of("here", 0, 0);
    Locator locator = locator(Worlds.byId(here), 0);
    java.math.BigDecimal half = new java.math.BigDecimal("149.896229");
    for (int i = 0; i < Counts.of(2_000); i++) {
      double delay = worlds.logarithmic(1e-6, 300);
      Bound bound = locator.bounds(List.of(Worlds.row("here", delay)), Speed.OF_LIGHT).getFirst();
      assertThat(new java.math.BigDecimal(bound.atMost().kilometres()))
          .isGreaterThanOrEqualTo(half.multiply(new java.math.BigDecimal(delay)));
    }
  }

  @Test
  void a_conflict_leaves_every_claim_open_and_says_who_contradicts_whom() {
    Map<LandmarkId, Landmark> landmarks =
        Worlds.byId(
            Landmark.of("paris", 48.9, 2.3),
            Landmark.of("lyon", 45.8, 4.8),
            Landmark.of("lille", 50.6, 3.1));
    LocationReport report =
        locator(landmarks, 0)
            .report(
                Worlds.TARGET,
                List.of(Worlds.row("paris", 0.2), Worlds.row("lyon", 0.2), Worlds.row("lille", 6)),
                List.of(IN_FRANCE, new Claim.Outside("FR"), within(48.9, 2.3, 15_000)));
    assertThat(report.region().empty()).isTrue();
    assertThat(report.conflicts()).hasSize(1);
    assertThat(report.conflicts().getFirst().landmarks())
        .extracting(LandmarkId::value)
        .containsExactly("lyon", "paris");
    double gap = Ellipsoid.geodesic(48.9, 2.3, 45.8, 4.8) - 0.2 * 299.792458;
    assertThat(report.conflicts().getFirst().gapKm()).isBetween(gap - 1e-6, gap + 1e-6);
    assertThat(report.verdicts()).allMatch(verdict -> verdict.value() == Value.UNPROVEN);
    assertThat(report.verdicts()).allMatch(verdict -> verdict.coalition().isEmpty());
    assertThat(report.verdicts())
        .extracting(verdict -> verdict.reason().code())
        .containsOnly("reason.conflict-pair");
  }

  @Test
  void one_tolerated_liar_does_not_empty_the_region() {
    Map<LandmarkId, Landmark> landmarks =
        Worlds.byId(
            Landmark.of("paris", 48.9, 2.3),
            Landmark.of("tours", 47.4, 0.7),
            Landmark.of("orleans", 47.9, 1.9),
            Landmark.of("sydney", -33.9, 151.2));
    List<Measurement> rows =
        List.of(
            Worlds.row("paris", 1.2),
            Worlds.row("tours", 1.2),
            Worlds.row("orleans", 1),
            Worlds.row("sydney", 0.5));
    LocationReport report = locator(landmarks, 1).report(Worlds.TARGET, rows, List.of(IN_FRANCE));
    assertThat(report.toleratedFaults()).isEqualTo(1);
    assertThat(report.region().empty()).isFalse();
    assertThat(report.conflicts()).isEmpty();
    assertThat(report.verdicts().getFirst().value()).isEqualTo(Value.PROVED);
    assertThat(report.verdicts().getFirst().coalition()).hasSizeGreaterThan(1);
    assertThat(locator(landmarks, 0).report(Worlds.TARGET, rows, List.of(IN_FRANCE)).conflicts())
        .isNotEmpty();
  }

  @Test
  void without_rows_everything_is_open_and_nothing_is_known() {
    LocationReport report =
        locator(Map.of(), 0).report(Worlds.TARGET, List.of(), List.of(IN_FRANCE));
    assertThat(report.bounds()).isEmpty();
    assertThat(report.region().empty()).isFalse();
    assertThat(report.verdicts().getFirst().value()).isEqualTo(Value.UNPROVEN);
    assertThat(report.verdicts().getFirst().reason()).isEqualTo(Reason.of("reason.no-bounds"));
    assertThat(report.advice().centre()).isNull();
  }

  private LocationReport signed(Subject subject, double... milliseconds) {
    Ground ground =
        new Ground(subject, Basis.SIGNED_ROUNDS, true, List.of(Reason.of("assumption.on-earth")));
    Landmark paris = Landmark.of("paris", 48.9, 2.3);
    Landmark tokyo = Landmark.of("tokyo", 35.7, 139.7);
    List<Measurement> rows = new ArrayList<>(List.of(Worlds.row("paris", milliseconds[0])));
    if (milliseconds.length > 1) {
      rows.add(Worlds.row("tokyo", milliseconds[1]));
    }
    return locator(Worlds.byId(paris, tokyo), 0)
        .report(Worlds.TARGET, ground, rows, List.of(within(48.9, 2.3, 100)));
  }

  @Test
  void what_follows_for_a_key_follows_for_its_host_only_out_of_a_security_chip() {
    Verdict key =
        signed(new Subject(Subject.Kind.KEY, "k", Subject.Binding.FILE), 0.5).verdicts().getFirst();
    assertThat(key.value()).isEqualTo(Value.PROVED);
    assertThat(codes(key)).contains("assumption.on-earth");
    Verdict copied =
        signed(new Subject(Subject.Kind.HOST, "h", Subject.Binding.FILE), 0.5)
            .verdicts()
            .getFirst();
    assertThat(copied.value()).isEqualTo(Value.UNPROVEN);
    assertThat(copied.reason()).isEqualTo(Reason.of("reason.key-in-file", "h"));
    Verdict held =
        signed(new Subject(Subject.Kind.HOST, "h", Subject.Binding.TPM), 0.5).verdicts().getFirst();
    assertThat(held.value()).isEqualTo(Value.PROVED);
    assertThat(codes(held)).contains("assumption.key-in-chip");
    Verdict chip = signed(new Subject(Subject.Kind.CHIP, "h", null), 0.5).verdicts().getFirst();
    assertThat(chip.value()).isEqualTo(Value.UNPROVEN);
    assertThat(chip.reason().code()).isEqualTo("reason.no-chip-evidence");
    assertThat(chip.standing().simulated()).isTrue();
  }

  @Test
  void signed_rounds_that_contradict_each_other_accuse_the_key() {
    LocationReport report =
        signed(new Subject(Subject.Kind.KEY, "k", Subject.Binding.FILE), 0.5, 0.5);
    assertThat(report.verdicts().getFirst().reason().code())
        .isEqualTo("reason.conflict-pair-of-key");
    assertThat(
            signed(new Subject(Subject.Kind.CHIP, "h", null), 0.5, 0.5)
                .verdicts()
                .getFirst()
                .reason()
                .code())
        .isEqualTo("reason.conflict-pair-of-key");
  }

  @Test
  void a_report_says_its_subject_basis_and_assumptions() {
    Landmark paris = Landmark.of("paris", 48.9, 2.3);
    LocationReport report =
        locator(Worlds.byId(paris), 0)
            .report(
                Worlds.TARGET,
                List.of(Worlds.row("paris", 0.5)),
                List.of(IN_FRANCE, within(48.9, 2.3, 100)));
    assertThat(report.basis()).isEqualTo(Basis.AS_GIVEN);
    assertThat(report.subject().kind()).isEqualTo(Subject.Kind.TARGET);
    assertThat(report.subject().id()).isEqualTo("target");
    assertThat(report.subject().binding()).isNull();
    assertThat(codes(report.verdicts().get(0)))
        .containsExactly(
            "assumption.on-land",
            "assumption.margin",
            "assumption.grouping",
            "assumption.simultaneous");
    assertThat(codes(report.verdicts().get(1))).containsExactly("assumption.simultaneous");
    assertThat(report.verdicts().get(0).coalition()).containsExactly(new OperatorId("paris"));
  }

  @Test
  void an_unknown_landmark_or_destination_is_refused() {
    Locator locator = locator(Worlds.byId(Landmark.of("paris", 48.9, 2.3)), 0);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> locator.report(Worlds.TARGET, List.of(Worlds.row("nowhere", 1)), List.of()))
        .withMessageContaining("nowhere");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            locator.report(
                Worlds.TARGET, List.of(Worlds.row("paris", 1)), List.of(new Claim.Inside("ZZ"))))
        .withMessageContaining("ZZ");
  }

  private static List<String> codes(Verdict verdict) {
    return verdict.assumptions().stream().map(Reason::code).toList();
  }

  private static Locator locator(Map<LandmarkId, Landmark> landmarks, int faults) {
    return Locator.of(Maps.DEFAULT, landmarks, Settings.DEFAULT.withToleratedFaults(faults));
  }

  private static Claim within(double latitude, double longitude, double kilometres) {
    return new Claim.Within(new Position(latitude, longitude), Distance.ofKilometres(kilometres));
  }

  /** Some of the rows get a time within the last quarter of an hour. */
  private Worlds.World timed(Worlds.World world) {
    List<Measurement> rows = new ArrayList<>();
    for (Measurement row : world.rows()) {
      Instant at =
          worlds.random.nextInt(4) == 0 ? null : NOON.plusSeconds(worlds.random.nextInt(900));
      rows.add(
          new Measurement(
              row.landmark(),
              new TargetId("target"),
              Delay.ofMillis(row.roundTrip().milliseconds()),
              at));
    }
    return new Worlds.World(world.truth(), world.landmarks(), rows);
  }

  private List<Claim> claims(Worlds.World world) {
    List<Claim> claims = new ArrayList<>();
    Position place = worlds.away(world.truth(), worlds.logarithmic(1, 5_000));
    claims.add(new Claim.Within(place, Distance.ofKilometres(worlds.logarithmic(1, 10_000))));
    Position other = worlds.around(world.truth(), 500);
    for (String country : S2Borders.INSTANCE.at(other, Maps.UNGROUPED)) {
      claims.add(new Claim.Inside(country));
      claims.add(new Claim.Outside(country));
    }
    claims.add(new Claim.Inside("CN+HK+MO"));
    return claims;
  }

  /** On the sea nothing is true or false of a destination. */
  private static boolean isAsked(Claim claim, Position truth) {
    return claim instanceof Claim.Within
        || !S2Borders.INSTANCE.destinationsAt(truth, Maps.GROUPED).isEmpty();
  }

  private static boolean isTrue(Claim claim, Position truth) {
    return switch (claim) {
      case Claim.Within within ->
          Ellipsoid.geodesic(within.place(), truth) <= within.radius().kilometres();
      case Claim.Inside inside -> holds(inside.country(), truth);
      case Claim.Outside outside -> !holds(outside.country(), truth);
    };
  }

  private static boolean holds(String country, Position truth) {
    int destination = Maps.GROUPED.index(country).orElseThrow();
    return S2Borders.INSTANCE.destinationsAt(truth, Maps.GROUPED).contains(destination);
  }
}
