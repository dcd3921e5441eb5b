package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Position;
import dev.holdfast.model.Verdict.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a verdict must never do: say PROVED of what is false, or REFUTED of what is true. */
final class JudgeTest {
  private static final Atlas UNGROUPED =
      Atlas.of(Maps.EARTH.map(), Maps.UNGROUPED, Atlas.DEFAULT_MARGIN);

  private final Worlds worlds = new Worlds(6);
  private final Map<Value, Integer> seen = new EnumMap<>(Value.class);

  /** A claim and whether it is true. */
  private record Asked(Claim claim, boolean isTrue) {}

  @Test
  void in_an_honest_world_no_true_circle_is_refuted_and_no_false_one_proved() {
    for (int i = 0; i < Counts.of(1_000); i++) {
      soundWithin(worlds.honest(), 0);
    }
    everyValueWasSeen();
  }

  @Test
  void in_an_honest_world_no_true_destination_is_refuted_and_no_false_one_proved() {
    for (int i = 0; i < Counts.of(2_000); i++) {
      soundOnLand(worlds.honest(), 0, UNGROUPED);
    }
    everyValueWasSeen();
  }

  @Test
  void without_a_margin_no_true_destination_is_refuted_and_no_false_one_proved() {
    for (int i = 0; i < Counts.of(1_000); i++) {
      soundOnLand(worlds.honest(), 0, Maps.EXACT);
    }
    everyValueWasSeen();
  }

  @Test
  void a_destination_that_the_margin_leaves_possible_is_not_ruled_out() {
    for (int i = 0; i < Counts.of(600); i++) {
      Position onLand = worlds.nearBorder(worlds.random.nextBoolean() ? 0.5 : 10);
      Set<String> drawn = S2Borders.INSTANCE.at(onLand, Maps.UNGROUPED);
      Position truth = worlds.away(onLand, 5 * (1 - 1e-12));
      Worlds.World world = worlds.honest(truth, 1 + worlds.random.nextInt(6));
      Judge judge = new Judge(UNGROUPED, world.bounds(), 0);
      for (String possible : drawn) {
        assertThat(judge.value(new Claim.Inside(possible)))
            .as("%s within 5 km of %s", truth, possible)
            .isNotEqualTo(Value.REFUTED);
        assertThat(judge.value(new Claim.Outside(possible)))
            .as("%s within 5 km of %s", truth, possible)
            .isNotEqualTo(Value.PROVED);
        for (String other : others(truth, possible)) {
          assertThat(judge.value(new Claim.Inside(other)))
              .as("%s within 5 km of %s", truth, possible)
              .isNotEqualTo(Value.PROVED);
        }
      }
    }
  }

  @Test
  void in_vatican_city_italy_is_never_proved() {
    Position truth = new Position(41.9029, 12.4534);
    for (int i = 0; i < Counts.of(100); i++) {
      Worlds.World world = worlds.honest(truth, 1 + worlds.random.nextInt(6));
      Judge judge = new Judge(Maps.DEFAULT, world.bounds(), 0);
      assertThat(judge.value(new Claim.Inside("IT"))).isEqualTo(Value.UNPROVEN);
      assertThat(judge.value(new Claim.Inside("VA"))).isNotEqualTo(Value.REFUTED);
    }
  }

  @Test
  void a_lying_operator_that_is_tolerated_makes_no_verdict_wrong() {
    liarsMakeNoVerdictWrong(1);
  }

  @Test
  void two_lying_operators_that_are_tolerated_make_no_verdict_wrong() {
    liarsMakeNoVerdictWrong(2);
  }

  private void liarsMakeNoVerdictWrong(int faults) {
    for (int i = 0; i < Counts.of(600); i++) {
      Worlds.World honest =
          worlds.honest(worlds.truth(), faults + 1 + worlds.random.nextInt(i % 4 == 0 ? 15 : 5));
      Worlds.World world = worlds.corrupted(honest, faults);
      soundWithin(world, faults);
      soundOnLand(world, faults, UNGROUPED);
    }
    everyValueWasSeen();
  }

  @Test
  void a_lying_operator_that_is_not_tolerated_may_make_a_verdict_wrong() {
    int wrong = 0;
    for (int i = 0; i < 150; i++) {
      Worlds.World world = worlds.corrupted(worlds.honest(worlds.truth(), 4), 1);
      Judge judge = new Judge(UNGROUPED, world.bounds(), 0);
      for (Asked asked : circles(world)) {
        wrong += isWrong(asked, judge.value(asked.claim)) ? 1 : 0;
      }
    }
    // Else the tests above would show nothing.
    assertThat(wrong).isGreaterThan(10);
  }

