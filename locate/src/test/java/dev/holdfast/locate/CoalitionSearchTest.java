package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Distance;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Verdict.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CoalitionSearchTest {
  private final Worlds worlds = new Worlds(9);

  @Test
  void a_coalition_is_as_small_as_trying_every_set_of_operators_says() {
    int decided = 0;
    for (int i = 0; i < Counts.of(120); i++) {
      Worlds.World world = worlds.honest(worlds.truth(), 3 + worlds.random.nextInt(6));
      int faults = worlds.random.nextInt(3);
      List<Bound> bounds = world.bounds();
      Judge judge = new Judge(Maps.DEFAULT, bounds, faults);
      for (Claim claim : claims(world)) {
        Value value = judge.value(claim);
        if (value != Value.UNPROVEN) {
          decided++;
          List<OperatorId> coalition = judge.coalition(claim, value);
          String story = claim + " " + value + " with " + faults + " of " + world;
          assertThat(coalition).as(story).hasSizeGreaterThan(faults).isSorted();
          assertThat(coalition).doesNotHaveDuplicates();
          assertThat(coalition)
              .as(story)
              .hasSizeBetween(
                  fewest(bounds, claim, value, true), fewest(bounds, claim, value, false));
          if (coalition.size() < world.operators().size()) {
            assertThat(gainsaid(without(bounds, new HashSet<>(coalition)), claim, value, true))
                .as(story)
                .isTrue();
          }
        }
      }
    }
    assertThat(decided).isGreaterThan(Counts.of(50));
  }

  @Test
  void landmarks_of_one_operator_count_once() {
    List<Bound> apart =
        List.of(
            Worlds.bound("a", "a", new Position(48.9, 2.3), 100),
            Worlds.bound("b", "b", new Position(48.8, 2.4), 100),
            Worlds.bound("c", "c", new Position(48.7, 2.2), 100));
    Claim claim = new Claim.Inside("FR");
    assertThat(new Judge(Maps.DEFAULT, apart, 0).coalition(claim, Value.PROVED)).hasSize(3);
    List<Bound> together =
        List.of(
            Worlds.bound("a", "one", new Position(48.9, 2.3), 100),
            Worlds.bound("b", "one", new Position(48.8, 2.4), 100),
            Worlds.bound("c", "two", new Position(48.7, 2.2), 100));
    assertThat(new Judge(Maps.DEFAULT, together, 0).coalition(claim, Value.PROVED))
        .containsExactly(new OperatorId("one"), new OperatorId("two"));
  }

  @Test
  void a_far_landmark_that_does_not_stand_in_the_way_is_in_no_coalition() {
    List<Bound> bounds =
        List.of(Worlds.bound("near", 48.9, 2.3, 100), Worlds.bound("far", 40.7, -74, 15_000));
    assertThat(new Judge(Maps.DEFAULT, bounds, 0).coalition(new Claim.Inside("FR"), Value.PROVED))
        .containsExactly(new OperatorId("near"));
  }

  @Test
  void a_refutal_counts_those_that_keep_the_target_away() {
    List<Bound> bounds =
        List.of(
            Worlds.bound("tokyo", 35.7, 139.7, 600),
            Worlds.bound("osaka", 34.7, 135.5, 700),
            Worlds.bound("paris", 48.9, 2.3, 12_000));
    assertThat(new Judge(Maps.DEFAULT, bounds, 0).coalition(new Claim.Inside("MY"), Value.REFUTED))
        .containsExactly(new OperatorId("osaka"), new OperatorId("tokyo"));
  }

  @Test
  void what_nobody_could_falsify_names_all_operators() {
    List<Bound> bounds = List.of(Worlds.bound("a", 0, 0, 100), Worlds.bound("b", 1, 1, 200));
    Claim everywhere = new Claim.Within(new Position(0, 0), Distance.ofKilometres(21_000));
    assertThat(new Judge(Maps.DEFAULT, bounds, 1).coalition(everywhere, Value.PROVED))
        .containsExactly(new OperatorId("a"), new OperatorId("b"));
  }

  @Test
  void a_coalition_does_not_depend_on_the_order_of_the_bounds() {
    for (int i = 0; i < Counts.of(40); i++) {
      Worlds.World world = worlds.honest(worlds.truth(), 5);
      List<Bound> bounds = world.bounds();
      Judge forwards = new Judge(Maps.DEFAULT, bounds, 0);
      Judge backwards = new Judge(Maps.DEFAULT, bounds.reversed(), 0);
      for (Claim claim : claims(world)) {
        Value value = forwards.value(claim);
        assertThat(backwards.value(claim)).isEqualTo(value);
        if (value != Value.UNPROVEN) {
          assertThat(backwards.coalition(claim, value)).isEqualTo(forwards.coalition(claim, value));
        }
      }
    }
  }

  @Test
  void of_many_operators_a_coalition_still_could_do_it_and_has_more_than_the_tolerated() {
    int decided = 0;
    for (int i = 0; i < Counts.of(60); i++) {
      Worlds.World world = worlds.honest(worlds.truth(), 10 + worlds.random.nextInt(50));
      int faults = i % 6;
      List<Bound> bounds = world.bounds();
      Judge judge = new Judge(Maps.DEFAULT, bounds, faults);
      for (Claim claim : claims(world)) {
        Value value = judge.value(claim);
        if (value != Value.UNPROVEN) {
          decided++;
          List<OperatorId> coalition = judge.coalition(claim, value);
          assertThat(coalition)
              .as("%s %s with %d, %s", claim, value, faults, world)
              .hasSizeGreaterThan(faults);
          if (coalition.size() < world.operators().size()) {
            assertThat(gainsaid(without(bounds, new HashSet<>(coalition)), claim, value, true))
                .as("%s %s with %d, %s, %s", claim, value, faults, coalition, world)
                .isTrue();
          }
        }
      }
    }
    assertThat(decided).isPositive();
  }

  @Test
  void a_bound_hardly_smaller_than_the_claimed_circle_is_not_proved_by_nobody() {
    Position place = new Position(40, 10);
    double[][] radiiAndGaps = {{500, 1}, {500, 0.09}, {2_000, 0.5}, {6_000, 0.7}};
    for (double[] each : radiiAndGaps) {
      List<Bound> bounds = List.of(Worlds.bound("a", "a", place, each[0] - each[1]));
      hasTheFewestOf(1, bounds, 0, new Claim.Within(place, Distance.ofKilometres(each[0])));
    }
    for (double gap : new double[] {10, 0.5, 0.05}) {
      List<Bound> two =
          List.of(Worlds.bound("a", "a", place, 2_940), Worlds.bound("b", "b", place, 3_000 - gap));
      Claim claim = new Claim.Within(place, Distance.ofKilometres(3_000));
      hasTheFewestOf(2, two, 0, claim);
      hasTheFewestOf(2, two, 1, claim);
    }
  }

  private static void hasTheFewestOf(int size, List<Bound> bounds, int faults, Claim claim) {
    Judge judge = new Judge(Maps.DEFAULT, bounds, faults);
    Value value = judge.value(claim);
    assertThat(value).isNotEqualTo(Value.REFUTED);
    if (value == Value.PROVED) {
      assertThat(judge.coalition(claim, value)).as("%s of %s", claim, bounds).hasSize(size);
    }
  }

  /**
   * By trying: the size of the smallest set without whose bounds the verdict no longer follows.
   *
   * @param doubt whether to count what a search that ran out of its budget leaves open
   */
  private static int fewest(List<Bound> bounds, Claim claim, Value value, boolean doubt) {
    List<OperatorId> operators = new Discs(bounds).operators;
    int fewest = operators.size();
    for (int set = 0; set < 1 << operators.size(); set++) {
      if (Integer.bitCount(set) < fewest) {
        Set<OperatorId> dropped = new HashSet<>();
        for (int i = 0; i < operators.size(); i++) {
          if ((set >> i & 1) == 1) {
            dropped.add(operators.get(i));
          }
        }
        if (gainsaid(without(bounds, dropped), claim, value, doubt)) {
          fewest = dropped.size();
        }
      }
    }
    return fewest;
  }

  private static List<Bound> without(List<Bound> bounds, Set<OperatorId> dropped) {
    return bounds.stream().filter(b -> !dropped.contains(b.landmark().operator())).toList();
  }

  /** Whether these bounds leave a point that speaks against the verdict. */
  private static boolean gainsaid(List<Bound> bounds, Claim claim, Value value, boolean doubt) {
    TwoSided found = new Judge(Maps.DEFAULT, bounds, 0).judge(claim);
    boolean against = value == Value.PROVED ? found.maybeFails() : found.maybeHolds();
    return against || (doubt && !found.complete());
  }

  private List<Claim> claims(Worlds.World world) {
    List<Claim> claims = new ArrayList<>();
    Position place = worlds.around(world.truth(), 500);
    double distance = Ellipsoid.geodesic(place, world.truth());
    claims.add(
        new Claim.Within(place, Distance.ofKilometres(distance + worlds.logarithmic(50, 5_000))));
    Position other = worlds.away(world.truth(), worlds.logarithmic(200, 10_000));
    claims.add(
        new Claim.Within(
            other,
            Distance.ofKilometres(
                Ellipsoid.geodesic(other, world.truth()) * worlds.random.nextDouble(0.9))));
    for (String country : S2Borders.INSTANCE.at(world.truth(), Maps.UNGROUPED)) {
      claims.add(new Claim.Inside(country));
    }
    claims.add(new Claim.Outside("CN+HK+MO"));
    return claims;
  }
}
