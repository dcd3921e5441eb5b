package dev.holdfast.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.detect.WatchTerms;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.model.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
}
