package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The messages of C2SP tlog-cosignature, spelled out by hand. */
final class CosignatureTest {
  private static final Hash ROOT = TreeHasher.emptyRoot();
  private static final Checkpoint CHECKPOINT =
      new Checkpoint("läg", 0x0102030405060708L, ROOT, List.of("extension"));

  @Test
  void an_ed25519_message_is_two_lines_and_the_whole_checkpoint() {
    assertThat(new String(Cosignature.ed25519Message(CHECKPOINT, 1679315147), UTF_8))
        .isEqualTo(
            """
            cosignature/v1
            time 1679315147
            läg
            72623859790382856
            47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
            extension
            """);
    assertThat(new String(Cosignature.ed25519Message(CHECKPOINT, 0), UTF_8))
        .startsWith("cosignature/v1\ntime 0\nl");
  }

  @Test
  void an_mldsa_message_is_this_octet_by_octet() {
    byte[] expected =
        HexFormat.ofDelimiter(" ")
            .parseHex(
                // label[12]: subtree/v1, newline, zero
                "73 75 62 74 72 65 65 2f 76 31 0a 00 "
                    // cosigner_name: one octet of length
                    + "03 77 2f 31 "
                    // timestamp
                    + "00 00 00 00 64 18 50 cb "
                    // log_origin: its length in octets, not characters
                    + "04 6c c3 a4 67 "
                    // start
                    + "00 00 00 00 00 00 00 00 "
                    // end
                    + "01 02 03 04 05 06 07 08 "
                    // hash
                    + "e3 b0 c4 42 98 fc 1c 14 9a fb f4 c8 99 6f b9 24 "
                    + "27 ae 41 e4 64 9b 93 4c a4 95 99 1b 78 52 b8 55");
    assertThat(Cosignature.mldsa44Message(CHECKPOINT, "w/1", 1679315147)).isEqualTo(expected);
  }

  @Test
  void a_subtree_that_starts_later_has_no_time() {
    byte[] message = Cosignature.subtreeMessage("log", 8, 13, ROOT, "w", 0);
    assertThat(HexFormat.of().formatHex(message, 12, 12 + 2 + 8 + 4 + 16))
        .isEqualTo(
            "0177" + "0000000000000000" + "036c6f67" + "0000000000000008" + "000000000000000d");
    assertThatThrownBy(() -> Cosignature.subtreeMessage("log", 8, 13, ROOT, "w", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Cosignature.subtreeMessage("log", 8, 7, ROOT, "w", 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Cosignature.subtreeMessage("log", -1, 7, ROOT, "w", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void names_have_1_to_255_octets_and_times_are_not_negative() {
    assertThat(Cosignature.subtreeMessage("é".repeat(127), 0, 1, ROOT, "w".repeat(255), 0))
        .hasSize(12 + 1 + 255 + 8 + 1 + 254 + 16 + 32);
    for (String bad : List.of("", "é".repeat(128), "x".repeat(256))) {
      assertThatThrownBy(() -> Cosignature.subtreeMessage(bad, 0, 1, ROOT, "w", 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Cosignature.subtreeMessage("log", 0, 1, ROOT, bad, 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Cosignature.ed25519Message(CHECKPOINT, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Cosignature.mldsa44Message(CHECKPOINT, "w", -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
