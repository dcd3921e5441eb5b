package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.holdfast.model.Position;
import org.junit.jupiter.api.Test;

final class EllipsoidTest {
  /** Published surface of WGS84, km². */
  private static final double SURFACE = 510_065_621.724;

  private final Worlds worlds = new Worlds(1);

  @Test
  void a_chord_is_never_longer_than_the_outer_limit_of_its_geodesic() {
    for (int i = 0; i < Counts.of(20_000); i++) {
      Position[] pair = pair(i);
      double s = Ellipsoid.geodesic(pair[0], pair[1]);
      assertThat(chord(pair[0], pair[1]))
          .as("%s to %s, %s km", pair[0], pair[1], s)
          .isLessThanOrEqualTo(Ellipsoid.outerChord(s));
    }
  }

  @Test
  void a_chord_within_the_inner_limit_never_belongs_to_a_longer_geodesic() {
    for (int i = 0; i < Counts.of(20_000); i++) {
      Position[] pair = pair(i);
      double s = Ellipsoid.geodesic(pair[0], pair[1]);
      double chord = chord(pair[0], pair[1]);
      double shorter = s * (1 - 1e-12) - 1e-9;
      assertThat(chord)
          .as("%s to %s, %s km", pair[0], pair[1], s)
          .isGreaterThan(Ellipsoid.innerChord(shorter))
          .isGreaterThan(Ellipsoid.innerChord(shorter * worlds.random.nextDouble()));
    }
  }

  @Test
  void no_geodesic_is_longer_than_the_farthest_of_its_chord() {
    for (int i = 0; i < Counts.of(20_000); i++) {
      Position[] pair = pair(i);
      double s = Ellipsoid.geodesic(pair[0], pair[1]);
      double farthest = Ellipsoid.farthest(chord(pair[0], pair[1]));
      // GeographicLib and the chord round by as much as 1 nm each.
      assertThat(s).as("%s to %s", pair[0], pair[1]).isLessThanOrEqualTo(farthest + 1e-10);
      if (s < 10_000) {
        assertThat(farthest).isLessThan(s + 1.5 * Ellipsoid.looseness(s) + 1e-8);
      }
    }
  }

  @Test
  void both_limits_grow_with_the_geodesic() {
    double outer = Ellipsoid.outerChord(0);
    double inner = Ellipsoid.innerChord(0);
    for (double s = 0.5; s < Ellipsoid.FARTHEST; s += 0.5) {
      assertThat(Ellipsoid.outerChord(s)).as("%s km", s).isGreaterThanOrEqualTo(outer);
      assertThat(Ellipsoid.innerChord(s)).as("%s km", s).isGreaterThanOrEqualTo(inner);
      assertThat(Ellipsoid.innerChord(s)).isLessThan(Ellipsoid.outerChord(s));
      outer = Ellipsoid.outerChord(s);
      inner = Ellipsoid.innerChord(s);
    }
    assertThat(Ellipsoid.innerChord(-1)).isNegative();
    assertThat(Ellipsoid.innerChord(-9_000)).isNegative();
  }

  @Test
  void nothing_is_farther_than_the_farthest_and_the_poles_are_that_far() {
    assertThat(Ellipsoid.geodesic(90, 0, -90, 0))
        .isBetween(Ellipsoid.FARTHEST - 0.001, Ellipsoid.FARTHEST);
    for (int i = 0; i < Counts.of(5_000); i++) {
      Position from = i % 2 == 0 ? worlds.anywhere() : worlds.awkward();
      Position to = worlds.around(antipode(from), worlds.logarithmic(1e-6, 500));
      assertThat(Ellipsoid.geodesic(from, to)).isLessThanOrEqualTo(Ellipsoid.FARTHEST);
    }
    assertThat(Ellipsoid.outerChord(Ellipsoid.FARTHEST)).isInfinite();
    assertThat(Ellipsoid.innerChord(Ellipsoid.FARTHEST)).isInfinite();
  }

