package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Distance;
import dev.holdfast.model.Position;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class BordersTest {
  private static final int DEEPEST = 24;

  private final Worlds worlds = new Worlds(4);

  @Test
  void the_destinations_at_the_centre_of_every_cell_are_those_that_s2_finds() {
    for (int i = 0; i < Counts.of(250); i++) {
      Position towards = place(i);
      double[] normal = Cells.normal(towards);
      Cell cell = new Cell();
      cell.setFace(Cells.faceOf(normal));
      BorderNode node = Maps.EXACT.root(cell.face);
      BorderNode grouped = Maps.DEFAULT.root(cell.face);
      int depth = worlds.random.nextInt(3, DEEPEST);
      for (int d = 0; d < depth; d++) {
        int quarter = Cells.quarter(cell, normal);
        Cell child = new Cell();
        child.setChild(cell, quarter);
        cell = child;
        node = node.child(quarter);
        grouped = grouped.child(quarter);
        if (d % 3 == depth % 3) {
          Position centre = cell.position();
          assertThat(names(node.atCentre(), Maps.UNGROUPED))
              .as("%s, depth %d", centre, d)
              .isEqualTo(S2Borders.INSTANCE.at(centre, Maps.UNGROUPED));
          assertThat(names(grouped.atCentre(), Maps.GROUPED))
              .as("%s, depth %d", centre, d)
              .isEqualTo(S2Borders.INSTANCE.at(centre, Maps.GROUPED));
        }
      }
    }
  }

  @Test
  void the_reference_point_of_every_face_is_where_s2_finds_it() {
    for (int face = 0; face < Cell.FACES; face++) {
      Cell reference = new Cell();
      reference.set(face, 0.0137, 0.0229, 0);
      assertThat(names(Maps.EXACT.root(face).atCentre(), Maps.UNGROUPED))
          .isEqualTo(S2Borders.INSTANCE.at(reference.position(), Maps.UNGROUPED));
    }
  }

  @Test
  void near_names_every_destination_that_a_point_of_the_cell_is_in_when_there_is_no_margin() {
    nearHoldsAllWithin(Maps.EXACT, Maps.UNGROUPED, 0);
  }

  @Test
  void near_names_every_destination_within_the_margin_of_a_point_of_the_cell() {
    nearHoldsAllWithin(Maps.DEFAULT, Maps.GROUPED, 5);
  }

  @Test
  void near_names_every_destination_within_a_wide_margin() {
    nearHoldsAllWithin(
        Atlas.of(Maps.EARTH.map(), Maps.UNGROUPED, Distance.ofKilometres(80)), Maps.UNGROUPED, 80);
  }

  private void nearHoldsAllWithin(Atlas atlas, Destinations destinations, double margin) {
    int found = 0;
    for (int i = 0; i < Counts.of(500); i++) {
      Position place = place(i);
      Node at = descend(atlas, place, worlds.random.nextInt(DEEPEST));
      for (int j = 0; j < 4; j++) {
        Position point = Cells.sample(at.cell, worlds.random);
        double off = margin * (worlds.random.nextBoolean() ? 1 : worlds.random.nextDouble());
        Position reached = margin == 0 ? point : worlds.away(point, off * (1 - 1e-12));
        Set<Integer> there = S2Borders.INSTANCE.destinationsAt(reached, destinations);
        assertThat(boxed(at.node.near()))
            .as("cell of %s km at %s, %s", at.cell.radius, at.cell.position(), reached)
            .containsAll(there);
        found += there.size();
      }
    }
    assertThat(found).isGreaterThan(400);
  }

  @Test
  void near_names_the_owners_of_every_border_point_within_the_margin() {
    for (int i = 0; i < Counts.of(1_500); i++) {
      BorderMap.Arc arc =
          Maps.EARTH.map().arcs().get(worlds.random.nextInt(Maps.EARTH.map().arcs().size()));
      int at = worlds.random.nextInt(arc.latitudes().length);
      Position corner = new Position(arc.latitudes()[at], arc.longitudes()[at]);
      Position within = worlds.away(corner, 5 * (1 - 1e-9) * worlds.random.nextDouble());
      Node node = descend(Maps.DEFAULT, within, worlds.random.nextInt(30));
      Set<Integer> owners = new TreeSet<>();
      for (int owner : arc.owners()) {
        owners.add(Maps.GROUPED.ofUnit()[owner]);
      }
      // A line inside one destination is dropped: then the destination is on both sides of it.
      assertThat(boxed(node.node.near())).as("%s from %s", within, corner).containsAll(owners);
    }
  }

  @Test
  void near_is_sorted_without_repeats_and_holds_what_is_at_the_centre() {
    for (int i = 0; i < Counts.of(500); i++) {
      Node at = descend(Maps.DEFAULT, place(i), 1 + worlds.random.nextInt(DEEPEST));
      assertThat(at.node.near()).isSorted().doesNotHaveDuplicates();
      assertThat(boxed(at.node.near())).containsAll(boxed(at.node.atCentre()));
    }
  }

  @Test
  void a_small_cell_far_from_every_border_is_near_one_destination_or_none() {
    assertThat(near(Maps.DEFAULT, new Position(46.5, 2.5), 14)).containsExactly("FR");
    assertThat(near(Maps.DEFAULT, new Position(39.0, -98.0), 14)).containsExactly("US");
    assertThat(near(Maps.DEFAULT, new Position(-85, 10), 14)).containsExactly("AQ");
    assertThat(near(Maps.DEFAULT, new Position(30, -40), 14)).isEmpty();
    assertThat(near(Maps.DEFAULT, new Position(90, 0), 14)).isEmpty();
    assertThat(near(Maps.DEFAULT, new Position(-90, 0), 14)).containsExactly("AQ");
  }

  @Test
  void a_small_cell_is_not_near_what_is_beyond_the_margin() {
    int far = 0;
    for (int i = 0; i < Counts.of(100); i++) {
      Position place = worlds.nearBorder(40);
      Node at = descend(Maps.DEFAULT, place, 16);
      double nearest = distanceToBorder(place);
      if (nearest > 5.2 + 2 * at.cell.radius) {
        far++;
        assertThat(at.node.near())
            .as("%s, %s km from the nearest border", place, nearest)
            .isEqualTo(at.node.atCentre());
      } else {
        assertThat(boxed(at.node.near())).containsAll(boxed(at.node.atCentre()));
      }
    }
    assertThat(far).isGreaterThan(20);
  }

  @Test
  void vatican_city_counts_although_it_is_drawn_as_a_line() {
    Position vatican = new Position(41.9034, 12.4533);
    for (int i = 0; i < Counts.of(300); i++) {
      Position close = worlds.around(vatican, 4.8);
      for (int depth : new int[] {0, 3, 8, 14, 20, 30}) {
        assertThat(near(Maps.DEFAULT, close, depth)).contains("IT", "VA");
      }
    }
    assertThat(near(Maps.DEFAULT, new Position(41.9, 12.8), 16)).containsExactly("IT");
    assertThat(S2Borders.INSTANCE.at(vatican, Maps.GROUPED)).containsExactly("IT");
  }

  @Test
  void the_antimeridian_is_no_border() {
    assertThat(near(Maps.DEFAULT, new Position(67, 180), 13)).containsExactly("RU");
    assertThat(near(Maps.DEFAULT, new Position(67, -180), 13)).containsExactly("RU");
    assertThat(near(Maps.DEFAULT, new Position(67, 179.9999), 18)).containsExactly("RU");
    assertThat(near(Maps.DEFAULT, new Position(67, -179.9999), 18)).containsExactly("RU");
    // Taveuni in Fiji has it run through.
    assertThat(near(Maps.DEFAULT, new Position(-16.8, 179.9999), 18)).containsExactly("FJ");
    assertThat(near(Maps.DEFAULT, new Position(-16.8, -179.9999), 18)).containsExactly("FJ");
    assertThat(near(Maps.DEFAULT, new Position(-80, 180), 13))
        .isEqualTo(near(Maps.DEFAULT, new Position(-80, -180), 13));
  }

  @Test
  void grouping_merges_destinations_and_drops_the_borders_between_them() {
    Position luohuBridge = new Position(22.5315, 114.1136);
    assertThat(near(Maps.DEFAULT, luohuBridge, 18)).containsExactly("CN+HK+MO");
    Atlas ungrouped = Atlas.of(Maps.EARTH.map(), Maps.UNGROUPED, Atlas.DEFAULT_MARGIN);
    assertThat(near(ungrouped, luohuBridge, 18)).containsExactly("CN", "HK");

    Map<String, List<String>> benelux = Map.of("benelux", List.of("BE", "NL", "LU"));
    Destinations merged = Destinations.of(Maps.EARTH.map(), benelux);
    Atlas atlas = Atlas.of(Maps.EARTH.map(), merged, Distance.ofKilometres(2));
    Position baarle = new Position(51.44, 4.93);
    assertThat(near(atlas, baarle, 16)).containsExactly("benelux");
    assertThat(atlas.at(baarle)).containsExactly("benelux");
  }

  @Test
  void threads_of_a_search_get_equal_nodes() {
    for (int i = 0; i < 100; i++) {
      Position place = place(i);
      int depth = worlds.random.nextInt(20);
      Node one = descend(Maps.DEFAULT, place, depth);
      Node two = descend(Maps.DEFAULT, place, depth);
      assertThat(one.node.near()).isEqualTo(two.node.near());
      assertThat(one.node.atCentre()).isEqualTo(two.node.atCentre());
    }
  }

  private record Node(Cell cell, BorderNode node) {}

  private static Node descend(Atlas atlas, Position place, int depth) {
    double[] normal = Cells.normal(place);
    Cell cell = new Cell();
    cell.setFace(Cells.faceOf(normal));
    BorderNode node = atlas.root(cell.face);
    for (int d = 0; d < depth; d++) {
      int quarter = Cells.quarter(cell, normal);
      Cell child = new Cell();
      child.setChild(cell, quarter);
      cell = child;
      node = node.child(quarter);
    }
    return new Node(cell, node);
  }

  private static Set<String> near(Atlas atlas, Position place, int depth) {
    return names(descend(atlas, place, depth).node.near(), atlas.destinations());
  }

  private Position place(int i) {
    return switch (i % 6) {
      case 0 -> worlds.anywhere();
      case 1 -> worlds.awkward();
      case 2 -> worlds.nearBorder(200);
      case 3 -> worlds.nearBorder(0.05);
      case 4 ->
          new Position(worlds.random.nextDouble(-90, -60), worlds.random.nextDouble(-180, 180));
      default -> worlds.nearBorder(8);
    };
  }

  /** To the nearest border, taking each edge for the straight line below it. */
  private static double distanceToBorder(Position place) {
    double[] n = Cells.normal(place);
    double best = 4;
    for (BorderMap.Arc arc : Maps.EARTH.map().arcs()) {
      for (int i = 1; i < arc.latitudes().length; i++) {
        if (Math.abs(arc.latitudes()[i] - place.latitude()) < 3) {
          double[] a = Cells.normal(new Position(arc.latitudes()[i - 1], arc.longitudes()[i - 1]));
          double[] b = Cells.normal(new Position(arc.latitudes()[i], arc.longitudes()[i]));
          best = Math.min(best, squaredDistance(n, a, b));
        }
      }
    }
    return Math.sqrt(best) * Ellipsoid.LEAST_RADIUS;
  }

  private static double squaredDistance(double[] p, double[] a, double[] b) {
    double along = 0;
    double length = 0;
    for (int k = 0; k < 3; k++) {
      along += (p[k] - a[k]) * (b[k] - a[k]);
      length += (b[k] - a[k]) * (b[k] - a[k]);
    }
    double t = length == 0 ? 0 : Math.clamp(along / length, 0, 1);
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      double d = p[k] - a[k] - t * (b[k] - a[k]);
      sum += d * d;
    }
    return sum;
  }

  private static Set<Integer> boxed(int[] destinations) {
    Set<Integer> set = new TreeSet<>();
    Arrays.stream(destinations).forEach(set::add);
    return set;
  }

  private static Set<String> names(int[] found, Destinations destinations) {
    Set<String> names = new TreeSet<>();
    for (int destination : found) {
      names.add(destinations.names().get(destination));
    }
    return names;
  }
}
