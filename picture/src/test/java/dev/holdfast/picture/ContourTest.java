package dev.holdfast.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContourTest {
  private static final Box BOX = new Box(0, 0, 400, 300);

  /** A field over the plane, one kilometre a pixel. */
  private interface Plane extends Contour.Field {
    @Override
    default double reach(double x, double y, double pixels) {
      return pixels;
    }
  }

  private static Plane disc(double cx, double cy, double radius) {
    return (x, y) -> radius - Math.hypot(x - cx, y - cy);
  }

  private static double area(Line line) {
    double twice = 0;
    for (int i = 0; i < line.size(); i++) {
      int next = (i + 1) % line.size();
      twice += line.x(i) * line.y(next) - line.x(next) * line.y(i);
    }
    return Math.abs(twice / 2);
  }

  @Test
  void the_line_round_a_disc_is_where_it_should_be() {
    List<Line> lines = Contour.of(disc(200, 150, 80), BOX);

    assertThat(lines).hasSize(1);
    Line line = lines.getFirst();
    for (int i = 0; i < line.size(); i++) {
      assertThat(Math.hypot(line.x(i) - 200, line.y(i) - 150)).isBetween(79.95, 80.001);
    }
    assertThat(area(line)).isBetween(Math.PI * 80 * 80 * 0.998, Math.PI * 80 * 80);
  }

  @Test
  void what_leaves_the_box_closes_outside_of_it() {
    List<Line> lines = Contour.of(disc(0, 0, 100), BOX);

    assertThat(lines).hasSize(1);
    Box box = lines.getFirst().box();
    assertThat(box.x()).isLessThan(-1);
    assertThat(box.y()).isLessThan(-1);
    assertThat(box.right()).isBetween(99.0, 100.1);
  }

  @Test
  void a_ring_has_two_lines() {
    Plane ring = (x, y) -> 20 - Math.abs(Math.hypot(x - 200, y - 150) - 90);

    assertThat(Contour.of(ring, BOX)).hasSize(2);
  }

  @Test
  void a_thin_lens_is_found_within_a_large_empty_sea() {
    Plane lens =
        (x, y) -> Math.min(300 - Math.hypot(x + 97, y - 150), 300 - Math.hypot(x - 497, y - 150));

    List<Line> lines = Contour.of(lens, BOX);

    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().box().width()).isBetween(4.0, 6.1);
    assertThat(lines.getFirst().box().height()).isBetween(75.0, 88.0);
  }

  @Test
  void a_field_without_end_fills_the_box() {
    Plane everywhere = (x, y) -> Double.POSITIVE_INFINITY;
    Plane nowhere = (x, y) -> Double.NEGATIVE_INFINITY;

    List<Line> lines = Contour.of(everywhere, BOX);

    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().box().holds(BOX)).isTrue();
    assertThat(Contour.of(nowhere, BOX)).isEmpty();
  }

  @Test
  void pieces_that_touch_at_a_corner_close_all_the_same() {
    Plane board = (x, y) -> Math.sin(x / 7) * Math.sin(y / 7) * 7;

    assertThat(Contour.of(board, BOX))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.size()).isGreaterThan(2));
  }
}
