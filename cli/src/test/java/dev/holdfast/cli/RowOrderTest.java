package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Order and duplicates of rows change nothing. */
final class RowOrderTest {
  private static final List<String> NAMES =
      Desk.LANDMARKS.stream().map(row -> row.substring(0, row.indexOf(','))).toList();
  private static final int TARGETS = 24;

  @TempDir private Path folder = Path.of("");
  private final List<String> delays = new ArrayList<>();
  private final List<String> claims = new ArrayList<>();
  private final Random random = new Random(20260131);

  @BeforeEach
  void makeRows() {
    List<String> countries = List.of("JP", "GB", "FR", "CN", "SG", "MY");
    for (int i = 0; i < TARGETS; i++) {
      String target = "t" + (i * 7 % TARGETS);
      int nearest = i % NAMES.size();
      for (int j = 0; j < NAMES.size(); j++) {
        double delay = j == nearest ? 0.5 + random.nextDouble() : 80 + 60 * random.nextDouble();
        String time = "2026-01-31T08:0" + random.nextInt(10) + ":00Z";
        delays.add(NAMES.get(j) + "," + target + "," + delay + "," + (i % 3 == 0 ? "" : time));
      }
      claims.add(target + ",35.68,139.69,200," + countries.get(i % 6) + ",CN");
      claims.add(target + ",,,," + countries.get((i + 1) % 6) + ",");
    }
  }

  private Map<String, JsonNode> locate(List<String> delayRows, List<String> claimRows) {
    Desk.Result result =
        new Desk(folder)
            .timedDelays(delayRows.toArray(String[]::new))
            .claims(claimRows.toArray(String[]::new))
            .locateJson("--tolerate-faults", "0");
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isEqualTo(1);
    return withSortedAnswers(result.reports());
  }

  /** The answers of a target come in the order of its claims; as a set they are the same. */
  private static Map<String, JsonNode> withSortedAnswers(Map<String, JsonNode> reports) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    reports.forEach((target, report) -> {
      List<JsonNode> answers = new ArrayList<>(report.path("answers").values());
      answers.sort(java.util.Comparator.comparing(JsonNode::toString));
      tools.jackson.databind.node.ObjectNode copy =
          (tools.jackson.databind.node.ObjectNode) report.deepCopy();
      copy.putArray("answers").addAll(answers);
      sorted.put(target, copy);
    });
    return sorted;
  }

  @Test
  void shuffled_and_interleaved_rows_give_the_same_answers() {
    Map<String, JsonNode> grouped = locate(delays, claims);
    assertThat(grouped).hasSize(TARGETS);
    List<String> shuffledDelays = new ArrayList<>(delays);
    List<String> shuffledClaims = new ArrayList<>(claims);
    for (int i = 0; i < 2; i++) {
      Collections.shuffle(shuffledDelays, random);
      Collections.shuffle(shuffledClaims, random);
      assertThat(locate(shuffledDelays, shuffledClaims)).isEqualTo(grouped);
    }
  }

  @Test
  void the_same_rows_again_change_no_verdict() {
    List<String> twiceDelays = new ArrayList<>(delays);
    twiceDelays.addAll(delays.reversed());
    List<String> twiceClaims = new ArrayList<>(claims);
    twiceClaims.addAll(claims);
    Map<String, JsonNode> once = locate(delays, claims);
    Map<String, JsonNode> twice = locate(twiceDelays, twiceClaims);
    for (String field : List.of("region", "bindingLandmarks", "conflicts", "answers", "advice")) {
      for (String target : once.keySet()) {
        assertThat(twice.getOrDefault(target, Json.mapper().nullNode()).path(field))
            .isEqualTo(once.getOrDefault(target, Json.mapper().nullNode()).path(field));
      }
    }
  }

  @Test
  void a_bad_row_far_from_the_others_of_its_target_still_spoils_it() {
    List<String> rows = new ArrayList<>(delays);
    rows.add("tokyo,t7,-1,");
    Desk.Result result = new Desk(folder).timedDelays(rows.toArray(String[]::new)).locateJson();
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.targets()).hasSize(TARGETS - 1).doesNotContain("t7");
  }

  @Test
  void names_with_commas_quotes_and_characters_of_every_kind_survive_the_sort_on_disk() {
    Desk.Result result =
        new Desk(folder)
            .delays(
                "tokyo,\"b, \"\"x\"\"\",1",
                "tokyo,😀,1",
                "tokyo,東京 1,1",
                "london,\"b, \"\"x\"\"\",90",
                "london,東京 1,90")
            .locateJson();
    assertThat(result.err()).isEmpty();
    assertThat(result.targets()).containsExactlyInAnyOrder("b, \"x\"", "😀", "東京 1");
    assertThat(result.lines())
        .allMatch(report ->
            report.path("bindingLandmarks").path(0).path("landmark").asString().equals("tokyo"));
  }
}
