package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.Curve;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonWebKeysTest {
  private static JsonWebKeys read(List<Map<String, Object>> keys) {
    return JsonWebKeys.read(
        TokenMaker.JSON.writeValueAsString(Map.of("keys", keys)).getBytes(UTF_8), "keys");
  }

  private static Map<String, Object> sound() {
    return new HashMap<>(TokenMaker.KEY.toPublicJWK().toJSONObject());
  }

  @Test
  void a_sound_key_is_found_by_its_id() throws Exception {
    JsonWebKeys keys = read(List.of(sound()));
    assertThat(keys.size()).isEqualTo(1);
    assertThat(keys.find("kid-one")).contains(TokenMaker.KEY.toECPublicKey());
    assertThat(keys.find("kid-two")).isEmpty();
    assertThat(keys.isUnfit("kid-two")).isFalse();
    assertThat(keys).hasToString("keys for ES384: [kid-one]");
  }

  @ParameterizedTest
  @CsvSource({
    "use, enc",
    "alg, ES256",
    "crv, P-256",
    "crv, secp384r1",
    "kty, oct",
    "kty, RSA",
    "x, AAAA"
  })
  void a_key_for_anything_else_is_passed_over_and_remembered(String name, String value) {
    Map<String, Object> key = sound();
    key.put(name, value);
    JsonWebKeys keys = read(List.of(key));
    assertThat(keys.size()).isZero();
    assertThat(keys.isUnfit("kid-one")).isTrue();
  }

  @Test
  void a_point_off_the_curve_is_no_key() {
    Map<String, Object> key = sound();
    key.put("x", TokenMaker.OTHER_KEY.getX().toString());
    assertThat(read(List.of(key)).isUnfit("kid-one")).isTrue();
    key.put("x", "!".repeat(64));
    assertThat(read(List.of(key)).isUnfit("kid-one")).isTrue();
  }

  @Test
  void operations_must_allow_to_verify() {
    Map<String, Object> key = sound();
    key.put("key_ops", List.of("sign"));
    assertThat(read(List.of(key)).isUnfit("kid-one")).isTrue();
    key.put("key_ops", List.of("sign", "verify"));
    assertThat(read(List.of(key)).isUnfit("kid-one")).isFalse();
  }

  @Test
  void an_unfit_key_does_not_hide_a_fit_one_of_its_id() {
    Map<String, Object> small =
        new HashMap<>(TokenMaker.key(Curve.P_256, "kid-one").toPublicJWK().toJSONObject());
    JsonWebKeys keys = read(List.of(small, sound()));
    assertThat(keys.find("kid-one")).isPresent();
    assertThat(keys.isUnfit("kid-one")).isFalse();
  }

  @Test
  void two_fit_keys_of_one_id_are_no_set() {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> read(List.of(sound(), sound())))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_KEY_SET));
  }

  @Test
  void a_key_without_id_is_never_found() {
    Map<String, Object> key = sound();
    key.remove("kid");
    assertThat(read(List.of(key)).size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "[]", "{\"keys\":{}}", "{\"keys\":[1]}", "{\"keys\":[{\"kid\":1}]}"})
  void what_is_no_set_is_refused(String text) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> JsonWebKeys.read(text.getBytes(UTF_8), "keys"))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_KEY_SET));
  }
}
