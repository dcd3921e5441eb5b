package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopeTest {
  private static final String KEY = "ab".repeat(32);
  private static final String SIGNATURE = "A".repeat(86) + "==";
  private static final String GOOD =
      "{\"payload\":\"aGk/\",\"payloadType\":\"application/vnd.holdfast.statement+json\","
          + "\"signatures\":[{\"keyid\":\""
          + KEY
          + "\",\"sig\":\""
          + SIGNATURE
          + "\"}]}";

  private static Problem refused(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return catchThrowableOfType(CodedException.class, () -> Envelope.parse(octets, "e")).problem();
  }

  @Test
  void what_is_read_prints_the_same_octets() {
    Envelope envelope = Envelope.parse(GOOD.getBytes(StandardCharsets.UTF_8), "e");
    assertThat(envelope.octets()).asString(StandardCharsets.UTF_8).isEqualTo(GOOD);
    assertThat(envelope.payload()).asString(StandardCharsets.UTF_8).isEqualTo("hi?");
    assertThat(envelope.key().hex()).isEqualTo(KEY);
    assertThat(envelope.signature()).isEqualTo(new byte[64]);
    assertThat(envelope)
        .isEqualTo(Envelope.of(envelope.payload(), envelope.key(), envelope.signature()));
  }

  /** The form of DSSE's protocol text, with our payload type. */
  @Test
  void what_is_signed_is_the_pre_authentication_encoding() {
    Envelope envelope = Envelope.parse(GOOD.getBytes(StandardCharsets.UTF_8), "e");
    assertThat(envelope.signedOctets())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("DSSEv1 39 application/vnd.holdfast.statement+json 3 hi?");
    assertThat(envelope.statementHash()).isEqualTo(Sha256.of(envelope.signedOctets()));
  }

  @Test
  void nobody_changes_an_envelope_from_outside() {
    Envelope envelope = Envelope.parse(GOOD.getBytes(StandardCharsets.UTF_8), "e");
    envelope.payload()[0] = 0;
    envelope.signature()[0] = 1;
    assertThat(envelope.octets()).asString(StandardCharsets.UTF_8).isEqualTo(GOOD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "aGk/|aGk_|/payload",
        "aGk/|aGk|/payload",
        "aGk/|aGl=|/payload",
        "aGk/|aGk/\\n|/payload",
        "aGk/|aGk/====|/payload",
        "\"aGk/\"|null|/payload",
        "\"payload\":\"aGk/\",|``|/payload",
        "vnd.holdfast.statement+json|vnd.in-toto+json|/payloadType",
        "application|Application|/payloadType",
        "\"keyid\":\"ab|\"keyid\":\"AB|/signatures/0/keyid",
        "\"sig\":\"AAAA|\"sig\":\"|/signatures/0/sig",
        "A==|B==|/signatures/0/sig",
        "}]|},{}]|/signatures",
        "[{|[7,{|/signatures",
        "\"sig\"|\"cert\":\"x\",\"sig\"|/signatures/0",
        "\"payload\"|\"extra\":1,\"payload\"|",
      })
  void a_wrong_field_is_refused_by_name(String part, String wrong, String field) {
    assertThat(GOOD).contains(part);
    Problem problem =
        refused(
            GOOD.replaceFirst(
                java.util.regex.Pattern.quote(part),
                java.util.regex.Matcher.quoteReplacement(wrong)));
    assertThat(problem.code()).isEqualTo(ErrorCode.MALFORMED_ENVELOPE);
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem.source()).isEqualTo("e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]", "7", "{}", "\"x\""})
  void signatures_of_another_shape_are_refused(String shape) {
    String text = GOOD.replaceFirst("\\[.*\\]", shape);
    assertThat(refused(text).code()).isEqualTo(ErrorCode.MALFORMED_ENVELOPE);
  }

  @Test
  void another_spelling_is_refused() {
    for (String text :
        new String[] {
          GOOD + "\n",
          " " + GOOD,
          GOOD.replace("k/", "k\\/"),
          GOOD.replace("\"sig\"", "\"\\u0073ig\"")
        }) {
      assertThat(refused(text).code()).isEqualTo(ErrorCode.MALFORMED_ENVELOPE);
      assertThat(refused(text).reason()).contains("canonical");
    }
  }

  @Test
  void an_envelope_fits_into_a_ledger_entry() {
    Envelope longest = Envelope.of(new byte[Statement.LONGEST], new KeyId(KEY), new byte[64]);
    assertThat(longest.octets().length).isLessThan(Envelope.LONGEST);
    assertThat(Envelope.parse(longest.octets(), "e")).isEqualTo(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Envelope.of(new byte[Statement.LONGEST + 1], new KeyId(KEY), new byte[64]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Envelope.of(new byte[1], new KeyId(KEY), new byte[63]));
    assertThat(refused(" ".repeat(Envelope.LONGEST + 1)).code())
        .isEqualTo(ErrorCode.INPUT_TOO_LARGE);
    String tooLong = GOOD.replace("aGk/", "AAAA".repeat(Statement.LONGEST / 3 + 1));
    assertThat(refused(tooLong).code()).isEqualTo(ErrorCode.MALFORMED_ENVELOPE);
    assertThat(refused(tooLong).field()).isEqualTo("/payload");
  }
}