  @Test
  void more_delay_never_decides_what_was_open() {
    int open = 0;
    for (int i = 0; i < Counts.of(400); i++) {
      Worlds.World world = worlds.honest();
      Worlds.World later = worlds.delayed(world);
      Judge before = new Judge(UNGROUPED, world.bounds(), 0);
      Judge after = new Judge(UNGROUPED, later.bounds(), 0);
      for (Asked asked : questions(world)) {
        TwoSided found = before.judge(asked.claim);
        if (found.value() == Value.UNPROVEN && !withoutPoint(found)) {
          open++;
          assertThat(after.value(asked.claim))
              .as("%s of %s, then %s", asked.claim, world.rows(), later.rows())
              .isEqualTo(Value.UNPROVEN);
        }
      }
    }
    assertThat(open).isGreaterThan(Counts.of(200));
  }

  /**
   * No point of land or of the region at all was found: there is no claim about it to keep open.
   */
  private static boolean withoutPoint(TwoSided found) {
    return !found.surelyHolds() && !found.surelyFails();
  }

  @Test
  void more_delay_never_turns_one_decided_verdict_into_the_other() {
    for (int i = 0; i < Counts.of(400); i++) {
      Worlds.World world = worlds.corrupted(worlds.honest(worlds.truth(), 4), i % 3);
      Worlds.World later = worlds.delayed(world);
      Judge before = new Judge(UNGROUPED, world.bounds(), 0);
      Judge after = new Judge(UNGROUPED, later.bounds(), 0);
      for (Asked asked : questions(world)) {
        Value first = before.value(asked.claim);
        if (first != Value.UNPROVEN) {
          assertThat(after.value(asked.claim)).isIn(first, Value.UNPROVEN);
        }
      }
    }
  }

  @Test
  void tolerating_more_faults_never_decides_what_was_open() {
    for (int i = 0; i < Counts.of(300); i++) {
      Worlds.World world = worlds.honest(worlds.truth(), 2 + worlds.random.nextInt(6));
      for (Asked asked : questions(world)) {
        TwoSided found = new Judge(UNGROUPED, world.bounds(), 0).judge(asked.claim);
        if (found.value() == Value.UNPROVEN && !withoutPoint(found)) {
          assertThat(new Judge(UNGROUPED, world.bounds(), 1).value(asked.claim))
              .isEqualTo(Value.UNPROVEN);
        }
      }
    }
  }

  @Test
  void a_circle_that_holds_a_proved_one_is_proved_and_one_within_a_refuted_one_is_refuted() {
    int decided = 0;
    for (int i = 0; i < Counts.of(500); i++) {
      Worlds.World world = worlds.honest();
      Judge judge = new Judge(UNGROUPED, world.bounds(), 0);
      for (Asked asked : circles(world)) {
        Claim.Within claim = (Claim.Within) asked.claim;
        double radius = claim.radius().kilometres();
        double share = worlds.random.nextBoolean() ? 1e-9 : worlds.random.nextDouble();
        Value value = judge.value(claim);
        decided += value == Value.UNPROVEN ? 0 : 1;
        if (value == Value.PROVED) {
          assertThat(judge.value(circle(claim.place(), radius * (1 + share))))
              .as("%s of %s", claim, world.rows())
              .isEqualTo(Value.PROVED);
        } else if (value == Value.REFUTED) {
          assertThat(judge.value(circle(claim.place(), radius * (1 - share))))
              .as("%s of %s", claim, world.rows())
              .isEqualTo(Value.REFUTED);
        }
      }
    }
    assertThat(decided).isGreaterThan(Counts.of(200));
  }

  @Test
  void outside_is_the_opposite_of_inside() {
    for (int i = 0; i < Counts.of(150); i++) {
      Worlds.World world = worlds.honest();
      Judge judge = new Judge(UNGROUPED, world.bounds(), 0);
      for (String country : others(world.truth(), "")) {
        Value inside = judge.value(new Claim.Inside(country));
        Value outside = judge.value(new Claim.Outside(country));
        assertThat(outside)
            .isEqualTo(
                switch (inside) {
                  case PROVED -> Value.REFUTED;
                  case REFUTED -> Value.PROVED;
                  case UNPROVEN -> Value.UNPROVEN;
                });
      }
    }
  }

