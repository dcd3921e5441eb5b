package dev.holdfast.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutlinesTest {
  private static double[][] ring(double... coordinates) {
    double[][] ring = new double[2][coordinates.length / 2];
    for (int i = 0; i < ring[0].length; i++) {
      ring[0][i] = coordinates[2 * i];
      ring[1][i] = coordinates[2 * i + 1];
    }
    return ring;
  }

  @Test
  void two_neighbours_have_one_outline_and_one_seam() {
    double[][] west = ring(0, 0, 0, 10, 10, 10, 10, 5, 10, 0, 0, 0);
    double[][] east = ring(10, 0, 10, 5, 10, 10, 20, 10, 20, 0, 10, 0);

    Outlines outlines = Outlines.of(List.of(west, east));

    assertThat(outlines.loops()).hasSize(1);
    assertThat(outlines.loops().getFirst().size()).isEqualTo(6);
    assertThat(outlines.seams()).hasSize(1);
    assertThat(outlines.seams().getFirst().size()).isEqualTo(3);
  }

  @Test
  void an_enclave_is_a_seam_and_leaves_no_hole() {
    double[][] around = ring(0, 0, 0, 30, 30, 30, 30, 0, 0, 0);
    double[][] hole = ring(10, 10, 20, 10, 20, 20, 10, 20, 10, 10);
    double[][] enclave = ring(10, 10, 10, 20, 20, 20, 20, 10, 10, 10);

    Outlines outlines = Outlines.of(List.of(around, hole, enclave));

    assertThat(outlines.loops()).hasSize(1);
    assertThat(outlines.seams()).hasSize(1);
    assertThat(outlines.seams().getFirst().size()).isEqualTo(5);
  }

  @Test
  void a_cut_along_the_antimeridian_vanishes_even_where_its_sides_have_other_points() {
    double[][] west = ring(170, 0, 170, 10, -180, 10, -180, 0, 170, 0);
    double[][] east = ring(-180, 0, -180, 4, -180, 10, -170, 10, -170, 0, -180, 0);

    Outlines outlines = Outlines.of(List.of(west, east));

    assertThat(outlines.loops()).hasSize(1);
    assertThat(outlines.seams()).isEmpty();
  }

  @Test
  void a_collapsed_ring_is_nothing() {
    assertThat(Outlines.of(List.of(ring(1, 1, 2, 2, 1, 1), ring(3, 3))).loops()).isEmpty();
  }
}
