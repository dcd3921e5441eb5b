package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EatVerifierTest {
  private static EatCheck check(TokenMaker maker) {
    return check(maker, TokenMaker.expected());
  }

  private static EatCheck check(TokenMaker maker, EatExpectations expected) {
    return EatVerifier.check(maker.make(), "token", expected);
  }

  private static EatCheck bent(Consumer<TokenMaker> bend) {
    TokenMaker maker = TokenMaker.ofChips(2);
    bend.accept(maker);
    return check(maker);
  }

  /** Refused, for these reasons and no others; each can be said in every language. */
  private static void refused(EatCheck check, String... codes) {
    assertThat(check).isInstanceOf(EatCheck.Refused.class);
    said(check, codes);
  }

  private static void said(EatCheck check, String... codes) {
    assertThat(check.reasons())
        .extracting(reason -> reason.code().replace("reason.token-", ""))
        .containsExactlyInAnyOrder(codes);
    MessageCatalogue.LANGUAGES.forEach(language -> {
      MessageCatalogue catalogue = MessageCatalogue.in(language);
      for (Reason reason : check.reasons()) {
        String sentence = catalogue.say(reason.code(), reason.arguments());
        assertThat(sentence).doesNotContain("{");
        reason.arguments().forEach(argument -> assertThat(sentence).contains(argument));
      }
    });
  }

  @Test
  void a_sound_token_is_verified_and_says_what_the_service_said() {
    EatCheck check = check(TokenMaker.ofChips(2));
    assertThat(check)
        .isInstanceOfSatisfying(
            EatCheck.Verified.class,
            verified -> {
              assertThat(verified.keys()).containsExactly("kid-one");
              assertThat(verified.reasons()).isEmpty();
            });
    EatToken token = check.token();
    assertThat(token.attested()).isTrue();
    assertThat(token.version()).isEqualTo("3.0");
    assertThat(token.common())
        .isEqualTo(
            new TokenClaims(
                EatExpectations.NVIDIA,
                TokenMaker.ISSUED,
                TokenMaker.ISSUED,
                TokenMaker.ISSUED.plusSeconds(3_600),
                TokenMaker.NONCE));
    assertThat(token.chips()).containsOnlyKeys("GPU-0", "GPU-1");
    ChipClaims chip = token.chips().values().iterator().next();
    assertThat(chip.ueid()).isEqualTo(new Alias(Alias.Kind.UEID, "47817637928608218660"));
    assertThat(chip.flags())
        .containsOnlyKeys("x-nvidia-gpu-arch-check", "x-nvidia-gpu-attestation-report-nonce-match");
    assertThat(chip.others()).containsExactly("jti", "x-nvidia-attestation-warning");
  }

  @Test
  void what_nobody_could_check_is_said_and_without_keys_nothing_is_verified() {
    EatExpectations bare = EatExpectations.at(TokenMaker.NOW);
    EatCheck unsigned = check(TokenMaker.ofChips(1), bare);
    assertThat(unsigned).isInstanceOf(EatCheck.NotChecked.class);
    said(unsigned, "signature-unchecked", "nonce-unchecked");
    EatCheck withKeys = check(TokenMaker.ofChips(1), bare.with(TokenMaker.keys(TokenMaker.KEY)));
    assertThat(withKeys).isInstanceOf(EatCheck.Verified.class);
    said(withKeys, "nonce-unchecked");
    EatCheck late =
        check(TokenMaker.ofChips(1), EatExpectations.at(Instant.parse("2027-01-01T00:00:00Z")));
    refused(late, "expired", "expired", "signature-unchecked", "nonce-unchecked");
  }

  @Test
  void a_submodule_must_be_the_one_that_is_named() {
    refused(
        bent(maker -> maker.digests.put("GPU-2", digest("00".repeat(32)))), "submodule-missing");
    refused(bent(maker -> maker.digests.put("GPU-1", "")), "submodule-unnamed");
    refused(bent(maker -> maker.digests.put("GPU-1", digest("00".repeat(32)))), "digest");
    TokenMaker another = TokenMaker.ofChips(1);
    String text = another.sign(another.chip(0));
    refused(bent(maker -> maker.swapped = old -> text), "digest", "digest", "same-chip");
  }

  private static List<Object> digest(String hex) {
    return List.of("DIGEST", List.of("SHA-256", hex));
  }

  @Test
  void two_submodules_may_not_change_places() {
    TokenMaker maker = TokenMaker.ofChips(2);
    String first = maker.sign(maker.chip(0));
    String second = maker.sign(maker.chip(1));
    Map<String, Object> claims = new LinkedHashMap<>(maker.overall);
    claims.put(
        "submods",
        Map.of(
            "GPU-0", digest(TokenMaker.sha256(first)), "GPU-1", digest(TokenMaker.sha256(second))));
    byte[] octets = TokenMaker.bundle(maker.sign(claims), Map.of("GPU-0", second, "GPU-1", first));
    refused(EatVerifier.check(octets, "token", TokenMaker.expected()), "digest", "digest");
  }

  @Test
  void only_the_reader_says_which_keys_count() {
    EatExpectations expected = TokenMaker.expected();
    TokenMaker sound = TokenMaker.ofChips(1);
    refused(
        check(sound, expected.with(TokenMaker.keys(TokenMaker.OTHER_KEY))),
        "key-unknown",
        "key-unknown");
    ECKey impostor = TokenMaker.key(Curve.P_384, "kid-one");
    refused(check(sound, expected.with(TokenMaker.keys(impostor))), "signature", "signature");
    ECKey small = TokenMaker.key(Curve.P_256, "kid-one");
    refused(check(sound, expected.with(TokenMaker.keys(small))), "key-unfit", "key-unfit");
    refused(
        bent(maker -> maker.header = new JWSHeader(JWSAlgorithm.ES384)),
        "key-unnamed",
        "key-unnamed",
        "key-unnamed");
    // The header brings a key of the forger's, which would fit.
    refused(
        bent(maker -> {
          maker.header =
              new JWSHeader.Builder(JWSAlgorithm.ES384)
                  .keyID("kid-one")
                  .jwk(impostor.toPublicJWK())
                  .build();
          maker.signer = TokenMaker.signer(impostor);
        }),
        "signature",
        "signature",
        "signature");
  }

  @Test
  void only_es384_is_taken() throws JOSEException {
    MACSigner hmac = new MACSigner(TokenMaker.KEY.toECPublicKey().getEncoded());
    refused(
        bent(maker -> {
          maker.header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("kid-one").build();
          maker.signer = hmac;
        }),
        "algorithm",
        "algorithm",
        "algorithm");
    ECKey small = TokenMaker.key(Curve.P_256, "kid-one");
    refused(
        bent(maker -> {
          maker.header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("kid-one").build();
          maker.signer = TokenMaker.signer(small);
        }),
        "algorithm",
        "algorithm",
        "algorithm");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"alg\":\"none\",\"kid\":\"kid-one\"}', algorithm",
    "'{\"alg\":\"es384\",\"kid\":\"kid-one\"}', algorithm",
    "'{\"alg\":\"ES384\",\"kid\":\"kid-one\",\"crit\":[\"b64\"],\"b64\":false}', critical",
    "'{\"alg\":\"ES384\",\"kid\":\"kid-one\"}', signature"
  })
  void a_header_that_was_put_in_place_of_the_signed_one_is_refused(String header, String code) {
    String first = Base64URL.encode(header).toString();
    refused(
        bent(maker -> maker.submodule = text -> first + text.substring(text.indexOf('.'))),
        code,
        code);
    // Without a signature at all.
    refused(
        bent(maker ->
            maker.submodule =
                text -> first + text.substring(text.indexOf('.'), text.lastIndexOf('.') + 1)),
        code,
        code);
  }

  @Test
  void a_type_in_the_header_does_not_matter() {
    assertThat(
            bent(maker ->
                maker.header =
                    new JWSHeader.Builder(JWSAlgorithm.ES384)
                        .keyID("kid-one")
                        .type(JOSEObjectType.JWT)
                        .build()))
        .isInstanceOf(EatCheck.Verified.class);
  }

  @Test
  void a_token_counts_for_its_time_only_give_or_take_the_tolerance() {
    TokenMaker maker = TokenMaker.ofChips(1);
    EatExpectations exact = TokenMaker.expected().withTolerance(Duration.ZERO);
    Instant end = TokenMaker.ISSUED.plusSeconds(3_600);
    assertThat(check(maker, at(exact, TokenMaker.ISSUED))).isInstanceOf(EatCheck.Verified.class);
    assertThat(check(maker, at(exact, end.minusMillis(1)))).isInstanceOf(EatCheck.Verified.class);
    refused(check(maker, at(exact, end)), "expired", "expired");
    refused(check(maker, at(exact, TokenMaker.ISSUED.minusMillis(1))), "not-yet", "not-yet");
    EatExpectations loose = exact.withTolerance(Duration.ofMinutes(1));
    assertThat(check(maker, at(loose, end.plusSeconds(59)))).isInstanceOf(EatCheck.Verified.class);
    assertThat(check(maker, at(loose, TokenMaker.ISSUED.minusSeconds(60))))
        .isInstanceOf(EatCheck.Verified.class);
    refused(check(maker, at(loose, end.plusSeconds(60))), "expired", "expired");
  }

  private static EatExpectations at(EatExpectations expected, Instant at) {
    return new EatExpectations(
        at, expected.keys(), expected.nonce(), expected.issuer(), expected.tolerance());
  }

  @Test
  void times_of_each_part_count() {
    long issued = TokenMaker.ISSUED.getEpochSecond();
    refused(bent(maker -> maker.chip(1).put("exp", issued + 10)), "expired");
    refused(bent(maker -> maker.overall.put("exp", issued)), "never-valid");
    refused(bent(maker -> maker.chip(0).put("nbf", issued + 3_000)), "not-yet");
    refused(bent(maker -> maker.chip(0).put("iat", issued + 3_000)), "not-yet");
    assertThat(bent(maker -> maker.overall.remove("nbf"))).isInstanceOf(EatCheck.Verified.class);
  }

  @Test
  void issuer_and_nonce_must_be_the_expected_ones_in_every_part() {
    refused(bent(maker -> maker.overall.put("iss", "https://elsewhere.example")), "issuer");
    refused(bent(maker -> maker.chip(1).put("iss", "https://elsewhere.example")), "issuer");
    refused(bent(maker -> maker.chip(1).put("eat_nonce", "11".repeat(32))), "nonces-differ");
    refused(bent(maker -> maker.chip(1).remove("eat_nonce")), "nonces-differ");
    refused(
        bent(maker -> maker.overall.put("eat_nonce", "11".repeat(32))),
        "nonce",
        "nonces-differ",
        "nonces-differ");
    refused(
        bent(maker -> maker.overall.remove("eat_nonce")),
        "nonce",
        "nonces-differ",
        "nonces-differ");
    EatExpectations elsewhere = TokenMaker.expected().withIssuer("https://elsewhere.example");
    refused(check(TokenMaker.ofChips(1), elsewhere), "issuer", "issuer");
  }

  @Test
  void a_genuine_token_that_speaks_against_a_chip_is_not_good() {
    refused(bent(maker -> maker.overall.put("x-nvidia-overall-att-result", false)), "failed");
    refused(bent(maker -> maker.overall.remove("x-nvidia-overall-att-result")), "failed");
    refused(bent(maker -> maker.chip(0).put("measres", "fail")), "measurements");
    refused(bent(maker -> maker.chip(0).put("measres", null)), "measurements");
    refused(bent(maker -> maker.chip(0).put("secboot", false)), "against");
    refused(bent(maker -> maker.chip(0).put("dbgstat", "enabled")), "against");
    refused(bent(maker -> maker.chip(0).put("x-nvidia-gpu-arch-check", false)), "against");
    assertThat(bent(maker -> maker.chip(0).put("secboot", null)))
        .isInstanceOf(EatCheck.Verified.class);
  }

  @Test
  void one_chip_does_not_count_for_two() {
    refused(bent(maker -> maker.chip(1).put("ueid", maker.chip(0).get("ueid"))), "same-chip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"comparison-successful", "success"})
  void both_versions_of_the_claims_are_understood(String success) {
    assertThat(bent(maker -> maker.chips.values().forEach(chip -> chip.put("measres", success))))
        .isInstanceOf(EatCheck.Verified.class);
  }

  @Test
  void every_reason_that_the_catalogue_has_is_one_that_these_tests_reach() {
    assertThat(MessageCatalogue.in(Locale.ENGLISH).keys())
        .filteredOn(key -> key.startsWith("reason.token-"))
        .extracting(key -> key.replace("reason.token-", ""))
        .containsExactlyInAnyOrderElementsOf(REACHED);
  }

  private static final Set<String> REACHED =
      Set.of(
          "submodule-missing",
          "submodule-unnamed",
          "digest",
          "algorithm",
          "critical",
          "key-unnamed",
          "key-unknown",
          "key-unfit",
          "signature",
          "issuer",
          "never-valid",
          "not-yet",
          "expired",
          "nonce",
          "nonces-differ",
          "failed",
          "measurements",
          "against",
          "same-chip",
          "signature-unchecked",
          "nonce-unchecked");

  @Test
  void any_changed_character_of_a_sound_token_is_seen() {
    byte[] octets = TokenMaker.ofChips(1).make();
    int step = Counts.thorough() ? 1 : 29;
    for (int i = 0; i < octets.length; i += step) {
      byte[] changed = octets.clone();
      changed[i] ^= 1;
      assertThat(outcome(changed)).as("octet " + i).isNotEqualTo("Verified");
    }
  }

  private static String outcome(byte[] octets) {
    try {
      return EatVerifier.check(octets, "token", TokenMaker.expected()).getClass().getSimpleName();
    } catch (CodedException e) {
      return e.problem().code().code();
    }
  }

  @Test
  void what_begins_as_a_token_does_looks_like_one() {
    assertThat(EatVerifier.looksLikeToken(TokenMaker.ofChips(1).make())).isTrue();
    assertThat(EatVerifier.looksLikeToken(" [\n\t[ \"JWT\" , 1".getBytes(UTF_8))).isTrue();
    for (String other :
        List.of("", "[", "[[", "[[\"JW", "{\"JWT\":1}", "[\"JWT\"]", "x[[\"JWT\"")) {
      assertThat(EatVerifier.looksLikeToken(other.getBytes(UTF_8))).as(other).isFalse();
    }
  }
}
