package dev.holdfast.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.sim.Story.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoryTest {
  @Test
  void every_carried_story_can_be_read_and_is_called_as_its_family() {
    for (String name : Story.CARRIED) {
      Story story = Story.carried(name);
      assertThat(story.about()).isNotBlank();
      assertThat(story.acts()).isNotEmpty();
      assertThat(story.family()).isEqualTo(name);
    }
  }

  @Test
  void acts_come_in_the_order_of_their_days() {
    Story story =
        Story.read(
            """
            family: mine
            about: two acts
            acts:
            - {day: 9, act: border}
            - {day: 2, act: remove, site: 1, hosts: one-a-day, count: 3, keys: stay}
            """
                .getBytes(UTF_8),
            "mine.yaml");
    assertThat(story.acts()).extracting(Story.Act::verb).containsExactly(Verb.REMOVE, Verb.BORDER);
    assertThat(story.acts().getFirst().keysStay()).isTrue();
    assertThat(story.acts().getFirst().count()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "family: x",
        "family: x\nabout: y\nacts: [{act: remove}]",
        "family: x\nabout: y\nacts: [{day: 1, act: steal}]",
        "family: x\nabout: y\nacts: [{day: -1, act: remove}]",
        "family: x\nabout: y\nacts: [{day: 1, act: install}]",
        "family: x\nabout: y\nacts: [{day: 1, act: bench, hours: 4}]",
        "family: x\nabout: y\nacts: [{day: 1, act: buy, site: 1}]",
        "family: x\nabout: y\nacts: [{day: 1, act: reroute, milliseconds: 5000}]",
        "family: x\nabout: y\nacts: [{day: 1, act: remove, whom: me}]",
        "family: x\nabout: y\nacts: [{day: NaN, act: remove}]",
        "family: x\nabout: y\nacts: [{day: 1, act: remove, hosts: sometimes}]",
        "family: x\nabout: y\nacts: [{day: 1, act: remove, record: selling}]",
        "family: x\nabout: y\nacts: [{day: 1, act: declare}]",
        "family: x\nabout: y\nacts: [{day: 1, act: declare, kilowatts: -1}]",
        "family: x\nabout: y\nacts: []\nmore: z",
        "- a\n- b"
      })
  void a_story_that_says_what_is_not_understood_is_refused_by_its_code(String text) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> Story.read(text.getBytes(UTF_8), "bad.yaml"))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_STORY));
  }
}
