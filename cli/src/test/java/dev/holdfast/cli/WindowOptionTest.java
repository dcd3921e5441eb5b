package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class WindowOptionTest {
  @TempDir private Path folder = Path.of("");

  private JsonNode report(String... options) {
    return new Desk(folder)
        .timedDelays(
            "tokyo,t,1,2026-01-31T08:00:00Z",
            "osaka,t,6,2026-01-31T07:50:00Z",
            "osaka,t,5,2026-01-31T07:49:59Z",
            "beijing,t,30,")
        .locateJson(options)
        .lines()
        .getFirst();
  }

  @Test
  void it_is_ten_minutes_unless_said_otherwise() {
    JsonNode window = report().path("window");
    assertThat(window.path("length").asString()).isEqualTo("PT10M");
    assertThat(window.path("reference").asString()).isEqualTo("2026-01-31T08:00:00Z");
    assertThat(window.path("used").asInt()).isEqualTo(3);
    assertThat(window.path("expired").asInt()).isEqualTo(1);
    assertThat(window.path("withoutTime").asInt()).isEqualTo(1);
  }

  @Test
  void it_may_be_said_in_seconds_minutes_hours_and_days() {
    assertThat(report("--window", "601s").path("window").path("used").asInt()).isEqualTo(4);
    assertThat(report("--window", "9m").path("window").path("used").asInt()).isEqualTo(2);
    assertThat(report("--window", "2h").path("window").path("length").asString()).isEqualTo("PT2H");
    assertThat(report("--window", "1d").path("window").path("length").asString())
        .isEqualTo("PT24H");
  }
}
