package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.Reason;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class EarVerifierTest {
  private static final EarVerifier VERIFIER = EarSamples.verifier(EarProfile.DEFAULT);
  private static final String CLAIMS =
      EarSamples.json(EarJson.write(EarSamples.ear(), EarProfile.DEFAULT));

  private static String made(FixedKey key) {
    return new EarMaker(key, EarProfile.DEFAULT).make(EarSamples.ear());
  }

  private static EarCheck check(String text) {
    return VERIFIER.check(text, "ear", EarSamples.NOW, EarSamples.NONCE);
  }

  private static void refused(EarCheck check, String code) {
    assertThat(check)
        .isInstanceOfSatisfying(EarCheck.Refused.class, refused -> said(refused.reason(), code));
  }

  private static void said(Reason reason, String code) {
    assertThat(reason.code()).isEqualTo("reason.ear-" + code);
    MessageCatalogue.LANGUAGES.forEach(language -> {
      String sentence = MessageCatalogue.in(language).say(reason.code(), reason.arguments());
      assertThat(sentence).doesNotContain("{");
      reason.arguments().forEach(argument -> assertThat(sentence).contains(argument));
    });
  }

  private static void malformed(String claims, String hint) {
    String text =
        EarSamples.signed(Samples.EDWARDS, EarSamples.header(Samples.EDWARDS, "EdDSA"), claims);
    assertThat(check(text))
        .isInstanceOfSatisfying(
            EarCheck.Malformed.class,
            malformed -> assertThat(malformed.problem().sentence()).contains(hint));
  }

  /** Claims in which one piece of text stands for another. */
  private static void bent(String old, String other, String hint) {
    assertThat(CLAIMS).contains(old);
    malformed(CLAIMS.replaceFirst(Pattern.quote(old), other), hint);
  }

  @Test
  void what_a_trusted_key_signed_is_verified() {
    for (FixedKey key : List.of(Samples.EDWARDS, Samples.NIST)) {
      assertThat(check(made(key))).isInstanceOf(EarCheck.Verified.class);
    }
    // The same by hand, so that the test does not rest on the library that makes them.
    assertThat(
            check(
                EarSamples.signed(Samples.NIST, EarSamples.header(Samples.NIST, "ES256"), CLAIMS)))
        .isInstanceOf(EarCheck.Verified.class);
  }

  @Test
  void a_key_that_nobody_trusts_does_not_count() {
    refused(check(made(FixedKey.ed25519("a stranger"))), "key-unknown");
    String header = EarSamples.header(Samples.EDWARDS, "EdDSA");
    refused(check(EarSamples.signed(FixedKey.ed25519("a stranger"), header, CLAIMS)), "signature");
    refused(
        check(
            EarSamples.signed(
                Samples.EDWARDS, "{\"alg\":\"EdDSA\",\"kid\":\"x\",\"typ\":\"eat+jwt\"}", CLAIMS)),
        "key-unknown");
  }

  @ParameterizedTest
  @CsvSource({"none", "HS256", "ES256", "ES384", "eddsa", "RS256", "Ed25519"})
  void the_algorithm_follows_from_the_key(String algorithm) {
    String text =
        EarSamples.signed(Samples.EDWARDS, EarSamples.header(Samples.EDWARDS, algorithm), CLAIMS);
    refused(check(text), "algorithm");
    refused(check(text.substring(0, text.lastIndexOf('.') + 1)), "algorithm");
  }

  @Test
  void the_header_is_that_of_a_result() {
    String id = Samples.EDWARDS.publicKey().id().hex();
    refused(
        check(
            EarSamples.signed(
                Samples.EDWARDS,
                "{\"alg\":\"EdDSA\",\"kid\":\"" + id + "\",\"typ\":\"JWT\"}",
                CLAIMS)),
        "type");
    refused(
        check(
            EarSamples.signed(
                Samples.EDWARDS,
                "{\"alg\":\"EdDSA\",\"crit\":[\"x\"],\"kid\":\"" + id + "\",\"typ\":\"eat+jwt\"}",
                CLAIMS)),
        "critical");
    for (String header :
        List.of(
            "{\"kid\":\"" + id + "\",\"typ\":\"eat+jwt\"}",
            "{\"alg\":\"EdDSA\",\"typ\":\"eat+jwt\"}",
            "{\"alg\":\"EdDSA\",\"kid\":\"" + id + "\"}")) {
      assertThat(check(EarSamples.signed(Samples.EDWARDS, header, CLAIMS)))
          .isInstanceOfSatisfying(
              EarCheck.Malformed.class,
              malformed ->
                  assertThat(malformed.problem().code()).isEqualTo(ErrorCode.MALFORMED_RESULT));
    }
  }

  @Test
  void a_result_counts_for_its_time_only() {
    String text = made(Samples.EDWARDS);
    assertThat(at(VERIFIER, text, EarSamples.ISSUED)).isInstanceOf(EarCheck.Verified.class);
    assertThat(at(VERIFIER, text, EarSamples.EXPIRES.minusMillis(1)))
        .isInstanceOf(EarCheck.Verified.class);
    refused(at(VERIFIER, text, EarSamples.EXPIRES), "expired");
    refused(at(VERIFIER, text, EarSamples.ISSUED.minusMillis(1)), "not-yet");
    EarVerifier tolerant =
        new EarVerifier(
            KeyRing.of(List.of(Samples.EDWARDS.publicKey())),
            EarProfile.DEFAULT,
            Duration.ofMinutes(1));
    assertThat(at(tolerant, text, EarSamples.EXPIRES.plusSeconds(59)))
        .isInstanceOf(EarCheck.Verified.class);
    refused(at(tolerant, text, EarSamples.EXPIRES.plusSeconds(60)), "expired");
    String endless = CLAIMS.replace("\"exp\":1772359800,", "");
    refused(
        check(
            EarSamples.signed(
                Samples.EDWARDS, EarSamples.header(Samples.EDWARDS, "EdDSA"), endless)),
        "no-expiry");
  }

  private static EarCheck at(EarVerifier verifier, String text, Instant at) {
    return verifier.check(text, "ear", at, EarSamples.NONCE);
  }

  @Test
  void profile_and_nonce_must_be_the_expected_ones() {
    String text = made(Samples.EDWARDS);
    refused(
        at(
            EarSamples.verifier(EarProfile.DEFAULT.withUri("tag:ietf.org,2026:rats/ear#03")),
            text,
            EarSamples.NOW),
        "profile");
    refused(VERIFIER.check(text, "ear", EarSamples.NOW, "another nonce"), "nonce");
    assertThat(withNonce(text, null).reasons())
        .singleElement()
        .satisfies(reason -> said(reason, "nonce-unchecked"));
    assertThat(withNonce(text, EarSamples.NONCE).reasons()).isEmpty();
  }

  private static EarCheck.Verified withNonce(String text, @Nullable String nonce) {
    return (EarCheck.Verified) VERIFIER.check(text, "ear", EarSamples.NOW, nonce);
  }

  @Test
  void claims_have_the_types_of_the_cddl() {
    bent("\"iat\":1772359200", "\"iat\":\"1772359200\"", "/iat");
    bent("\"iat\":1772359200", "\"iat\":1772359200.5", "/iat");
    bent("\"iat\":1772359200,", "", "/iat");
    bent("\"exp\":1772359800", "\"exp\":1772359200", "expires after");
    bent("\"ear_verifier_id\":{\"build\":\"holdfast 1\",", "\"ear_verifier_id\":{", "/build");
    bent("\"ear_verifier_id\":{", "\"ear_verifier_id\":{\"more\":1,", "unknown name");
    bent("\"ear_status\":\"warning\"", "\"ear_status\":32", "/ear_status");
    bent("\"ear_status\":\"warning\"", "\"ear_status\":\"good\"", "/ear_status");
    bent("\"ear_status\":\"warning\"", "\"ear_status\":\"affirming\"", "better");
    bent("\"hardware\":32", "\"hardware\":96", "better");
    bent("\"hardware\":32", "\"hardware\":128", "/hardware");
    bent("\"hardware\":32", "\"hardware\":2.5", "/hardware");
    bent("\"hardware\":32", "\"hardware\":\"32\"", "/hardware");
    bent("\"hardware\":32", "\"hard-ware\":32", "unknown name");
    bent("{\"hardware\":2,\"instance-identity\":2}", "{}", "at least one");
    bent("[\"https://verifier.example/policy/1\"]", "[]", "/ear_appraisal_policy_ids");
    bent("[\"https://verifier.example/policy/1\"]", "\"x\"", "/ear_appraisal_policy_ids");
    bent("\"eat_nonce\":\"a nonce of somebody\"", "\"eat_nonce\":\"short\"", "/eat_nonce");
    bent("\"eat_nonce\":\"a nonce of somebody\"", "\"eat_nonce\":[]", "/eat_nonce");
    bent(
        "\"ear_holdfast_binding\":\"chip-evidence\"",
        "\"ear_holdfast_binding\":\"glue\"",
        "binding");
    bent("\"ear_holdfast_simulated\":true", "\"ear_holdfast_simulated\":1", "simulated");
    bent("\"ear_holdfast_revocation_age\":10800", "\"ear_holdfast_revocation_age\":-1", "age");
    bent("\"ear_holdfast_board\":\"intact\"", "\"ear_holdfast_board\":\"\"", "board");
    malformed(CLAIMS.replaceFirst("\"submods\":.*", "\"submods\":{}}"), "1 to 256");
    malformed(CLAIMS.replaceFirst("\"submods\":.*", "\"submods\":[]}"), "/submods");
    malformed("[]", "JSON object");
    malformed("", "empty");
  }

  @Test
  void a_result_that_tells_no_status_of_all_and_holds_claims_of_others_is_read() {
    String claims =
        CLAIMS
            .replaceFirst("\"ear_status\":\"warning\",", "\"ear_raw_evidence\":\"NzQ3Mg\",")
            .replaceFirst("\"iat\":", "\"iss\":\"somebody\",\"iat\":")
            .replaceFirst(
                "\"ear_holdfast_board\"", "\"ear_teep_claims\":{},\"ear_holdfast_board\"");
    EarCheck check =
        check(
            EarSamples.signed(
                Samples.EDWARDS, EarSamples.header(Samples.EDWARDS, "EdDSA"), claims));
    assertThat(check)
        .isInstanceOfSatisfying(
            EarCheck.Verified.class,
            verified -> {
              assertThat(verified.ear().status()).isNull();
              assertThat(verified.ear().rawEvidence()).isEqualTo("NzQ3Mg");
              assertThat(verified.ear().others()).containsExactly("iss");
              assertThat(verified.ear().submodules().firstEntry().getValue().others())
                  .containsExactly("ear_teep_claims");
            });
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void any_changed_character_is_refused(KeyKind kind) {
    String text = made(kind == KeyKind.ED25519 ? Samples.EDWARDS : Samples.NIST);
    int step = Samples.count(1) > 1 ? 1 : 13;
    for (int i = 0; i < text.length(); i += step) {
      char changed = (char) (text.charAt(i) ^ 1);
      EarCheck check = check(text.substring(0, i) + changed + text.substring(i + 1));
      assertThat(check).as("character " + i).isNotInstanceOf(EarCheck.Verified.class);
    }
  }

  @Test
  void the_twin_of_a_signature_on_p256_is_refused() {
    String text = made(Samples.NIST);
    int last = text.lastIndexOf('.') + 1;
    byte[] signature = Base64.getUrlDecoder().decode(text.substring(last));
    byte[] twin = signature.clone();
    byte[] other = NistCurve.ORDER.subtract(new BigInteger(1, signature, 32, 32)).toByteArray();
    Arrays.fill(twin, 32, 64, (byte) 0);
    int length = Math.min(32, other.length);
    System.arraycopy(other, other.length - length, twin, 64 - length, length);
    refused(
        check(
            text.substring(0, last) + Base64.getUrlEncoder().withoutPadding().encodeToString(twin)),
        "signature");
  }

  @Test
  void what_is_no_token_is_malformed() {
    for (String text :
        List.of("", "a", "a.b", "a.b.c", "....", "é.é.é", "e30.e30.", "bnVsbA.e30.")) {
      assertThat(check(text)).as(text).isInstanceOf(EarCheck.Malformed.class);
    }
    assertThat(check("a".repeat(EarVerifier.LONGEST + 1)))
        .isInstanceOfSatisfying(
            EarCheck.Malformed.class,
            malformed ->
                assertThat(malformed.problem().code()).isEqualTo(ErrorCode.INPUT_TOO_LARGE));
  }

  @Test
  void every_reason_that_the_catalogue_has_is_one_that_these_tests_reach() {
    assertThat(MessageCatalogue.in(Locale.ENGLISH).keys())
        .filteredOn(key -> key.startsWith("reason.ear-"))
        .extracting(key -> key.replace("reason.ear-", ""))
        .containsExactlyInAnyOrder(
            "key-unknown",
            "algorithm",
            "type",
            "critical",
            "signature",
            "profile",
            "no-expiry",
            "not-yet",
            "expired",
            "nonce",
            "nonce-unchecked");
  }
}
