package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.Position;
import dev.holdfast.model.Speed;
import dev.holdfast.model.TargetId;
import dev.holdfast.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where one more landmark would help most. */
final class NextLandmarkTest {
  private static final TypicalBound TYPICAL = new TypicalBound(100, 1.5, 20);
  private static final int POINTS = 2_000;
  private static final double EARTH_KM2 = 510_065_622.0;
  private static final Position NAIROBI = new Position(-1.29, 36.82);
  private static final Position LIMA = new Position(-12.05, -77.04);

  private static Bound bound(String landmark, Position at, Position target, double factor) {
    double kilometres = factor * Ellipsoid.geodesic(at, target) + 50;
    return Locator.bound(
        Landmark.of(landmark, at.latitude(), at.longitude()),
        Delay.ofMillis(2 * kilometres / Speed.OF_LIGHT.kilometresPerMillisecond()));
  }

  private static NextLandmark.Open open(String name, Position place, Claim claim, Bound... bounds) {
    return new NextLandmark.Open(new TargetId(name), place, claim, List.of(bounds));
  }

  /** Two hosts that far landmarks bound loosely. */
  private static List<NextLandmark.Open> loose() {
    Position frankfurt = new Position(50.11, 8.68);
    Position singapore = new Position(1.35, 103.82);
    Position miami = new Position(25.76, -80.19);
    Claim circle = new Claim.Within(LIMA, Distance.ofKilometres(300));
    return List.of(
        open(
            "nairobi",
            NAIROBI,
            new Claim.Inside("KE"),
            bound("a", frankfurt, NAIROBI, 1.3),
            bound("b", singapore, NAIROBI, 1.2)),
        open("lima", LIMA, circle, bound("a", frankfurt, LIMA, 1.2), bound("c", miami, LIMA, 1.3)));
  }

  @Test
  void a_brute_force_over_a_small_grid_finds_no_better_place() {
    List<NextLandmark.Open> open = loose();
    List<List<Position>> points = open.stream().map(NextLandmarkTest::points).toList();
    List<Position> grid = new ArrayList<>();
    for (int latitude = -40; latitude <= 40; latitude += 10) {
      for (int longitude = -90; longitude <= 60; longitude += 10) {
        grid.add(new Position(latitude, longitude));
      }
    }
    NextLandmark.Result found = new NextLandmark(Maps.DEFAULT, 0, TYPICAL).among(open, grid);
    assertThat(found.places()).isEqualTo(grid.size());
    NextLandmark.Gain best = found.best().getFirst();
    double least = Double.POSITIVE_INFINITY;
    for (Position place : grid) {
      double left = leftByPoints(open, points, place);
      if (place.equals(best.place())) {
        assertThat(best.areaLeftKm2()).isCloseTo(left, within(0.1 * found.areaKm2()));
      }
      least = Math.min(least, left);
    }
    assertThat(leftByPoints(open, points, best.place())).isLessThan(least + 0.05 * found.areaKm2());
    assertThat(best.areaGoneKm2() + best.areaLeftKm2())
        .isCloseTo(found.areaKm2(), within(1e-6 * found.areaKm2()));
  }

  /** Points spread evenly over the Earth that are in the region and speak against the claim. */
  private static List<Position> points(NextLandmark.Open one) {
    return IntStream.range(0, POINTS)
        .mapToObj(NextLandmarkTest::evenly)
        .filter(point ->
            one.bounds().stream()
                .allMatch(bound ->
                    Ellipsoid.geodesic(point, bound.landmark().position())
                        <= bound.atMost().kilometres()))
        .filter(point -> against(one.claim(), point))
        .toList();
  }

  /** The area that stays, by those points, each measured with geodesics. */
  private static double leftByPoints(
      List<NextLandmark.Open> open, List<List<Position>> points, Position place) {
    long left = 0;
    for (int i = 0; i < open.size(); i++) {
      double more = TYPICAL.at(Ellipsoid.geodesic(place, open.get(i).place()));
      left +=
          points.get(i).stream().filter(point -> Ellipsoid.geodesic(point, place) <= more).count();
    }
    return left * EARTH_KM2 / POINTS;
  }

  private static Position evenly(int i) {
    double longitude = i * 180 * (3 - Math.sqrt(5)) % 360;
    return new Position(
        Math.toDegrees(Math.asin(1 - (2.0 * i + 1) / POINTS)),
        longitude > 180 ? longitude - 360 : longitude);
  }

