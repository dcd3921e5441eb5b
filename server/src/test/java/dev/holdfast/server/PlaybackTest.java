package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.base.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A story that is played to a server, as its administrator reads and holds it. */
final class PlaybackTest {
  private static final String PATH = "/api/v1/playback";

  @TempDir private Path folder = Path.of("");

  @Test
  void a_server_without_a_story_has_no_playback_and_does_not_speak_of_one() {
    try (Desk desk = Desk.in(folder)) {
      desk.get(PATH).requireProblem(404, ErrorCode.NOT_THERE);
      assertThat(desk.get("/api/v1/summary").json().has("playback")).isFalse();
      assertThat(desk.server.routes()).noneMatch(each -> each.contains("playback"));
    }
  }

  @Test
  void where_a_story_stands_is_told_with_its_lines_in_the_language_that_was_asked_for() {
    try (Desk desk = Desk.with(Desk.settings(folder).withPlayback(new HeldPlayback()))) {
      JsonNode stand = desk.get(PATH, "Accept-Language", "en").json();
      assertThat(stand.get("now").asString()).isEqualTo("2026-01-01T06:00:00Z");
      assertThat(stand.get("played").asDouble()).isEqualTo(0.25);
      assertThat(stand.get("state").asString()).isEqualTo("playing");
      assertThat(stand.get("simulated").asBoolean()).isTrue();
      JsonNode first = stand.get("items").get(0);
      assertThat(first.get("title").asString()).isEqualTo("Dismantling");
      assertThat(first.get("basis").asString()).isEqualTo("story");
      assertThat(first.get("sentence").asString())
          .isEqualTo("3 accelerators are taken out at Johor Bahru.");
      assertThat(first.get("links").get(0).get("kind").asString()).isEqualTo("site");
      assertThat(stand.get("items").get(1).get("sentence").asString())
          .endsWith("is silent together. It is put down, and accuses nobody.");
      assertThat(desk.get(PATH, "Accept-Language", "ja").text()).contains("解体", "取り外されます");
      assertThat(desk.get(PATH, "Accept-Language", "zh").text()).contains("拆卸", "被拆下");
    }
  }

  @Test
  void it_is_held_let_go_and_sped_up_and_each_answer_says_where_it_stands_then() {
    HeldPlayback story = new HeldPlayback();
    try (Desk desk = Desk.with(Desk.settings(folder).withPlayback(story))) {
      assertThat(desk.get("/api/v1/summary").json().get("playback").asBoolean()).isTrue();
      for (String action : List.of("resume", "step", "next")) {
        assertThat(desk.post(PATH, "{\"action\":\"" + action + "\"}").status()).isEqualTo(200);
      }
      assertThat(desk.post(PATH, "{\"action\":\"speed\",\"speed\":8}").json().get("speed").asInt())
          .isEqualTo(8);
      assertThat(desk.post(PATH, "{\"action\":\"pause\"}").json().get("state").asString())
          .isEqualTo("paused");
      assertThat(story.asked).containsExactly("resume", "step", "next", "speed 8", "pause");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"action\":\"rewind\"}",
        "{\"action\":1}",
        "{\"action\":\"speed\"}",
        "{\"action\":\"speed\",\"speed\":3}",
        "{\"action\":\"speed\",\"speed\":0}",
        "{\"action\":\"speed\",\"speed\":\"8\"}",
        "{\"action\":\"pause\",\"speed\":8}",
        "{\"action\":\"pause\",\"whom\":\"me\"}"
      })
  void what_is_no_way_to_hold_a_story_is_refused_and_holds_nothing(String body) {
    HeldPlayback story = new HeldPlayback();
    try (Desk desk = Desk.with(Desk.settings(folder).withPlayback(story))) {
      desk.post(PATH, body).requireProblem(400, ErrorCode.BAD_PARAMETER);
      assertThat(story.asked).isEmpty();
    }
  }

  @Test
  void what_was_played_is_a_share_of_the_whole_and_never_more() {
    Playback.Stand stand = new HeldPlayback().stand();
    assertThat(
            new Playback.Stand(
                    stand.until().plus(Duration.ofHours(1)),
                    stand.from(),
                    stand.until(),
                    Playback.State.FINISHED,
                    1,
                    List.of())
                .played())
        .isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Playback.Stand(
                stand.now(), stand.from(), stand.from(), Playback.State.PLAYING, 1, List.of()));
  }
}
