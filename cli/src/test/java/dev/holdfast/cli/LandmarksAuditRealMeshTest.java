package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The audit of real meshes of anchors finds those whose coordinates are known to be wrong. */
final class LandmarksAuditRealMeshTest {
  @TempDir private Path folder = Path.of("");

  private static List<String> rows(Path file, String... columns) throws IOException {
    List<String> rows = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        CsvReader reader = CsvReader.open(in, file.toString(), List.of(columns))) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        List<String> values = new ArrayList<>();
        for (String column : columns) {
          values.add(row.get().required(column));
        }
        rows.add(String.join(",", values));
      }
    }
    return rows;
  }

  private JsonNode audit(String mesh) throws IOException {
    Path data =
        Path.of(System.getProperty("holdfast.shared", "../shared"))
            .resolve("data/rtt")
            .resolve(mesh);
    assumeTrue(Files.isDirectory(data), "no real mesh at " + data);
    Desk.Result result =
        new Desk(folder)
            .landmarks(rows(data.resolve("nodes.csv"), "id", "lat", "lon").toArray(String[]::new))
            .delays(
                rows(data.resolve("pairs.csv"), "src_id", "dst_id", "min_rtt_ms")
                    .toArray(String[]::new))
            .audit("--output", "json");
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isEqualTo(1);
    return result.lines().getFirst();
  }

  private static List<String> suspects(JsonNode audit) {
    return audit.path("suspects").values().stream()
        .map(suspect -> suspect.path("landmark").asString())
        .toList();
  }

  private static List<List<String>> ties(JsonNode audit) {
    return audit.path("ties").values().stream()
        .map(tie ->
            tie.path("landmarks").values().stream().map(JsonNode::asString).sorted().toList())
        .toList();
  }

  private static void everyPairIsExplained(JsonNode audit) {
    List<String> doubted = new ArrayList<>(suspects(audit));
    ties(audit).forEach(doubted::addAll);
    assertThat(audit.path("pairs").values())
        .isNotEmpty()
        .allMatch(pair ->
            doubted.contains(pair.path("first").asString())
                || doubted.contains(pair.path("second").asString()));
  }

  @Test
  void europe_has_two_suspects_and_three_ties() throws IOException {
    JsonNode audit = audit("ripe_anchor_mesh_eu_2024");
    assertThat(suspects(audit)).containsExactlyInAnyOrder("6877", "6513");
    assertThat(ties(audit))
        .containsExactlyInAnyOrder(
            List.of("6414", "6844"), List.of("6446", "7254"), List.of("6655", "7003"));
    assertThat(audit.path("smallestSet").asInt()).isEqualTo(5);
    assertThat(audit.path("explanations").asInt()).isEqualTo(8);
    assertThat(audit.path("proven").asBoolean()).isTrue();
    everyPairIsExplained(audit);
  }

  @Test
  void the_united_states_have_two_suspects_and_no_tie() throws IOException {
    JsonNode audit = audit("ripe_anchor_mesh_us_2024");
    assertThat(suspects(audit)).containsExactlyInAnyOrder("6782", "6831");
    assertThat(ties(audit)).isEmpty();
    assertThat(audit.path("explanations").asInt()).isEqualTo(1);
    everyPairIsExplained(audit);
  }
}