  private static boolean against(Claim claim, Position point) {
    return switch (claim) {
      case Claim.Within circle ->
          Ellipsoid.geodesic(point, circle.place()) > circle.radius().kilometres();
      case Claim.Inside inside -> {
        List<String> there = Maps.DEFAULT.at(point);
        yield !there.isEmpty() && !there.contains(inside.country());
      }
      case Claim.Outside outside -> throw new AssertionError();
    };
  }

  @Test
  void an_honest_landmark_at_the_place_really_shrinks_the_regions_and_proves_what_was_promised() {
    List<NextLandmark.Open> open = loose();
    NextLandmark next = new NextLandmark(Maps.DEFAULT, 0, TYPICAL);
    NextLandmark.Result found = next.search(open, List.of(NAIROBI));
    assertThat(found.best()).isNotEmpty();
    NextLandmark.Gain best = found.best().getFirst();
    assertThat(best.areaGoneKm2()).isPositive();
    // Next to the capital of a wide country a landmark proves that a host is in that country.
    assertThat(best.proved()).contains(new TargetId("nairobi"));
    for (NextLandmark.Open each : open) {
      Bound more = next.assumed(best.place(), each);
      List<Bound> bounds = new ArrayList<>(each.bounds());
      bounds.add(more);
      double before = new RegionShape(new Discs(each.bounds()), 0).areaKm2();
      double after = new RegionShape(new Discs(bounds), 0).areaKm2();
      assertThat(after).isLessThanOrEqualTo(before * 1.001);
      Verdict.Value now = new Judge(Maps.DEFAULT, bounds, 0).value(each.claim());
      assertThat(now == Verdict.Value.PROVED).isEqualTo(best.proved().contains(each.target()));
      // The target itself is never cut off.
      assertThat(Ellipsoid.geodesic(best.place(), each.place()))
          .isLessThanOrEqualTo(more.atMost().kilometres());
    }
    assertThat(Maps.DEFAULT.at(best.place())).isNotEmpty();
  }

  @Test
  void in_honest_worlds_one_landmark_more_never_refutes_and_never_leaves_more() {
    Worlds worlds = new Worlds(8);
    for (int i = 0; i < Counts.of(12); i++) {
      Worlds.World world = worlds.honest();
      Claim claim = new Claim.Within(world.truth(), Distance.ofKilometres(200));
      NextLandmark.Open open =
          new NextLandmark.Open(Worlds.TARGET, world.truth(), claim, world.bounds());
      NextLandmark.Result found =
          new NextLandmark(Maps.DEFAULT, 1, TYPICAL)
              .among(List.of(open), List.of(worlds.anywhere(), worlds.around(world.truth(), 100)));
      for (NextLandmark.Gain gain : found.best()) {
        assertThat(gain.areaLeftKm2()).isLessThan(found.areaKm2()).isNotNegative();
        List<Bound> bounds = new ArrayList<>(open.bounds());
        bounds.add(new NextLandmark(Maps.DEFAULT, 1, TYPICAL).assumed(gain.place(), open));
        assertThat(new Judge(Maps.DEFAULT, bounds, 1).value(claim))
            .isNotEqualTo(Verdict.Value.REFUTED);
      }
    }
  }

  @Test
  void where_nothing_is_open_or_nothing_helps_no_place_is_named() {
    NextLandmark next = new NextLandmark(Maps.DEFAULT, 0, TYPICAL);
    assertThat(next.search(List.of(), List.of()).best()).isEmpty();
    NextLandmark.Open far = loose().getFirst();
    TypicalBound nothing = new TypicalBound(30_000, 1, 20);
    assertThat(new NextLandmark(Maps.DEFAULT, 0, nothing).among(List.of(far), List.of(LIMA)).best())
        .isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> open("x", LIMA, new Claim.Outside("PE")));
  }

  @Test
  void the_usual_bound_is_learned_from_pairs_whatever_a_few_of_them_say() {
    List<TypicalBound.Pair> pairs = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      pairs.add(new TypicalBound.Pair(100 * i, 80 + 170.0 * i));
    }
    pairs.add(new TypicalBound.Pair(50, 19_000));
    pairs.add(new TypicalBound.Pair(2500, 19_000));
    TypicalBound learned = TypicalBound.of(pairs);
    assertThat(learned.fixedKm()).isCloseTo(80, within(5.0));
    assertThat(learned.stretch()).isCloseTo(1.7, within(0.01));
    assertThat(learned.pairs()).isEqualTo(32);
    assertThat(TypicalBound.of(pairs.subList(0, 5))).isEqualTo(TypicalBound.ASSUMED);
    assertThatIllegalArgumentException().isThrownBy(() -> new TypicalBound(0, 0.9, 0));
  }
}
