package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.holdfast.model.Bound;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RegionShapeTest {
  /** Radius of the sphere with the surface of WGS84, km. */
  private static final double AUTHALIC = 6371.0071809;

  private final Worlds worlds = new Worlds(10);

  @Test
  void the_area_of_one_disc_is_that_of_a_cap() {
    for (int i = 0; i < Counts.of(60); i++) {
      Position centre = i % 2 == 0 ? worlds.awkward() : worlds.anywhere();
      double limit =
          i % 3 == 0 ? worlds.random.nextDouble(5_000, 19_500) : worlds.logarithmic(0.01, 5_000);
      RegionShape shape = shape(0, Worlds.bound("a", "a", centre, limit));
      assertThat(shape.areaKm2())
          .as("%s, %s km", centre, limit)
          .isCloseTo(cap(limit), withinPercentage(0.7));
    }
  }

  @Test
  void the_area_without_bounds_is_that_of_the_earth() {
    RegionShape shape = shape(0);
    assertThat(shape.areaKm2()).isCloseTo(510_065_622, withinPercentage(0.1));
    assertThat(shape.centre()).isNull();
    assertThat(shape.radiusKm(null)).isEqualTo(Ellipsoid.FARTHEST);
    assertThat(shape.isEmpty()).isFalse();
  }

  @Test
  void two_discs_whose_rims_cross_leave_a_lens() {
    double[][] lenses = {
      {48.9, 2.3, 300, 95, 420, 330},
      {10, 179, 900, 70, 1_300, 700},
      {80, 30, 1_500, 10, 2_000, 1_100},
      {-30, -60, 6_000, 200, 9_000, 5_500}
    };
    for (double[] lens : lenses) {
      Position a = new Position(lens[0], lens[1]);
      Position b = Ellipsoid.destination(a, lens[3], lens[4]);
      RegionShape shape =
          shape(0, Worlds.bound("a", "a", a, lens[2]), Worlds.bound("b", "b", b, lens[5]));
      assertThat(shape.areaKm2())
          .isCloseTo(integrated(a, lens[2], b, lens[5]), withinPercentage(1.5));
      assertThat(shape.shaping()).containsExactly(true, true);
      Position centre = shape.centre();
      assertThat(centre).isNotNull();
      if (centre != null) {
        double farthest = farthestOfLens(centre, a, lens[2], b, lens[5]);
        assertThat(shape.radiusKm(centre)).isBetween(farthest, farthest * 1.01);
        assertThat(Ellipsoid.geodesic(centre, a)).isLessThan(lens[2]);
        assertThat(Ellipsoid.geodesic(centre, b)).isLessThan(lens[5]);
      }
    }
  }

  @Test
  void the_centroid_of_one_disc_is_its_centre_and_its_radius_the_limit() {
    for (int i = 0; i < Counts.of(60); i++) {
      Position place = i % 2 == 0 ? worlds.awkward() : worlds.anywhere();
      double limit = worlds.logarithmic(0.05, 8_000);
      RegionShape shape = shape(0, Worlds.bound("a", "a", place, limit));
      Position centre = shape.centre();
      assertThat(centre).isNotNull();
      if (centre != null) {
        double off = Ellipsoid.geodesic(centre, place);
        assertThat(off).as("%s, %s km", place, limit).isLessThan(limit * 0.01);
        assertThat(shape.radiusKm(centre)).isBetween(limit, (limit + off) * 1.01);
      }
    }
  }

  @Test
  void a_disc_beyond_a_hemisphere_has_its_landmark_as_centroid_and_reaches_its_rim() {
    Position place = new Position(-20, 170);
    RegionShape shape = shape(0, Worlds.bound("a", "a", place, 15_000));
    Position centre = shape.centre();
    assertThat(centre).isNotNull();
    if (centre != null) {
      double off = Ellipsoid.geodesic(centre, place);
      assertThat(off).isLessThan(60);
      assertThat(shape.radiusKm(centre)).isBetween(15_000.0, (15_000 + off) * 1.01);
    }
  }

  @Test
  void the_radius_holds_every_point_of_the_region() {
    int points = 0;
    for (int i = 0; i < Counts.of(60); i++) {
      int faults = i % 3;
      Worlds.World world = worlds.honest(worlds.truth(), faults + 1 + worlds.random.nextInt(5));
      List<Bound> bounds = world.bounds();
      RegionShape shape = new RegionShape(new Discs(bounds), faults);
      Position centre = shape.centre();
      double radius = shape.radiusKm(centre);
      assertThat(shape.isEmpty()).isFalse();
      if (centre == null) {
        assertThat(radius).isEqualTo(Ellipsoid.FARTHEST);
        continue;
      }
      for (int j = 0; j < 100; j++) {
        Bound about = bounds.get(worlds.random.nextInt(bounds.size()));
        Position point = worlds.away(about.landmark().position(), reach(about));
        if (violated(bounds, point) <= faults) {
          points++;
          assertThat(Ellipsoid.geodesic(centre, point))
              .as("%s of %s", point, bounds)
              .isLessThanOrEqualTo(radius + 1e-6);
        }
      }
      assertThat(Ellipsoid.geodesic(centre, world.truth())).isLessThanOrEqualTo(radius + 1e-6);
    }
    assertThat(points).isGreaterThan(Counts.of(500));
  }

  @Test
  void two_discs_that_miss_each_other_leave_nothing() {
    RegionShape shape =
        shape(0, Worlds.bound("a", 48.9, 2.3, 100), Worlds.bound("b", 35.7, 139.7, 100));
    assertThat(shape.isEmpty()).isTrue();
    assertThat(shape.areaKm2()).isZero();
    assertThat(shape.centre()).isNull();
    assertThat(shape.radiusKm(null)).isZero();
    assertThat(shape.shaping()).containsExactly(false, false);
  }

  @Test
  void one_tolerated_fault_leaves_both_of_two_discs_that_miss_each_other() {
    Position paris = new Position(48.9, 2.3);
    Position tokyo = new Position(35.7, 139.7);
    RegionShape shape =
        shape(1, Worlds.bound("a", "a", paris, 100), Worlds.bound("b", "b", tokyo, 300));
    assertThat(shape.areaKm2()).isCloseTo(cap(100) + cap(300), withinPercentage(1));
    Position centre = shape.centre();
    assertThat(centre).isNotNull();
    if (centre != null) {
      double radius = shape.radiusKm(centre);
      double farthest =
          Math.max(
              Ellipsoid.geodesic(centre, paris) + 100, Ellipsoid.geodesic(centre, tokyo) + 300);
      assertThat(radius).isBetween(farthest - 1e-6, farthest * 1.01);
    }
    assertThat(shape.shaping()).containsExactly(true, true);
  }

  @Test
  void one_tolerated_fault_leaves_every_point_that_all_but_one_of_three_hold() {
    Position a = new Position(50, 8);
    Position b = Ellipsoid.destination(a, 90, 150);
    Position c = Ellipsoid.destination(a, 0, 5_000);
    RegionShape shape =
        shape(
            1,
            Worlds.bound("a", "a", a, 100),
            Worlds.bound("b", "b", b, 100),
            Worlds.bound("c", "c", c, 100));
    // Only a and b have points in common.
    assertThat(shape.areaKm2()).isCloseTo(integrated(a, 100, b, 100), withinPercentage(1.5));
  }

  @Test
  void a_disc_that_holds_the_region_does_not_shape_it() {
    RegionShape shape =
        shape(0, Worlds.bound("near", 48.9, 2.3, 100), Worlds.bound("far", 40.7, -74, 12_000));
    assertThat(shape.shaping()).containsExactly(true, false);
  }

  @Test
  void a_region_of_one_point_has_that_point_as_its_centre() {
    for (int i = 0; i < 20; i++) {
      Position place = i % 2 == 0 ? worlds.awkward() : worlds.anywhere();
      RegionShape shape = shape(0, Worlds.bound("a", "a", place, 0));
      assertThat(shape.isEmpty()).isFalse();
      assertThat(shape.areaKm2()).isCloseTo(0, within(1e-3));
      Position centre = shape.centre();
      assertThat(centre).isNotNull();
      if (centre != null) {
        assertThat(Ellipsoid.geodesic(centre, place)).isLessThan(0.05);
        assertThat(shape.radiusKm(centre)).isLessThan(0.1);
      }
    }
  }

  /** Half of the tries on the rim, half within. */
  private double reach(Bound about) {
    double limit = Math.min(about.atMost().kilometres(), Ellipsoid.FARTHEST);
    return worlds.random.nextBoolean()
        ? limit * (1 - 1e-9)
        : limit * Math.sqrt(worlds.random.nextDouble());
  }

  private static int violated(List<Bound> bounds, Position point) {
    Set<OperatorId> violated = new HashSet<>();
    for (Bound bound : bounds) {
      double distance = Ellipsoid.geodesic(bound.landmark().position(), point);
      if (distance > bound.atMost().kilometres()) {
        violated.add(bound.landmark().operator());
      }
    }
    return violated.size();
  }

  private static RegionShape shape(int faults, Bound... bounds) {
    return new RegionShape(new Discs(List.of(bounds)), faults);
  }

  private static double cap(double limit) {
    double half = Math.sin(limit / AUTHALIC / 2);
    return 4 * Math.PI * AUTHALIC * AUTHALIC * half * half;
  }

  /** The area of what two discs have in common, ring by ring around the first. */
  private static double integrated(Position a, double limitA, Position b, double limitB) {
    int rings = 150;
    int spokes = 360;
    double sum = 0;
    for (int i = 0; i < rings; i++) {
      double r = limitA * (i + 0.5) / rings;
      double weight = AUTHALIC * Math.sin(r / AUTHALIC) * (limitA / rings) * 2 * Math.PI / spokes;
      for (int j = 0; j < spokes; j++) {
        Position point = Ellipsoid.destination(a, j + 0.5, r);
        sum += Ellipsoid.geodesic(point, b) <= limitB ? weight : 0;
      }
    }
    return sum;
  }

  /** The farthest point of the rims of the lens. */
  private static double farthestOfLens(
      Position from, Position a, double limitA, Position b, double limitB) {
    double farthest = 0;
    for (int i = 0; i < 7_200; i++) {
      Position onA = Ellipsoid.destination(a, i / 20.0, limitA);
      Position onB = Ellipsoid.destination(b, i / 20.0, limitB);
      if (Ellipsoid.geodesic(onA, b) <= limitB) {
        farthest = Math.max(farthest, Ellipsoid.geodesic(from, onA));
      }
      if (Ellipsoid.geodesic(onB, a) <= limitA) {
        farthest = Math.max(farthest, Ellipsoid.geodesic(from, onB));
      }
    }
    return farthest;
  }
}
