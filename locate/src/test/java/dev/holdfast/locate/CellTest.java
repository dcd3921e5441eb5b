package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.holdfast.model.Position;
import org.junit.jupiter.api.Test;

final class CellTest {
  private final Worlds worlds = new Worlds(2);

  @Test
  void the_faces_tile_the_sphere() {
    for (int i = 0; i < Counts.of(5_000); i++) {
      double[] normal = Cells.normal(i % 2 == 0 ? worlds.anywhere() : worlds.awkward());
      int holding = 0;
      int clearlyHolding = 0;
      for (int face = 0; face < Cell.FACES; face++) {
        double[] uv = Cells.plane(face, normal);
        double out = Math.max(Math.abs(uv[0]), Math.abs(uv[1]));
        if (out <= 1 + 1e-15) {
          holding++;
          clearlyHolding += out < 1 - 1e-15 ? 1 : 0;
          Cell point = new Cell();
          point.set(face, uv[0], uv[1], 0);
          assertThat(point.normalX).isCloseTo(normal[0], within(1e-15));
          assertThat(point.normalY).isCloseTo(normal[1], within(1e-15));
          assertThat(point.normalZ).isCloseTo(normal[2], within(1e-15));
        }
      }
      assertThat(holding).isBetween(1, 3);
      assertThat(clearlyHolding).isEqualTo(holding == 1 ? 1 : 0);
    }
  }

  @Test
  void four_children_tile_their_parent_without_a_gap_or_an_overlap() {
    for (int i = 0; i < Counts.of(500); i++) {
      Cell parent = Cells.holding(worlds.truth(), worlds.random.nextInt(25));
      double p = parent.u + worlds.random.nextDouble(-1, 1) * parent.half;
      double q = parent.v + worlds.random.nextDouble(-1, 1) * parent.half;
      int holding = 0;
      for (int quarter = 0; quarter < 4; quarter++) {
        Cell child = new Cell();
        child.setChild(parent, quarter);
        assertThat(child.face).isEqualTo(parent.face);
        assertThat(child.half).isEqualTo(parent.half / 2);
        assertThat(Math.abs(child.u - parent.u)).isEqualTo(child.half);
        assertThat(Math.abs(child.v - parent.v)).isEqualTo(child.half);
        if (Math.abs(p - child.u) < child.half && Math.abs(q - child.v) < child.half) {
          holding++;
        }
      }
      assertThat(holding).isEqualTo(1);
    }
  }

  @Test
  void no_point_of_a_cell_is_farther_from_its_centre_than_its_radius() {
    for (int i = 0; i < Counts.of(2_000); i++) {
      Position place =
          i % 3 == 0 ? worlds.awkward() : i % 3 == 1 ? worlds.anywhere() : worlds.truth();
      Cell cell = Cells.holding(place, worlds.random.nextInt(30));
      for (int j = 0; j < 8; j++) {
        Position point = Cells.sample(cell, worlds.random);
        double distance = Ellipsoid.geodesic(cell.position(), point);
        assertThat(distance)
            .as("face %d u %s v %s half %s to %s", cell.face, cell.u, cell.v, cell.half, point)
            .isLessThanOrEqualTo(cell.radius + 1e-9);
        assertThat(angle(Cells.normal(cell.position()), Cells.normal(point)))
            .isLessThanOrEqualTo(cell.angle + 1e-15);
      }
    }
  }

  @Test
  void a_radius_is_not_much_too_large() {
    for (int i = 0; i < 500; i++) {
      Cell cell = Cells.holding(worlds.anywhere(), 4 + worlds.random.nextInt(16));
      double farthest = 0;
      for (int corner = 0; corner < 4; corner++) {
        Cell point = new Cell();
        point.set(
            cell.face,
            cell.u + ((corner & 1) == 0 ? -1 : 1) * cell.half,
            cell.v + (corner < 2 ? -1 : 1) * cell.half,
            0);
        farthest = Math.max(farthest, Ellipsoid.geodesic(cell.position(), point.position()));
      }
      assertThat(cell.radius).isLessThan(farthest * 1.75);
    }
  }

  @Test
  void a_cell_holds_the_place_that_it_was_looked_up_for() {
    for (int i = 0; i < 1_000; i++) {
      Position place = worlds.truth();
      int depth = worlds.random.nextInt(28);
      Cell cell = Cells.holding(place, depth);
      assertThat(cell.half).isEqualTo(Math.pow(0.5, depth));
      assertThat(Ellipsoid.geodesic(cell.position(), place))
          .isLessThanOrEqualTo(cell.radius + 1e-8);
    }
  }

  @Test
  void the_cell_of_a_place_is_that_place_without_extent() {
    for (int i = 0; i < 500; i++) {
      Position place = worlds.truth();
      Cell cell = new Cell();
      cell.setPosition(place);
      assertThat(cell.radius).isZero();
      assertThat(cell.half).isZero();
      assertThat(Ellipsoid.geodesic(cell.position(), place)).isLessThan(1e-8);
    }
  }

  @Test
  void the_areas_of_all_cells_of_a_depth_add_up_to_the_surface() {
    double sum = 0;
    int across = 64;
    Cell cell = new Cell();
    for (int face = 0; face < Cell.FACES; face++) {
      for (int i = 0; i < across * across; i++) {
        double u = -1 + (2.0 * (i % across) + 1) / across;
        int row = i / across;
        double v = -1 + (2.0 * row + 1) / across;
        cell.set(face, u, v, 1.0 / across);
        sum += cell.areaKm2();
      }
    }
    assertThat(sum).isCloseTo(510_065_621.724, withinPercentage(0.02));
  }

  @Test
  void the_centre_in_earth_centred_coordinates_is_on_the_ellipsoid_at_the_same_place() {
    for (int i = 0; i < 1_000; i++) {
      Cell cell = Cells.holding(worlds.truth(), worlds.random.nextInt(28));
      double a2 = Ellipsoid.A * Ellipsoid.A;
      double b2 = Ellipsoid.B * Ellipsoid.B;
      double onSurface = (cell.x * cell.x + cell.y * cell.y) / a2 + cell.z * cell.z / b2;
      assertThat(onSurface).isCloseTo(1, within(1e-14));
      // The gradient of the surface there points along the normal.
      double length = Math.sqrt(cell.x * cell.x + cell.y * cell.y) / a2;
      assertThat(Math.toDegrees(Math.atan2(cell.z / b2, length)))
          .isCloseTo(cell.latitude(), within(1e-9));
      assertThat(Math.toDegrees(Math.atan2(cell.y, cell.x)))
          .isCloseTo(cell.longitude(), within(1e-9));
    }
  }

  private static double angle(double[] a, double[] b) {
    double dx = a[0] - b[0];
    double dy = a[1] - b[1];
    double dz = a[2] - b[2];
    return 2 * Math.asin(Math.min(1, Math.sqrt(dx * dx + dy * dy + dz * dz) / 2));
  }
}