  @Test
  void looseness_is_how_far_the_limits_leave_a_geodesic_open() {
    for (double s : new double[] {50, 200, 1_000, 3_000, 5_000}) {
      double chord = Ellipsoid.outerChord(s);
      double from = s;
      double to = s * 1.1;
      for (int i = 0; i < 100; i++) {
        double middle = (from + to) / 2;
        if (Ellipsoid.innerChord(middle) < chord) {
          from = middle;
        } else {
          to = middle;
        }
      }
      assertThat(to - s).as("%s km", s).isCloseTo(Ellipsoid.looseness(s), withinPercentage(12));
    }
    assertThat(Ellipsoid.looseness(1_000)).isCloseTo(0.020, withinPercentage(10));
    assertThat(Ellipsoid.looseness(10_000)).isCloseTo(20, withinPercentage(10));
    assertThat(Ellipsoid.looseness(1e300)).isEqualTo(Ellipsoid.looseness(Ellipsoid.FARTHEST));
  }

  @Test
  void the_area_factor_adds_up_to_the_surface_of_the_ellipsoid() {
    int steps = 20_000;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double z = -1 + 2.0 * i / steps;
      double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Ellipsoid.areaFactor(z);
    }
    double surface = 2 * Math.PI * sum * (2.0 / steps) / 3;
    assertThat(surface).isCloseTo(SURFACE, withinPercentage(1e-7));
  }

  @Test
  void a_destination_is_as_far_as_was_asked() {
    for (int i = 0; i < 1_000; i++) {
      Position from = i % 2 == 0 ? worlds.anywhere() : worlds.awkward();
      double s = worlds.logarithmic(1e-5, 19_000);
      Position to = worlds.away(from, s);
      assertThat(Ellipsoid.geodesic(from, to)).isBetween(s - 1e-9, s + 1e-9);
    }
  }

  private Position[] pair(int kind) {
    Position a =
        switch (kind % 4) {
          case 0 -> worlds.anywhere();
          case 1 -> new Position(worlds.random.nextDouble(-90, 90), -180);
          case 2 -> new Position(0, worlds.random.nextDouble(-180, 180));
          default -> worlds.awkward();
        };
    Position b =
        switch (worlds.random.nextInt(7)) {
          case 0 -> worlds.anywhere();
          case 1 -> worlds.awkward();
          case 2 -> new Position(worlds.random.nextDouble(-1e-3, 1e-3), a.longitude());
          case 3 -> new Position(-a.latitude(), a.longitude());
          case 4 -> worlds.around(antipode(a), worlds.logarithmic(1e-6, 3_000));
          default -> worlds.away(a, worlds.logarithmic(1e-3, 20_000));
        };
    return new Position[] {a, b};
  }

  private static Position antipode(Position place) {
    double longitude = place.longitude() + (place.longitude() > 0 ? -180 : 180);
    return new Position(-place.latitude(), longitude);
  }

  /** The straight line through the Earth, from the textbook's coordinates. */
  private static double chord(Position a, Position b) {
    double[] p = earthCentred(a);
    double[] q = earthCentred(b);
    return Math.sqrt(
        (p[0] - q[0]) * (p[0] - q[0])
            + (p[1] - q[1]) * (p[1] - q[1])
            + (p[2] - q[2]) * (p[2] - q[2]));
  }

  private static double[] earthCentred(Position at) {
    double a = 6378.137;
    double f = 1 / 298.257223563;
    double e2 = f * (2 - f);
    double phi = Math.toRadians(at.latitude());
    double lambda = Math.toRadians(at.longitude());
    double n = a / Math.sqrt(1 - e2 * Math.sin(phi) * Math.sin(phi));
    return new double[] {
      n * Math.cos(phi) * Math.cos(lambda),
      n * Math.cos(phi) * Math.sin(lambda),
      n * (1 - e2) * Math.sin(phi)
    };
  }
}
