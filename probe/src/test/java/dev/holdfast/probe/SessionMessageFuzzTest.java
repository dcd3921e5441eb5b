package dev.holdfast.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile frames of a conversation: a message or a coded refusal, nothing else. */
final class SessionMessageFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void a_message_is_read_or_refused(byte[] octets) {
    check(octets);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"say\":\"open\"}",
        "{\"say\":\"refused\",\"reason\":\"\"}",
        "{\"say\":\"pending\",\"count\":17}",
        "{\"say\":\"pending\",\"count\":16}",
        "{\"say\":\"opened\",\"session\":\"00\",\"ssid\":1,\"expiry\":1,\"port\":1}",
        "{\"say\":\"open\",\"more\":1}",
        "{\"say\":\"bye\"}"
      })
  void known_messages_and_wrong_ones_are_told_apart(String text) {
    check(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static void check(byte[] octets) {
    try {
      SessionMessage read = SessionMessage.read(octets, "fuzz");
      assertThat(SessionMessage.read(read.octets(), "again")).isEqualTo(read);
    } catch (CodedException e) {
      assertThat(e.problem().code())
          .isIn(
              ErrorCode.MALFORMED_SESSION_MESSAGE,
              ErrorCode.MALFORMED_JSON,
              ErrorCode.INPUT_TOO_LARGE);
    }
  }
}
