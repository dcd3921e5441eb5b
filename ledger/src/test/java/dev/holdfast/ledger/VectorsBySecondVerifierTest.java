package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The frozen vectors, by a verifier that shares no code with ours: {@code
 * tools/verify-vectors.mjs}, on Node.js alone.
 */
final class VectorsBySecondVerifierTest {
  private static final Path SCRIPT = Path.of("..", "tools", "verify-vectors.mjs");
  private static final String OK = "ok           ";
  private static final String FAIL = "FAIL         ";
  private static final String NOT_CHECKED = "not checked  ";
  private static final int MOST_NOT_CHECKED = 14;

  @TempDir private Path folder;

  private record Run(int status, List<String> lines) {
    List<String> of(String result) {
      return lines.stream().filter(line -> line.startsWith(result)).toList();
    }
  }

  private Run run(List<String> vectors) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("vectors.jsonl"), vectors, UTF_8);
    Process node;
    try {
      node =
          new ProcessBuilder("node", SCRIPT.toString(), file.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      Assumptions.abort("node is not on the PATH: " + e.getMessage());
      throw e;
    }
    List<String> lines = new String(node.getInputStream().readAllBytes(), UTF_8).lines().toList();
    return new Run(node.waitFor(), lines);
  }

  private static ObjectNode read(String line) {
    return (ObjectNode) JsonMapper.shared().readTree(line);
  }

  @Test
  void it_finds_what_the_vectors_say(TestReporter reporter)
      throws IOException, InterruptedException {
    List<String> vectors = VectorsTest.frozen();
    Run run = run(vectors);
    assertThat(run.of(FAIL)).isEmpty();
    assertThat(run.status()).as(String.join("\n", run.lines())).isZero();
    assertThat(run.lines()).hasSameSizeAs(vectors);
    List<String> notChecked = run.of(NOT_CHECKED);
    reporter.publishEntry("not checked by the second verifier", String.join("\n", notChecked));
    assertThat(notChecked).allMatch(line -> line.contains("no ML-DSA-44"));
    assertThat(notChecked).hasSizeLessThanOrEqualTo(MOST_NOT_CHECKED);
    assertThat(run.of(OK)).hasSize(vectors.size() - notChecked.size());
  }

  @Test
  void it_contradicts_every_vector_whose_expectation_is_turned_round()
      throws IOException, InterruptedException {
    List<String> turned = new ArrayList<>();
    for (String line : VectorsTest.frozen()) {
      ObjectNode vector = read(line);
      boolean good = vector.get("expect").asString().equals("good");
      vector.put("expect", good ? "bad" : "good");
      vector.remove("outcome");
      turned.add(vector.toString());
    }
    Run run = run(turned);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.of(OK)).isEmpty();
    assertThat(run.of(FAIL)).hasSize(turned.size() - run.of(NOT_CHECKED).size());
  }

  @Test
  void it_refuses_what_was_good_once_one_character_is_another()
      throws IOException, InterruptedException {
    List<String> changed = new ArrayList<>();
    for (String line : VectorsTest.frozen()) {
      ObjectNode vector = read(line);
      if (vector.get("expect").asString().equals("good")
          && Set.of("key", "root", "inclusion", "consistency")
              .contains(vector.get("kind").asString())) {
        String field = vector.has("vkey") ? "vkey" : vector.has("root") ? "root" : "newRoot";
        String text = vector.get(field).asString();
        char tenth = text.charAt(text.length() - 10);
        changed.add(
            vector
                .put(
                    field,
                    text.substring(0, text.length() - 10)
                        + (tenth == 'A' ? 'B' : 'A')
                        + text.substring(text.length() - 9))
                .toString());
      }
    }
    assertThat(changed).hasSizeGreaterThan(20);
    Run run = run(changed);
    assertThat(run.of(FAIL)).hasSameSizeAs(changed);
    assertThat(run.status()).isEqualTo(1);
  }
}
