package dev.holdfast.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.detect.WatchTerms;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SuiteTest {
  private static final NaturalEarth EARTH = NaturalEarth.load();
  private static final Atlas ATLAS =
      Atlas.of(
          EARTH.map(),
          Destinations.of(EARTH.map(), Destinations.DEFAULT_GROUPS),
          Atlas.DEFAULT_MARGIN);

  private final Suite suite = new Suite(ATLAS, WatchTerms.USUAL);

  private static List<Object> told(long seed, String story) {
    List<Object> told = new ArrayList<>();
    new Stage(StageSettings.usual(seed).sized(2, 30), Story.carried(story))
        .play(
            new Stage.Audience() {
              @Override
              public void hear(Evidence evidence) {
                told.add(evidence);
              }

              @Override
              public void tick(Instant at) {
                told.add(at);
              }
            });
    return told;
  }

  @Test
  void one_seed_tells_the_same_story_in_the_same_words_and_another_does_not() {
    assertThat(told(1, "whole-site"))
        .isEqualTo(told(1, "whole-site"))
        .isNotEqualTo(told(2, "whole-site"));
  }

  @Test
  void everything_that_is_told_says_that_it_is_simulated() {
    for (Object each : told(1, "board-by-board")) {
      if (each instanceof Evidence.OfCustody custody) {
        assertThat(custody.simulated()).isTrue();
      } else if (each instanceof Evidence.Bounded bounded) {
        assertThat(bounded.simulated()).isTrue();
      } else if (each instanceof Evidence.Attested attested) {
        assertThat(attested.simulated()).isTrue();
      }
    }
  }

  @Test
  void a_hall_that_is_dismantled_is_a_case_before_its_parts_cross_the_border() {
    Suite.Play play = suite.play(Story.carried("whole-site"), StageSettings.usual(1).sized(6, 30));
    assertThat(play.hours()).isNotNull().isBetween(20.0, 60.0);
    assertThat(play.beforeBorder()).isTrue();
  }

  @Test
  void the_same_play_gives_the_same_cases() {
    StageSettings settings = StageSettings.usual(3).sized(3, 40);
    Story story = Story.carried("colluding-landmark");
    assertThat(suite.play(story, settings)).isEqualTo(suite.play(story, settings));
  }

  @Test
  void those_who_know_less_see_the_same_play_and_find_what_they_can() {
    Map<Method, Suite.Play> plays =
        suite.play(
            Story.carried("key-left"),
            StageSettings.usual(1).sized(4, 30),
            EnumSet.allOf(Method.class));
    assertThat(plays.keySet()).containsExactly(Method.values());
    assertThat(plays.get(Method.WATCH)).satisfies(each -> assertThat(each.hours()).isNotNull());
    // Hosts go on telling of chips that are not there, from where they always were.
    assertThat(plays.get(Method.HEARTBEAT_ONLY))
        .satisfies(each -> assertThat(each.hours()).isNull());
    assertThat(plays.get(Method.LABELS_ONLY)).satisfies(each -> assertThat(each.hours()).isNull());
    assertThat(plays.get(Method.LOCATION_ONLY))
        .satisfies(each -> assertThat(each.hours()).isNull());
  }

  @Test
  void a_label_at_another_host_and_a_host_elsewhere_are_found_by_those_who_look_for_that() {
    StageSettings settings = StageSettings.usual(1).sized(4, 30);
    assertThat(
            suite
                .play(Story.carried("cloned"), settings, EnumSet.of(Method.LABELS_ONLY))
                .get(Method.LABELS_ONLY))
        .satisfies(each -> assertThat(each.hours()).isBetween(140.0, 180.0));
    assertThat(
            suite
                .play(Story.carried("board-moved"), settings, EnumSet.of(Method.LOCATION_ONLY))
                .get(Method.LOCATION_ONLY))
        .satisfies(each -> assertThat(each.hours()).isBetween(140.0, 150.0))
        .satisfies(each -> assertThat(each.beforeBorder()).isFalse());
  }

  @Test
  void chips_that_sign_through_a_tunnel_on_other_boards_are_found_by_the_switches_that_they_name() {
    Story story = Story.carried("relayed");
    StageSettings named = StageSettings.usual(1).sized(8, 30);
    StageSettings unnamed = new StageSettings(1, 2, 8, 30, false, Set.of(), 1);
    // Of one of the eight boards a repair was written down shortly before, which makes it light.
    assertThat(lost(suite.play(story, named))).hasSize(7);
    assertThat(lost(suite.play(story, unnamed))).isEmpty();
  }

  private static List<Finding> lost(Suite.Play play) {
    return play.cases().stream()
        .flatMap(each -> each.findings().stream())
        .filter(each -> each.kind().equals("cohesion-lost"))
        .filter(each -> each.severity() == Severity.HIGH)
        .toList();
  }

  @Test
  void a_row_names_the_seeds_that_were_missed_and_counts_only_chips_that_are_tracked() {
    List<Suite.Row> rows =
        suite.rows(
            Story.carried("whole-site"),
            2,
            seed -> new StageSettings(seed, 2, 2, 25, true, Set.of(), 0),
            EnumSet.of(Method.WATCH),
            () -> {});
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().missed()).containsExactly(1L, 2L);
    assertThat(rows.getFirst().taken()).isEqualTo(2 * 2 * StageSettings.CHIPS);
    assertThat(rows.getFirst().named()).isZero();
    assertThat(rows.getFirst().chipYears()).isZero();
  }

  @Test
  void a_median_has_an_interval_by_ranks_once_there_are_enough_plays() {
    List<Double> hours = IntStream.rangeClosed(1, 20).mapToObj(each -> (double) each).toList();
    assertThat(row(hours).medianHours()).isEqualTo(10.5);
    assertThat(row(hours).medianInterval()).isEqualTo(new Interval(6, 15));
    assertThat(row(hours.subList(0, 6)).medianInterval()).isEqualTo(new Interval(1, 6));
    assertThat(row(hours.subList(0, 5)).medianInterval()).isNull();
    assertThat(row(List.of()).medianHours()).isNull();
    assertThat(row(List.of()).medianInterval()).isNull();
  }

  private static Suite.Row row(List<Double> hours) {
    return new Suite.Row(
        "mine", Method.WATCH, 20, List.of(), hours, 0, 1, 0, 0, new TreeMap<>(), 1);
  }
}
