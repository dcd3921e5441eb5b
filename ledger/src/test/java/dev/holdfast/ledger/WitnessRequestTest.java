package dev.holdfast.ledger;

import static dev.holdfast.base.ErrorCode.MALFORMED_CHECKPOINT;
import static dev.holdfast.base.ErrorCode.MALFORMED_NOTE;
import static dev.holdfast.base.ErrorCode.MALFORMED_WITNESS_REQUEST;
import static dev.holdfast.ledger.Coded.refused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WitnessRequestTest {
  private static final Hash HASH = TreeHasher.emptyRoot();
  private static final Checkpoint CHECKPOINT = Checkpoint.of(TestKeys.ORIGIN, 9, HASH);
  private static final SignedCheckpoint SIGNED =
      SignedCheckpoint.of(CHECKPOINT, List.of(TestKeys.LOG.sign(CHECKPOINT, TestKeys.TIME)));

  private static WitnessRequest parse(String text) {
    return WitnessRequest.parse(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63})
  void up_to_63_hashes_are_read_as_they_were_written(int hashes) {
    WitnessRequest request = new WitnessRequest(hashes, Collections.nCopies(hashes, HASH), SIGNED);
    assertThat(WitnessRequest.parse(request.octets())).isEqualTo(request);
    assertThat(request.text())
        .startsWith("old " + hashes + "\n")
        .endsWith(SIGNED.note().toString());
    assertThat(request.text().lines().filter(HASH.base64()::equals)).hasSize(hashes + 1);
  }

  @Test
  void a_64th_hash_is_refused() {
    String text = "old 1\n" + (HASH.base64() + "\n").repeat(64) + "\n" + SIGNED.note();
    assertThat(refused(MALFORMED_WITNESS_REQUEST, () -> parse(text)).line()).isEqualTo(65);
    assertThatThrownBy(() -> new WitnessRequest(1, Collections.nCopies(64, HASH), SIGNED))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WitnessRequest(-1, List.of(), SIGNED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "old",
        "old ",
        "old -1",
        "old 01",
        "old 00",
        "old +1",
        "old 1 ",
        "old  1",
        "old\t1",
        " old 1",
        "Old 1",
        "new 1",
        "old 1\r",
        "old 9223372036854775808",
        "old x",
        "old 1\nx",
        "old 1\n "
      })
  void another_beginning_is_refused(String beginning) {
    refused(MALFORMED_WITNESS_REQUEST, () -> parse(beginning + "\n\n" + SIGNED.note()));
  }

  @Test
  void a_request_that_ends_early_is_refused() {
    refused(MALFORMED_WITNESS_REQUEST, () -> parse(""));
    refused(MALFORMED_WITNESS_REQUEST, () -> parse("old 1"));
    refused(MALFORMED_WITNESS_REQUEST, () -> parse("old 1\n"));
    refused(MALFORMED_NOTE, () -> parse("old 1\n\n"));
    refused(MALFORMED_NOTE, () -> parse("old 1\n\n" + CHECKPOINT.text()));
    refused(MALFORMED_NOTE, () -> parse("old 1\n\n" + SIGNED.note() + "\n"));
    refused(MALFORMED_CHECKPOINT, () -> parse("old 1\n\n\n" + SIGNED.note()));
    refused(
        MALFORMED_WITNESS_REQUEST,
        () -> WitnessRequest.parse("old \u00ff\n\n".getBytes(ISO_8859_1)));
    refused(
        MALFORMED_WITNESS_REQUEST,
        () -> WitnessRequest.parse(new byte[WitnessRequest.LARGEST + 1]));
  }

  @Test
  void an_old_size_above_the_new_one_is_read_for_the_witness_to_answer() {
    assertThat(parse("old 10\n\n" + SIGNED.note()).oldSize()).isEqualTo(10);
  }
}
