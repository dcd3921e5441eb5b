package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ours against a second verifier that shares no code with it: tools/verify-statements.mjs. */
final class NodeVerifierTest {
  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
  private static final Path VECTORS =
      Path.of("src/test/resources/dev/holdfast/trust/vectors").toAbsolutePath();

  @TempDir private Path folder;

  /** What a run of node came to. */
  private record Run(int status, List<String> lines) {}

  @BeforeAll
  static void node_is_here() throws IOException, InterruptedException {
    boolean recent = false;
    try {
      Run run = node("-p", "Number(process.versions.node.split('.')[0]) >= 20");
      recent = run.lines().contains("true");
    } catch (IOException e) {
      // No such program.
    }
    assumeTrue(recent, "no node of version 20 or later on the PATH");
  }

  private static Run node(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(HOUSE.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), printed.lines().toList());
  }

  private static Run verifier(Object one, Object two) throws IOException, InterruptedException {
    return node("tools/verify-statements.mjs", one.toString(), two.toString());
  }

  @Test
  void it_agrees_with_every_vector() throws IOException, InterruptedException {
    Run run = verifier("--vectors", VECTORS);
    assertThat(run.lines()).noneMatch(line -> line.startsWith("NOT OK"));
    assertThat(run.lines()).endsWith("all vectors as expected").hasSizeGreaterThan(90);
    assertThat(run.status()).isZero();
  }

  @Test
  void it_notices_when_a_vector_says_something_else() throws IOException, InterruptedException {
    for (String file : List.of("keys.jsonl", "statements.jsonl", "successions.jsonl")) {
      Files.copy(VECTORS.resolve(file), folder.resolve(file));
    }
    Path statements = folder.resolve("statements.jsonl");
    String changed =
        Files.readString(statements).replaceAll("\"expect\":\"[^\"]*\"", "\"expect\":\"pear\"");
    Files.writeString(statements, changed);
    Run run = verifier("--vectors", folder);
    assertThat(run.lines().stream().filter(line -> line.startsWith("NOT OK")).count())
        .isEqualTo(changed.lines().filter(line -> !line.contains("alsoRight")).count());
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void it_takes_random_statements_of_ours_with_the_same_hashes()
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(4);
    List<String> envelopes = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    Chain chain = Chain.beginning(Samples.SOURCE);
    for (int i = 0; i < Samples.count(200); i++) {
      FixedKey key = i % 8 == 0 ? Samples.NIST : Samples.EDWARDS;
      SignedStatement signed =
          Samples.sign(key, chain, new Content.Inline(Samples.randomObject(random, 5)));
      chain = signed.next();
      envelopes.add(Vectors.text(signed.envelope()));
      expected.add(
          "valid "
              + (i == 0 ? "first" : "follows")
              + " "
              + (i + 1)
              + " "
              + signed.statement().hash()
              + " \""
              + Samples.SOURCE
              + "\"");
    }
    Run run = verifier(keys(Samples.EDWARDS, Samples.NIST), file("envelopes.jsonl", envelopes));
    assertThat(run.lines()).isEqualTo(expected);
    assertThat(run.status()).isZero();
  }

  @Test
  void the_dozen_lines_of_the_guide_check_its_example() throws IOException, InterruptedException {
    String guide = Files.readString(HOUSE.resolve("docs/statements.md"));
    String script = block(guide, "js");
    assertThat(script.lines().filter(line -> !line.isBlank()).count()).isLessThanOrEqualTo(16);
    SignedStatement example = Vectors.example();
    String envelope = Vectors.text(example.envelope());
    assertThat(guide).contains(envelope);
    assertThat(guide).contains(new String(example.statement().octets(), StandardCharsets.UTF_8));
    assertThat(guide).contains(example.statement().hash().hex());
    String spki = Base64.getEncoder().encodeToString(Vectors.EDWARDS.publicKey().spki());
    assertThat(guide).contains(spki);
    Files.writeString(folder.resolve("check.mjs"), script);
    Files.writeString(folder.resolve("envelope.json"), envelope);
    Run good =
        node(
            folder.resolve("check.mjs").toString(),
            folder.resolve("envelope.json").toString(),
            spki);
    assertThat(good.lines()).contains("true " + example.statement().hash());
    Files.writeString(
        folder.resolve("envelope.json"), envelope.replaceFirst("(\"payload\":\")eyJ", "$1eyA"));
    Run bad =
        node(
            folder.resolve("check.mjs").toString(),
            folder.resolve("envelope.json").toString(),
            spki);
    assertThat(bad.lines()).noneMatch(line -> line.startsWith("true"));
  }

  private static String block(String guide, String language) {
    Matcher block =
        Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL).matcher(guide);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private Path keys(FixedKey... keys) throws IOException {
    List<String> lines = new ArrayList<>();
    for (FixedKey key : keys) {
      String spki = Base64.getEncoder().encodeToString(key.publicKey().spki());
      byte[] line = CanonicalJson.octets(ObjectNode.of(Map.of("spki", new TextNode(spki))));
      lines.add(new String(line, StandardCharsets.UTF_8));
    }
    return file("keys.jsonl", lines);
  }

  private Path file(String name, List<String> lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }
}
