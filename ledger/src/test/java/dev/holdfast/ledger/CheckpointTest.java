package dev.holdfast.ledger;

import static dev.holdfast.base.ErrorCode.MALFORMED_CHECKPOINT;
import static dev.holdfast.base.ErrorCode.MALFORMED_NOTE;
import static dev.holdfast.ledger.Coded.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointTest {
  private static final Hash ROOT = TreeHasher.emptyRoot();
  private static final String HASH = ROOT.base64() + "\n";

  @Test
  void a_checkpoint_is_origin_size_and_root() {
    Checkpoint checkpoint = Checkpoint.parse("log\n42\n" + HASH);
    assertThat(checkpoint).isEqualTo(Checkpoint.of("log", 42, ROOT));
    assertThat(checkpoint.text()).isEqualTo("log\n42\n" + HASH);
  }

  @Test
  void extension_lines_are_kept_as_they_are() {
    String text = "log\n0\n" + HASH + " one\n— two\n";
    Checkpoint checkpoint = Checkpoint.parse(text);
    assertThat(checkpoint.extensions()).containsExactly(" one", "— two");
    assertThat(checkpoint.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a log with spaces+plus", "журнал", " ", "\u2028", "1"})
  void any_line_can_be_an_origin(String origin) {
    assertThat(Checkpoint.parse(origin + "\n1\n" + HASH).origin()).isEqualTo(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+1",
        "00",
        "01",
        " 1",
        "1 ",
        "1.0",
        "1e3",
        "0x1",
        "١",
        "9223372036854775808",
        "18446744073709551615",
        "99999999999999999999"
      })
  void a_size_has_one_spelling_and_is_below_2_to_the_63(String size) {
    refused(MALFORMED_CHECKPOINT, () -> Checkpoint.parse("log\n" + size + "\n" + HASH));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 10, Long.MAX_VALUE})
  void any_other_size_is_read(long size) {
    assertThat(Checkpoint.parse("log\n" + size + "\n" + HASH).size()).isEqualTo(size);
  }

  @Test
  void a_root_is_the_one_base64_spelling_of_32_octets() {
    String root = ROOT.base64();
    String unusedBits = root.substring(0, 42) + (char) (root.charAt(42) + 1) + "=";
    for (String bad :
        List.of("x", root + "=", root.substring(0, 43), unusedBits, root + " ", "AAAA")) {
      refused(MALFORMED_CHECKPOINT, () -> Checkpoint.parse("log\n1\n" + bad + "\n"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "log\n", "log\n1\n", "log\n1\n\n", "\n1\nx\n"})
  void fewer_lines_or_empty_ones_are_refused(String text) {
    refused(MALFORMED_CHECKPOINT, () -> Checkpoint.parse(text));
  }

  @Test
  void an_empty_line_anywhere_is_refused_with_its_number() {
    String text = "log\n1\n" + HASH;
    assertThat(refused(MALFORMED_CHECKPOINT, () -> Checkpoint.parse(text + "\n")).line())
        .isEqualTo(4);
    refused(MALFORMED_CHECKPOINT, () -> Checkpoint.parse("\n" + text));
    refused(MALFORMED_CHECKPOINT, () -> Checkpoint.parse(text + "x\n\ny\n"));
    refused(MALFORMED_CHECKPOINT, () -> Checkpoint.parse(text.stripTrailing()));
    refused(MALFORMED_CHECKPOINT, () -> Checkpoint.parse(text + "x"));
    refused(MALFORMED_CHECKPOINT, () -> Checkpoint.parse("log\r\n1\r\n" + HASH));
  }

  @Test
  void nothing_can_be_built_that_would_not_read_back() {
    for (String bad : List.of("", "a\nb", "a\tb", "a\rb", "\ud800")) {
      assertThatThrownBy(() -> Checkpoint.of(bad, 0, ROOT))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Checkpoint("log", 0, ROOT, List.of(bad)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Checkpoint.of("log", -1, ROOT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_signed_checkpoint_is_a_note_whose_text_is_a_checkpoint() {
    Checkpoint checkpoint = Checkpoint.of(TestKeys.ORIGIN, 7, ROOT);
    SignedCheckpoint signed =
        SignedCheckpoint.of(checkpoint, List.of(TestKeys.LOG.sign(checkpoint, TestKeys.TIME)));
    assertThat(SignedCheckpoint.parse(signed.octets())).isEqualTo(signed);
    refused(MALFORMED_NOTE, () -> SignedCheckpoint.parse(checkpoint.text().getBytes(UTF_8)));
    Note other = Note.of("not a checkpoint\n", signed.note().signatures());
    refused(MALFORMED_CHECKPOINT, () -> SignedCheckpoint.parse(other.octets()));
    assertThatThrownBy(() -> new SignedCheckpoint(checkpoint, other))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
