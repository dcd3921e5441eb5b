package dev.holdfast.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.model.Position;
import org.junit.jupiter.api.Test;

class AzimuthalTest {
  @Test
  void a_point_comes_back_from_the_sheet() {
    for (Azimuthal.Kind kind : Azimuthal.Kind.values()) {
      for (double latitude : new double[] {-90, -30, 0, 52, 90}) {
        Azimuthal plane = new Azimuthal(kind, Sphere.vector(latitude, 179), 300, 400, 300);
        for (double angle : new double[] {0, 0.001, 0.3, 1.2}) {
          SphereLine circle = Sphere.circle(Sphere.vector(latitude, 179), angle, 7);
          for (int i = 0; i < circle.size(); i++) {
            Point point = plane.project(circle.vector(i));
            assertThat(Sphere.angle(plane.unproject(point.x(), point.y()), circle.vector(i)))
                .isLessThan(1e-9);
          }
        }
      }
    }
  }

  @Test
  void north_is_up_and_east_is_right() {
    Azimuthal plane = new Azimuthal(Azimuthal.Kind.REGIONAL, Sphere.vector(10, 20), 100, 0, 0);

    assertThat(plane.project(Sphere.vector(20, 20)).y()).isNegative();
    assertThat(plane.project(Sphere.vector(10, 30)).x()).isPositive();
  }

  @Test
  void a_regional_map_keeps_distances_from_its_centre() {
    Azimuthal plane = new Azimuthal(Azimuthal.Kind.REGIONAL, Sphere.vector(0, 0), 100, 0, 0);

    Point point = plane.project(Sphere.vector(0, 40));

    assertThat(point.x()).isCloseTo(Math.toRadians(40) * 100, within(1e-9));
  }

  @Test
  void what_is_beyond_the_horizon_is_drawn_at_it() {
    Azimuthal globe = new Azimuthal(Azimuthal.Kind.GLOBE, Sphere.vector(0, 0), 100, 0, 0);

    Point point = globe.project(Sphere.vector(0, 120));

    assertThat(point.x()).isCloseTo(100, within(1e-9));
    assertThat(globe.beyondHorizon(Sphere.vector(0, 120))).isTrue();
  }

  @Test
  void distances_agree_with_the_geodesic_to_some_tens_of_metres() {
    // Geodesic distances on WGS84 by GeographicLib.
    assertThat(Sphere.kilometres(new Position(35.68, 139.69), new Position(13.75, 100.5)))
        .isCloseTo(4604, within(1.0));
    assertThat(Sphere.kilometres(new Position(0, 0), new Position(0, 1)))
        .isCloseTo(111.3195, within(0.001));
    assertThat(Sphere.kilometres(new Position(0, 0), new Position(1, 0)))
        .isCloseTo(110.5744, within(0.001));
  }
}
