package dev.holdfast.base;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CompactJwsTest {
  private static final String SOUND = encoded("{\"alg\":\"x\"}") + "." + encoded("{}") + ".AQI";

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static CompactJws parse(String text) {
    return CompactJws.parse(text, "token", 200, ErrorCode.MALFORMED_TOKEN);
  }

  private static void refused(String text, ErrorCode code, String hint) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> parse(text))
        .satisfies(e -> {
          assertThat(e.problem().code()).isEqualTo(code);
          assertThat(e.problem().sentence()).contains(hint);
        });
  }

  @Test
  void its_parts_are_split_and_decoded() {
    CompactJws jws = parse(SOUND);
    assertThat(jws.text()).isEqualTo(SOUND);
    assertThat(jws.header().get("alg")).contains(new JsonTree.TextNode("x"));
    assertThat(jws.payload().members()).isEmpty();
    assertThat(jws.signature()).containsExactly(1, 2);
    assertThat(new String(jws.signedOctets(), US_ASCII) + ".AQI").isEqualTo(SOUND);
    assertThat(parse(SOUND.substring(0, SOUND.length() - 3)).signature()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "e30.e30", "e30.e30.AQI.", "e30.e30.AQI.AQI.AQI"})
  void there_are_three_parts(String text) {
    refused(text, ErrorCode.MALFORMED_TOKEN, "parts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AQI=", "AQJ", "A+I", "A/I", "AQ I", "A", "AQI\n", "é"})
  void octets_have_one_spelling(String signature) {
    refused("e30.e30." + signature, ErrorCode.MALFORMED_TOKEN, "base64url");
  }

  @Test
  void header_and_payload_are_objects() {
    refused(".e30.AQI", ErrorCode.MALFORMED_TOKEN, "header");
    refused("e30..AQI", ErrorCode.MALFORMED_TOKEN, "payload");
    refused(encoded("[]") + ".e30.AQI", ErrorCode.MALFORMED_TOKEN, "header");
    refused("e30." + encoded("1") + ".AQI", ErrorCode.MALFORMED_TOKEN, "payload");
    refused("e30." + encoded("{") + ".AQI", ErrorCode.MALFORMED_JSON, "payload");
    refused(encoded("{\"a\":1,\"a\":1}") + ".e30.AQI", ErrorCode.MALFORMED_JSON, "twice");
  }

  @Test
  void what_is_too_long_is_not_read() {
    refused("a".repeat(201), ErrorCode.INPUT_TOO_LARGE, "201");
  }
}
