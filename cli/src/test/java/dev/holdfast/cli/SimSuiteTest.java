package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class SimSuiteTest {
  @TempDir private Path folder = Path.of("");

  private Desk.Result suite(String... more) {
    String[] all = new String[more.length + 8];
    String[] small = {"sim", "suite", "--seeds", "2", "--hosts", "3", "--days", "30"};
    System.arraycopy(small, 0, all, 0, small.length);
    System.arraycopy(more, 0, all, small.length, more.length);
    return new Desk(folder).run(all);
  }

  @Test
  void a_family_is_a_row_of_json_that_says_that_it_is_simulated() {
    Desk.Result result = suite("--families", "whole-site", "--output", "json");
    assertThat(result.status()).as(result.err()).isZero();
    JsonNode json = result.lines().getFirst();
    assertThat(json.get("simulated").asBoolean()).isTrue();
    JsonNode row = json.get("rows").get(0);
    assertThat(row.get("family").asString()).isEqualTo("whole-site");
    assertThat(row.get("seeds").asInt()).isEqualTo(2);
    assertThat(row.get("found").asInt()).isEqualTo(2);
    assertThat(row.get("medianHours").asDouble()).isBetween(20.0, 60.0);
  }

  @Test
  void what_nobody_tracks_is_not_found() {
    Desk.Result result = suite("--families", "whole-site", "--adoption", "0", "--output", "json");
    JsonNode row = result.lines().getFirst().get("rows").get(0);
    assertThat(row.get("found").asInt()).isZero();
    assertThat(row.get("medianHours").isNull()).isTrue();
  }

  @Test
  void the_text_calls_its_numbers_simulated() {
    Desk.Result result = suite("--families", "honest");
    assertThat(result.out()).startsWith("Simulated").contains("honest", "0/2");
  }

  @ParameterizedTest
  @CsvSource({
    "--families, no-such-story",
    "--without, gossip",
    "--adoption, 101",
    "--adoption, -1",
    "--seeds, 0",
    "--hosts, 0"
  })
  void what_cannot_be_played_is_refused_with_the_name_of_the_option(String option, String value) {
    Desk.Result result = suite(option, value);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains(option);
  }
}
