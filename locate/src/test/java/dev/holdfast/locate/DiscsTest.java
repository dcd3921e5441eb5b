package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.locate.Discs.Side;
import dev.holdfast.model.Position;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DiscsTest {
  /** GeographicLib's rounding, km. */
  private static final double ROUNDING = 2e-10;

  private final Worlds worlds = new Worlds(3);

  @Test
  void what_is_answered_of_a_cell_is_true_of_every_sampled_point() {
    Map<Side, Integer> seen = new EnumMap<>(Side.class);
    for (int i = 0; i < Counts.of(20_000); i++) {
      Position centre = i % 3 == 0 ? worlds.awkward() : worlds.anywhere();
      double limit = limit(i);
      Cell cell = cellAtTheRim(centre, limit);
      Discs discs = Discs.around(centre, limit);
      Side side = discs.side(0, cell);
      seen.merge(side, 1, Integer::sum);
      check(side, centre, limit, cell);
    }
    assertThat(seen).containsOnlyKeys(Side.values());
    assertThat(seen.values()).allMatch(count -> count > 100);
  }

  private void check(Side side, Position centre, double limit, Cell cell) {
    for (int j = 0; j < 4; j++) {
      Position point = j == 0 ? cell.position() : Cells.sample(cell, worlds.random);
      double distance = Ellipsoid.geodesic(centre, point);
      String story = centre + " " + limit + " km, cell of " + cell.radius + " km, " + point;
      switch (side) {
        case OUTSIDE -> assertThat(distance).as(story).isGreaterThan(limit - ROUNDING);
        case INSIDE -> assertThat(distance).as(story).isLessThanOrEqualTo(limit + ROUNDING);
        case OPEN_CENTRE_INSIDE ->
            assertThat(Ellipsoid.geodesic(centre, cell.position()))
                .as(story)
                .isLessThanOrEqualTo(limit);
        case OPEN -> assertThat(distance).as(story).isGreaterThanOrEqualTo(0);
      }
    }
  }

  @Test
  void a_cell_that_is_clear_of_the_rim_is_never_left_open() {
    for (int i = 0; i < Counts.of(5_000); i++) {
      Position centre = i % 3 == 0 ? worlds.awkward() : worlds.anywhere();
      double limit = worlds.logarithmic(1e-4, 10_000);
      Cell cell = cellAtTheRim(centre, limit);
      double distance = Ellipsoid.geodesic(centre, cell.position());
      // As much as its radius and more may be lost to the limits between chord and geodesic.
      double clear = 3 * cell.radius + 2e-9 + limit * 2e-12;
      Side side = Discs.around(centre, limit).side(0, cell);
      if (distance > limit + clear) {
        assertThat(side).isEqualTo(Side.OUTSIDE);
      } else if (distance < limit - clear) {
        assertThat(side)
            .as(
                "%s %s km at %s, cell %s km half %s",
                centre, limit, distance, cell.radius, cell.half)
            .isEqualTo(Side.INSIDE);
      } else {
        assertThat(side).isNotNull();
      }
    }
  }

  @Test
  void a_disc_of_half_a_meridian_or_more_holds_every_cell() {
    Cell cell = new Cell();
    for (int i = 0; i < 200; i++) {
      Position centre = i % 2 == 0 ? worlds.awkward() : worlds.anywhere();
      for (double limit : new double[] {30_000, 1e9, 1e300}) {
        cell.setFace(worlds.random.nextInt(6));
        assertThat(Discs.around(centre, limit).side(0, cell)).isEqualTo(Side.INSIDE);
      }
    }
  }

  @Test
  void a_disc_without_a_radius_holds_no_cell_and_its_own_place_is_never_outside() {
    for (int i = 0; i < Counts.of(1_000); i++) {
      Position centre = i % 2 == 0 ? worlds.awkward() : worlds.anywhere();
      Cell cell = Cells.holding(centre, worlds.random.nextInt(35));
      assertThat(Discs.around(centre, 0).side(0, cell)).isEqualTo(Side.OPEN);
    }
  }

  @Test
  void a_place_just_inside_the_rim_is_in_no_cell_outside_and_one_just_outside_in_none_inside() {
    for (int i = 0; i < Counts.of(3_000); i++) {
      Position centre = i % 3 == 0 ? worlds.awkward() : worlds.anywhere();
      double limit = worlds.logarithmic(1e-3, 19_990);
      Discs discs = Discs.around(centre, limit);
      int depth = worlds.random.nextInt(36);
      Position inside = worlds.away(centre, limit * (1 - 1e-12));
      if (Ellipsoid.geodesic(centre, inside) < limit) {
        assertThat(discs.side(0, Cells.holding(inside, depth))).isNotEqualTo(Side.OUTSIDE);
      }
      Position outside = worlds.away(centre, limit + 1e-8);
      if (Ellipsoid.geodesic(centre, outside) > limit + 5e-9) {
        assertThat(discs.side(0, Cells.holding(outside, depth))).isNotEqualTo(Side.INSIDE);
      }
    }
  }

  @Test
  void the_smallest_disc_comes_first_whatever_the_order_of_the_input() {
    var a = Worlds.bound("a", 0, 0, 300);
    var b = Worlds.bound("b", 0, 0, 100);
    var c = Worlds.bound("c", 1, 1, 100);
    assertThat(new Discs(List.of(a, b, c)).bounds).containsExactly(b, c, a);
    assertThat(new Discs(List.of(c, a, b)).bounds).containsExactly(b, c, a);
  }

  @Test
  void landmarks_of_one_operator_share_its_number() {
    Position place = new Position(10, 10);
    Discs discs =
        new Discs(
            List.of(
                Worlds.bound("a", "one", place, 10),
                Worlds.bound("b", "two", place, 20),
                Worlds.bound("c", "one", place, 30)));
    assertThat(discs.operators).hasSize(2);
    assertThat(discs.operator[0]).isEqualTo(discs.operator[2]).isNotEqualTo(discs.operator[1]);
  }

  private double limit(int i) {
    return switch (i % 5) {
      case 0 -> worlds.logarithmic(1e-4, 1);
      case 1 -> worlds.random.nextDouble(19_500, 20_010);
      case 2 -> worlds.random.nextDouble(9_000, 20_003);
      default -> worlds.logarithmic(1, 19_000);
    };
  }

  /** A cell whose size and place leave the answer in the balance. */
  private Cell cellAtTheRim(Position centre, double limit) {
    int depth = worlds.random.nextInt(30);
    double size = 9_000 * Math.pow(0.5, depth);
    double distance =
        Math.clamp(limit + size * worlds.random.nextDouble(-2, 2), 0, Ellipsoid.FARTHEST - 1);
    return Cells.holding(worlds.away(centre, distance), depth);
  }
}
