package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The worked examples of the C2SP texts, read out of the texts themselves. */
final class C2spExamplesTest {
  private static final Pattern FENCED = Pattern.compile("(?ms)^```\\n(.*?)^```$");
  private static final Pattern INDENTED = Pattern.compile("(?m)^(?: {4}.*\\n|\\n(?= {4}))+");
  private static final Pattern VKEY = Pattern.compile("(?m)^ +(\\S+\\+[0-9a-f]{8}\\+\\S+)$");

  private static String text(String name) throws IOException {
    Path file =
        Path.of(System.getProperty("holdfast.shared", "../shared"))
            .resolve("data/custody/tlog/c2sp/" + name);
    Assumptions.assumeTrue(Files.isReadable(file), "shared data is absent: " + file);
    return Files.readString(file);
  }

  private static List<String> fenced(String name) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = FENCED.matcher(text(name));
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  /** Blocks that are indented by four spaces, without them. */
  private static List<String> indented(String name) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = INDENTED.matcher(text(name));
    while (matcher.find()) {
      blocks.add(matcher.group().replaceAll("(?m)^ {4}", "").replaceAll("^\\n+", ""));
    }
    return blocks;
  }

  @Test
  void the_example_of_signed_note_is_verified_by_its_vkey() throws IOException {
    Matcher vkey = VKEY.matcher(text("signed-note.md"));
    assertThat(vkey.find()).isTrue();
    VerifierKey key = VerifierKey.parse(vkey.group(1));
    Note note = Note.parse(fenced("signed-note.md").getLast().getBytes(UTF_8));
    assertThat(note.text()).isEqualTo("This is an example message.\n");
    assertThat(SignatureChecks.check(note, List.of(key)))
        .singleElement()
        .isInstanceOf(SignatureCheck.Valid.class);
    Note changed = Note.of(note.text().replace("an", "no"), note.signatures());
    assertThat(SignatureChecks.check(changed, List.of(key)))
        .singleElement()
        .isInstanceOf(SignatureCheck.Wrong.class);
  }

  @Test
  void the_poem_of_signed_note_is_a_note_with_an_empty_line() throws IOException {
    String poem = fenced("signed-note.md").getFirst();
    Note note = Note.parse(poem.getBytes(UTF_8));
    assertThat(note.text()).contains("\n\n").endsWith("sera.\n");
    assertThat(note.octets()).isEqualTo(poem.getBytes(UTF_8));
  }

  @Test
  void the_examples_of_checkpoint_and_cosignature_are_read() throws IOException {
    SignedCheckpoint signed =
        SignedCheckpoint.parse(fenced("tlog-checkpoint.md").getFirst().getBytes(UTF_8));
    assertThat(signed.checkpoint().origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(signed.checkpoint().size()).isEqualTo(20852163);
    SignedCheckpoint cosigned =
        SignedCheckpoint.parse(fenced("tlog-cosignature.md").getFirst().getBytes(UTF_8));
    assertThat(cosigned.checkpoint()).isEqualTo(signed.checkpoint());
    assertThat(cosigned.note().signatures())
        .hasSize(2)
        .last()
        .satisfies(last ->
            assertThat(last.signature())
                .hasSize(KeyAlgorithm.ED25519_COSIGNATURE.signatureLength()));
  }

  @Test
  void the_message_of_the_cosignature_example_is_ours() throws IOException {
    Checkpoint checkpoint =
        SignedCheckpoint.parse(fenced("tlog-cosignature.md").getFirst().getBytes(UTF_8))
            .checkpoint();
    String message = new String(Cosignature.ed25519Message(checkpoint, 1679315147), UTF_8);
    assertThat(indented("tlog-cosignature.md"))
        .filteredOn(block -> block.startsWith("cosignature/v1"))
        .containsExactly(message);
  }

  @Test
  void the_request_and_the_answer_of_the_witness_example_are_read() throws IOException {
    List<String> blocks = indented("tlog-witness.md");
    String body =
        blocks.stream().filter(block -> block.startsWith("old ")).findFirst().orElseThrow();
    WitnessRequest request = WitnessRequest.parse(body.getBytes(UTF_8));
    assertThat(request.oldSize()).isEqualTo(20852014);
    assertThat(request.proof()).hasSize(4);
    assertThat(request.checkpoint().note().signatures()).hasSize(2);
    assertThat(request.text()).isEqualTo(body);
    String answer =
        blocks.stream()
            .filter(block -> block.startsWith("\u2014 witness.example/w1 CM"))
            .findFirst()
            .orElseThrow();
    assertThat(NoteSignature.parseAll(answer.getBytes(UTF_8))).hasSize(3);
  }

  @Test
  void the_policy_example_is_read_once_its_keys_are_filled_in() throws IOException {
    String example = fenced("tlog-policy.md").getFirst();
    assertThat(example).startsWith("log <vkey>");
    StringBuilder filled = new StringBuilder();
    int number = 0;
    for (String line : example.lines().toList()) {
      KeyAlgorithm algorithm =
          line.startsWith("log") ? KeyAlgorithm.ED25519_NOTE : KeyAlgorithm.ED25519_COSIGNATURE;
      String vkey = TestKeys.make("key/" + number++, algorithm).key().vkey();
      filled.append(line.replace("<vkey>", vkey)).append('\n');
    }
    Policy policy = Policy.parse(filled.toString().getBytes(ISO_8859_1), "tlog-policy.md");
    assertThat(policy.logs()).hasSize(1);
    assertThat(policy.witnesses()).hasSize(6);
    assertThat(policy.groups())
        .containsExactly(
            new Policy.Group("X-witnesses", 2, List.of("X1", "X2", "X3")),
            new Policy.Group("Y-witnesses", 1, List.of("Y1", "Y2", "Y3")),
            new Policy.Group("X-and-Y", 2, List.of("X-witnesses", "Y-witnesses")));
    assertThat(policy.quorum()).isEqualTo("X-and-Y");
  }

  @Test
  void the_lines_of_the_proof_example_that_are_not_elided_are_read() throws IOException {
    // Its extra line is not base64 and its signatures are shortened by the text itself.
    String example = fenced("tlog-proof.md").getFirst();
    Checkpoint checkpoint =
        Checkpoint.parse(
            example.substring(example.indexOf("\n\n") + 2, example.lastIndexOf("\n\n") + 1));
    SignedCheckpoint signed =
        SignedCheckpoint.of(checkpoint, List.of(TestKeys.LOG.sign(checkpoint, TestKeys.TIME)));
    String proof =
        example.substring(0, example.indexOf("\n\n") + 2).replaceAll("(?m)^extra .*\\n", "")
            + signed.note();
    TlogProof read = TlogProof.parse(proof.getBytes(UTF_8));
    assertThat(read.index()).isEqualTo(73894);
    assertThat(read.path()).hasSize(5);
    assertThat(read.checkpoint().checkpoint().size()).isEqualTo(109482);
    assertThat(read.text()).isEqualTo(proof);
  }
}
