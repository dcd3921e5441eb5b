package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertThat(result.out()).startsWith("Simulated").contains("honest", "watch");
  }

  @Test
  void those_who_know_less_have_rows_of_their_own() {
    Desk.Result result = suite("--families", "key-left", "--baselines", "--output", "json");
    JsonNode json = result.lines().getFirst();
    assertThat(json.get("rows")).hasSize(1);
    assertThat(json.get("rows").get(0).get("foundShare").get("high").asDouble()).isEqualTo(1);
    assertThat(json.get("baselines"))
        .extracting(each -> each.get("method").asString())
        .containsExactly("heartbeat-only", "labels-only", "location-only");
  }

  @Test
  void several_shares_of_tracked_hosts_are_a_row_each_and_a_plot() throws IOException {
    Path plot = folder.resolve("adoption.svg");
    Desk.Result result =
        suite(
            "--families",
            "whole-site",
            "--adoption",
            "0,100",
            "--plot",
            plot.toString(),
            "--output",
            "json");
    assertThat(result.status()).as(result.err()).isZero();
    JsonNode rows = result.lines().getFirst().get("rows");
    assertThat(rows.get(0).get("blocked").asDouble()).isZero();
    assertThat(rows.get(1).get("blocked").asDouble()).isEqualTo(1);
    assertThat(Files.readString(plot)).contains("<svg", "simulated");
  }

  @Test
  void a_story_of_ones_own_is_played_and_a_wrong_one_is_refused_with_file_and_field()
      throws IOException {
    Path mine = folder.resolve("mine.yaml");
    Files.writeString(
        mine,
        """
        family: mine
        about: a hall is emptied
        acts:
        - {day: 5, act: inspect, site: 0}
        - {day: 8, act: remove, site: 0, hosts: all}
        - {day: 12, act: border}
        """);
    JsonNode rows =
        suite("--story", mine.toString(), "--output", "json").lines().getFirst().get("rows");
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get("family").asString()).isEqualTo("mine");
    assertThat(rows.get(0).get("found").asInt()).isEqualTo(2);
    for (String wrong : List.of("{day: 1, act: steal}", "{day: 1, act: inspect, site: 2}")) {
      Files.writeString(mine, "family: mine\nabout: wrong\nacts:\n- " + wrong + "\n");
      Desk.Result refused = suite("--story", mine.toString());
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.err())
          .contains("HF-1024", "mine.yaml", wrong.contains("steal") ? "act" : "site");
    }
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
