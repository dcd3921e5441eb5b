package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class SimFleetTest {
  @TempDir private Path folder = Path.of("");

  private Desk.Result fleet(String out, String... more) {
    String[] arguments = {
      "sim",
      "fleet",
      "--seed",
      "7",
      "--chips",
      "16",
      "--begin",
      "2026-11-01T12:00:00Z",
      "--out",
      folder.resolve(out).toString(),
      "--output",
      "json"
    };
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return new Desk(folder).run(all);
  }

  @Test
  void a_fleet_lies_in_the_folder_as_a_server_takes_it_and_is_called_simulated()
      throws IOException {
    Desk.Result result = fleet("one", "--cycles", "2");
    assertThat(result.status()).as(result.err()).isZero();
    JsonNode said = result.lines().getFirst();
    assertThat(said.path("simulated").asString()).isEqualTo("true");
    JsonNode declaration =
        Json.mapper().readTree(Files.readAllBytes(folder.resolve("one/declaration.json")));
    assertThat(declaration.path("chips")).hasSize(16);
    List<String> lines = Files.readAllLines(folder.resolve("one/statements.ndjson"));
    assertThat(lines).hasSize(Integer.parseInt(said.path("statements").asString()));
    for (String line : lines) {
      assertThat(Envelope.parse(line.getBytes(StandardCharsets.UTF_8), "line")).isNotNull();
    }
    try (var blobs = Files.list(folder.resolve("one/blobs"))) {
      assertThat(blobs.toList())
          .hasSize(Integer.parseInt(said.path("rounds").asString()))
          .allSatisfy(file ->
              assertThat(file.getFileName())
                  .hasToString(Sha256.of(Files.readAllBytes(file)).hex()));
    }
  }

  @Test
  void the_same_seed_gives_the_same_octets_and_nothing_is_overwritten() throws IOException {
    assertThat(fleet("one").status()).isZero();
    assertThat(fleet("two").status()).isZero();
    for (String name : List.of("declaration.json", "statements.ndjson")) {
      assertThat(folder.resolve("one").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("two").resolve(name));
    }
    assertThat(fleet("one").status()).isEqualTo(3);
  }

  @Test
  void what_cannot_be_is_refused_by_its_option() {
    assertThat(fleet("one", "--cycles", "0").err()).contains("HF-2001", "--cycles");
    assertThat(fleet("one", "--every", "19s").err()).contains("HF-2001", "--every");
    Desk.Result none =
        new Desk(folder).run("sim", "fleet", "--seed", "1", "--chips", "0", "--out", "x");
    assertThat(none.err()).contains("HF-2001", "--chips");
    assertThat(none.status()).isEqualTo(2);
  }
}