  @Test
  void the_list_of_destinations_holds_the_true_one_and_every_undecided_one() {
    for (int i = 0; i < Counts.of(60); i++) {
      Worlds.World world = worlds.honest();
      Judge judge = new Judge(UNGROUPED, world.bounds(), 0);
      List<String> destinations = judge.destinations();
      assertThat(destinations).isSorted();
      assertThat(destinations).containsAll(S2Borders.INSTANCE.at(world.truth(), Maps.UNGROUPED));
      for (String country : others(world.truth(), "")) {
        if (!destinations.contains(country)) {
          assertThat(judge.value(new Claim.Inside(country))).isNotEqualTo(Value.PROVED);
        }
      }
    }
  }

  @Test
  void a_group_is_judged_as_one_destination_by_any_of_its_names() {
    // A data hall in Shenzhen, 100 km around: Hong Kong and Macao are within.
    List<Bound> bounds = List.of(Worlds.bound("shenzhen", 22.6, 114.0, 100));
    Judge judge = new Judge(Maps.DEFAULT, bounds, 0);
    assertThat(judge.value(new Claim.Inside("CN+HK+MO"))).isEqualTo(Value.PROVED);
    assertThat(judge.value(new Claim.Inside("HK"))).isEqualTo(Value.PROVED);
    assertThat(judge.value(new Claim.Outside("CN"))).isEqualTo(Value.REFUTED);
    assertThat(judge.value(new Claim.Inside("TW"))).isEqualTo(Value.REFUTED);
    assertThat(new Judge(UNGROUPED, bounds, 0).value(new Claim.Inside("HK")))
        .isEqualTo(Value.UNPROVEN);
  }

  @Test
  void without_any_bound_nothing_but_a_circle_round_the_earth_is_decided() {
    Judge judge = new Judge(Maps.DEFAULT, List.of(), 0);
    assertThat(judge.value(new Claim.Inside("FR"))).isEqualTo(Value.UNPROVEN);
    assertThat(judge.value(circle(new Position(0, 0), 10_000))).isEqualTo(Value.UNPROVEN);
    assertThat(judge.value(circle(new Position(0, 0), 20_100))).isEqualTo(Value.PROVED);
    assertThat(judge.value(circle(new Position(90, 0), 0))).isEqualTo(Value.UNPROVEN);
  }

  @Test
  void tolerating_every_operator_decides_nothing() {
    List<Bound> bounds = List.of(Worlds.bound("a", 48, 2, 10), Worlds.bound("b", 48, 2.1, 10));
    assertThat(new Judge(Maps.DEFAULT, bounds, 1).value(new Claim.Inside("FR")))
        .isEqualTo(Value.PROVED);
    assertThat(new Judge(Maps.DEFAULT, bounds, 2).value(new Claim.Inside("FR")))
        .isEqualTo(Value.UNPROVEN);
  }

  @Test
  void an_empty_region_decides_nothing() {
    List<Bound> bounds =
        List.of(Worlds.bound("paris", 48.9, 2.3, 10), Worlds.bound("lyon", 45.8, 4.8, 10));
    Judge judge = new Judge(Maps.DEFAULT, bounds, 0);
    assertThat(judge.value(new Claim.Inside("FR"))).isEqualTo(Value.UNPROVEN);
    assertThat(judge.value(new Claim.Outside("FR"))).isEqualTo(Value.UNPROVEN);
    assertThat(judge.value(circle(new Position(48.9, 2.3), 10_000))).isEqualTo(Value.UNPROVEN);
    assertThat(judge.value(circle(new Position(-48.9, 2.3), 1))).isEqualTo(Value.UNPROVEN);
  }

  @Test
  void open_sea_decides_nothing_about_land() {
    Judge judge = new Judge(Maps.DEFAULT, List.of(Worlds.bound("buoy", 30, -40, 300)), 0);
    assertThat(judge.value(new Claim.Inside("US"))).isEqualTo(Value.UNPROVEN);
    assertThat(judge.value(new Claim.Outside("US"))).isEqualTo(Value.UNPROVEN);
  }

  @Test
  void bounds_across_the_pole_and_the_antimeridian_decide() {
    Judge pole = new Judge(Maps.DEFAULT, List.of(Worlds.bound("pole", -90, 0, 500)), 0);
    assertThat(pole.value(new Claim.Inside("AQ"))).isEqualTo(Value.PROVED);
    Judge chukotka = new Judge(Maps.DEFAULT, List.of(Worlds.bound("ru", 67.5, 180, 150)), 0);
    assertThat(chukotka.value(new Claim.Inside("RU"))).isEqualTo(Value.PROVED);
    Judge fiji = new Judge(Maps.DEFAULT, List.of(Worlds.bound("fj", -16.8, -179.99, 100)), 0);
    assertThat(fiji.value(new Claim.Inside("FJ"))).isEqualTo(Value.PROVED);
    // All but a cap of 1,000 km around Tahiti: beyond a hemisphere.
    Judge beyond = new Judge(Maps.DEFAULT, List.of(Worlds.bound("sudan", 17.6, 30.6, 18_900)), 0);
    assertThat(beyond.value(new Claim.Outside("NE-ASHMORE"))).isEqualTo(Value.UNPROVEN);
    assertThat(beyond.value(circle(new Position(-17.6, -149.4), 900))).isEqualTo(Value.REFUTED);
  }

  @Test
  void an_unknown_destination_is_refused_by_name() {
    Judge judge = new Judge(Maps.DEFAULT, List.of(), 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> judge.value(new Claim.Inside("ZZ")))
        .withMessageContaining("ZZ");
  }

  private void soundWithin(Worlds.World world, int faults) {
    Judge judge = new Judge(Maps.EXACT, world.bounds(), faults);
    for (Asked asked : circles(world)) {
      sound(asked, judge.value(asked.claim), world);
    }
  }

  private void soundOnLand(Worlds.World world, int faults, Atlas atlas) {
    Judge judge = new Judge(atlas, world.bounds(), faults);
    for (Asked asked : countries(world)) {
      sound(asked, judge.value(asked.claim), world);
    }
  }

  private void sound(Asked asked, Value value, Worlds.World world) {
    seen.merge(value, 1, Integer::sum);
    assertThat(isWrong(asked, value))
        .as("%s is %s, said %s; %s", asked.claim, asked.isTrue, value, world)
        .isFalse();
  }

  private static boolean isWrong(Asked asked, Value value) {
    return value == (asked.isTrue ? Value.REFUTED : Value.PROVED);
  }

  private void everyValueWasSeen() {
    assertThat(seen).containsOnlyKeys(Value.values());
    assertThat(seen.values()).allMatch(count -> count > 100);
  }

  private List<Asked> questions(Worlds.World world) {
    List<Asked> questions = new ArrayList<>(circles(world));
    questions.addAll(countries(world));
    return questions;
  }

  /** Circles about which the truth is a close thing, as well as plain ones. */
  private List<Asked> circles(Worlds.World world) {
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Position place =
          switch (worlds.random.nextInt(4)) {
            case 0 -> world.truth();
            case 1 -> world.landmarks().values().iterator().next().position();
            case 2 -> worlds.truth();
            default -> worlds.away(world.truth(), worlds.logarithmic(0.01, 15_000));
          };
      double distance = Ellipsoid.geodesic(place, world.truth());
      double radius =
          switch (worlds.random.nextInt(4)) {
            case 0 -> distance * (1 + worlds.logarithmic(1e-9, 0.1));
            case 1 -> distance * (1 - worlds.logarithmic(1e-9, 0.1));
            case 2 -> worlds.logarithmic(0.001, 20_000);
            default -> distance + worlds.random.nextDouble(-1, 1) * worlds.logarithmic(1, 3_000);
          };
      double limit = Math.max(0, radius);
      if (Math.abs(distance - limit) > 1e-9) {
        asked.add(new Asked(circle(place, limit), distance <= limit));
      }
    }
    return asked;
  }

  /** Inside and outside, for the true destinations and others, if the target is on land. */
  private List<Asked> countries(Worlds.World world) {
    List<Asked> asked = new ArrayList<>();
    Set<String> there = S2Borders.INSTANCE.at(world.truth(), Maps.UNGROUPED);
    if (!there.isEmpty()) {
      for (String country : others(world.truth(), "")) {
        asked.add(new Asked(new Claim.Inside(country), there.contains(country)));
        asked.add(new Asked(new Claim.Outside(country), !there.contains(country)));
      }
    }
    return asked;
  }

  /** Some destinations near a place, and one anywhere, but one. */
  private Set<String> others(Position truth, String but) {
    Set<String> some = new TreeSet<>(S2Borders.INSTANCE.at(truth, Maps.UNGROUPED));
    some.addAll(
        S2Borders.INSTANCE.at(worlds.around(truth, worlds.logarithmic(1, 1_000)), Maps.UNGROUPED));
    some.add(Maps.UNGROUPED.names().get(worlds.random.nextInt(Maps.UNGROUPED.names().size())));
    some.remove(but);
    return some;
  }

  private static Claim.Within circle(Position place, double kilometres) {
    return new Claim.Within(place, Distance.ofKilometres(kilometres));
  }
}
