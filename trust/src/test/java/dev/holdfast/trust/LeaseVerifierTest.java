package dev.holdfast.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.CompactJws;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LeaseVerifierTest {
  private static final LeaseVerifier VERIFIER =
      new LeaseVerifier(LeaseSamples.keys(), EarProfile.DEFAULT, LeaseVerifier.USUAL_SKEW);
  private static final String TEXT = LeaseSamples.made(LeaseSamples.ISSUER);
  private static final String CLAIMS = claims(TEXT);

  private static String claims(String text) {
    return EarSamples.json(
        CompactJws.parse(text, "lease", EarVerifier.LONGEST, ErrorCode.MALFORMED_RESULT).payload());
  }

  private static LeaseCheck check(String text) {
    return at(text, LeaseSamples.NOW);
  }

  private static LeaseCheck at(String text, Instant at) {
    return VERIFIER.check(text, "lease", LeaseSamples.AUDIENCE, at);
  }

  private static void refused(LeaseCheck check, String code) {
    assertThat(check)
        .isInstanceOfSatisfying(LeaseCheck.Refused.class, refused -> said(refused.reason(), code));
  }

  static void said(Reason reason, String code) {
    assertThat(reason.code()).isEqualTo("reason." + code);
    MessageCatalogue.LANGUAGES.forEach(language -> {
      String sentence = MessageCatalogue.in(language).say(reason.code(), reason.arguments());
      assertThat(sentence).doesNotContain("{");
      reason.arguments().forEach(argument -> assertThat(sentence).contains(argument));
    });
  }

  /** What the issuer signs, whatever it is. */
  private static String signed(String claims) {
    return EarSamples.signed(
        LeaseSamples.ISSUER, EarSamples.header(LeaseSamples.ISSUER, "EdDSA"), claims);
  }

  /** A signed lease in which one piece of text stands for another. */
  private static String bent(String old, String other) {
    assertThat(CLAIMS).contains(old);
    return signed(CLAIMS.replaceFirst(Pattern.quote(old), other));
  }

  private static void malformed(String text, String hint) {
    assertThat(check(text))
        .isInstanceOfSatisfying(
            LeaseCheck.Malformed.class,
            malformed -> assertThat(malformed.problem().sentence()).contains(hint));
  }

  @Test
  void a_lease_comes_back_as_it_was_made_whatever_the_kinds_of_its_keys() {
    for (FixedKey issuer : List.of(Samples.EDWARDS, Samples.NIST)) {
      for (FixedKey host : List.of(LeaseSamples.HOST, FixedKey.ed25519("another host"))) {
        Lease lease = LeaseSamples.lease(host.publicKey(), LeaseSamples.ISSUED.plusSeconds(60));
        String text = new LeaseMaker(issuer, EarProfile.DEFAULT, EarSamples.VERIFIER).make(lease);
        assertThat(at(text, LeaseSamples.ISSUED))
            .isEqualTo(
                new LeaseCheck.Good(lease, issuer.publicKey(), Sha256.of(text.getBytes(US_ASCII))));
      }
    }
  }

  @Test
  void a_lease_is_a_result_that_any_reader_of_results_can_read() {
    assertThat(EarSamples.verifier(EarProfile.DEFAULT).check(TEXT, "ear", LeaseSamples.NOW, null))
        .isInstanceOfSatisfying(
            EarCheck.Verified.class,
            verified -> {
              assertThat(verified.ear().status()).isEqualTo(TrustTier.AFFIRMING);
              assertThat(verified.ear().submodules()).containsOnlyKeys("chip-0", "chip-1");
              assertThat(verified.ear().others()).contains("aud", "cnf", "jti", "nbf", "sub");
            });
  }

  @Test
  void a_result_that_is_no_lease_is_refused() {
    refused(
        check(new EarMaker(LeaseSamples.ISSUER, EarProfile.DEFAULT).make(fresh())),
        "lease-incomplete");
    for (String name : List.of("jti", "sub", "aud", "nbf", "cnf", "ear_holdfast_site")) {
      refused(check(bent("\"" + name + "\":", "\"x-" + name + "\":")), "lease-incomplete");
    }
    refused(check(bent("\"ear_holdfast_licences\":", "\"other_licences\":")), "lease-incomplete");
    refused(
        check(bent("\"ear_holdfast_checkpoint\":", "\"other_checkpoint\":")), "lease-incomplete");
  }

  private static Ear fresh() {
    Ear ear = EarSamples.ear();
    return Ear.of(
        ear.verifier(),
        LeaseSamples.ISSUED,
        LeaseSamples.ISSUED.plusSeconds(900),
        ear.submodules(),
        null);
  }

  @Test
  void a_lease_is_for_one_audience() {
    refused(VERIFIER.check(TEXT, "lease", "another.example", LeaseSamples.NOW), "lease-audience");
    refused(VERIFIER.check(TEXT, "lease", "", LeaseSamples.NOW), "lease-audience");
    malformed(
        bent("\"aud\":\"slurm.berlin.example\"", "\"aud\":[\"slurm.berlin.example\"]"), "aud");
  }

  @Test
  void a_lease_counts_for_its_time_give_or_take_the_skew_of_clocks() {
    Instant end = LeaseSamples.ISSUED.plusSeconds(3600);
    assertThat(at(TEXT, LeaseSamples.ISSUED.minusSeconds(60))).isInstanceOf(LeaseCheck.Good.class);
    refused(at(TEXT, LeaseSamples.ISSUED.minusSeconds(61)), "ear-not-yet");
    assertThat(at(TEXT, end.plusSeconds(59))).isInstanceOf(LeaseCheck.Good.class);
    refused(at(TEXT, end.plusSeconds(60)), "ear-expired");
    LeaseVerifier strict =
        new LeaseVerifier(LeaseSamples.keys(), EarProfile.DEFAULT, Duration.ZERO);
    refused(strict.check(TEXT, "lease", LeaseSamples.AUDIENCE, end), "ear-expired");
    String later = bent("\"nbf\":1772359200", "\"nbf\":1772361000");
    refused(at(later, LeaseSamples.NOW), "lease-not-yet");
    assertThat(at(later, Instant.ofEpochSecond(1772361000 - 60)))
        .isInstanceOf(LeaseCheck.Good.class);
  }

  @Test
  void nobody_may_say_that_clocks_are_further_apart_than_five_minutes() {
    for (Duration skew : List.of(Duration.ofSeconds(-1), Duration.ofSeconds(301))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new LeaseVerifier(LeaseSamples.keys(), EarProfile.DEFAULT, skew));
    }
  }

  @Test
  void a_lease_of_more_than_an_hour_is_refused_however_it_is_spelled() {
    refused(check(bent("\"exp\":1772362800", "\"exp\":1772362801")), "lease-too-long");
    refused(check(bent("\"nbf\":1772359200", "\"nbf\":1772359199")), "lease-too-long");
    refused(check(bent("\"exp\":1772362800", "\"exp\":9007199254740991")), "lease-too-long");
    refused(check(bent("\"exp\":1772362800,", "")), "ear-no-expiry");
    malformed(bent("\"exp\":1772362800", "\"exp\":1772359200"), "expires after");
  }

  @Test
  void the_holder_is_a_public_key_and_nothing_else() {
    String confirmation = CLAIMS.replaceFirst(".*(\"cnf\":\\{\"jwk\":\\{[^}]*\\}\\}).*", "$1");
    assertThat(confirmation).startsWith("\"cnf\":{\"jwk\":{\"crv\":\"P-256\",\"kty\":\"EC\"");
    refused(check(bent(confirmation, "\"cnf\":{\"kid\":\"x\"}")), "lease-holder");
    refused(check(bent("\"cnf\":{", "\"cnf\":{\"kid\":\"x\",")), "lease-holder");
    refused(check(bent("\"kty\":\"EC\"", "\"kty\":\"RSA\"")), "lease-holder");
    malformed(bent("\"kty\":\"EC\"", "\"kty\":\"EC\",\"d\":\"AAAA\""), "private key");
    malformed(bent(confirmation, "\"cnf\":\"x\""), "cnf");
    malformed(bent("\"x\":\"", "\"x\":\"AA"), "cnf/jwk/x");
    malformed(bent("\"x\":\"", "\"x\":\"*"), "cnf/jwk/x");
    String other = FixedKey.ed25519("somebody else").publicKey().id().hex();
    refused(
        check(signed(CLAIMS.replace(LeaseSamples.HOST.publicKey().id().hex(), other))),
        "lease-chip");
  }

  @Test
  void every_chip_is_affirmed() {
    String bad =
        CLAIMS
            .replaceFirst("\"ear_status\":\"affirming\"", "\"ear_status\":\"warning\"")
            .replaceFirst("\"ear_status\":\"affirming\"", "\"ear_status\":\"warning\"");
    refused(check(signed(bad)), "lease-chip");
    refused(check(bent("\"ear_holdfast_chip\":\"chip-0\",", "")), "lease-chip");
    refused(check(bent("\"ear_holdfast_simulated\":true,", "")), "lease-chip");
  }

  @Test
  void a_lease_cites_a_checkpoint_and_names_site_and_licences() {
    String checkpoint = CLAIMS.replaceFirst(".*\"ear_holdfast_checkpoint\":(\"[^\"]*\").*", "$1");
    for (String wrong :
        List.of("\"\"", "\"x\"", "\"a\\nb\\nc\\n\\n\"", "\"a\\n\\n\u2014 b c\\n\"")) {
      malformed(signed(CLAIMS.replace(checkpoint, wrong)), "checkpoint");
    }
    malformed(signed(CLAIMS.replace(checkpoint, "\"" + "a".repeat(20_000) + "\"")), "checkpoint");
    malformed(
        bent("\"ear_holdfast_licences\":[\"L-1\"]", "\"ear_holdfast_licences\":[]"), "licence");
    malformed(
        bent("\"ear_holdfast_licences\":[\"L-1\"]", "\"ear_holdfast_licences\":[1]"), "licences");
    malformed(bent("\"ear_holdfast_site\":\"hall\"", "\"ear_holdfast_site\":\" \""), "site");
    malformed(bent("\"sub\":\"rack-7\"", "\"sub\":7"), "sub");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "ES256", "RS256", "eddsa"})
  void the_algorithm_follows_from_the_key(String algorithm) {
    String text =
        EarSamples.signed(
            LeaseSamples.ISSUER, EarSamples.header(LeaseSamples.ISSUER, algorithm), CLAIMS);
    refused(check(text), "ear-algorithm");
    refused(check(text.substring(0, text.lastIndexOf('.') + 1)), "ear-algorithm");
  }

  @Test
  void the_key_is_found_by_its_id_so_that_keys_can_be_changed() {
    assertThat(check(LeaseSamples.made(Samples.NIST))).isInstanceOf(LeaseCheck.Good.class);
    FixedKey stranger = FixedKey.ed25519("a stranger");
    refused(check(LeaseSamples.made(stranger)), "ear-key-unknown");
    refused(
        check(EarSamples.signed(stranger, EarSamples.header(LeaseSamples.ISSUER, "EdDSA"), CLAIMS)),
        "ear-signature");
    LeaseVerifier after =
        new LeaseVerifier(
            KeyRing.of(List.of(Samples.NIST.publicKey())), EarProfile.DEFAULT, Duration.ZERO);
    refused(after.check(TEXT, "lease", LeaseSamples.AUDIENCE, LeaseSamples.NOW), "ear-key-unknown");
  }

  @Test
  void names_that_come_twice_and_base64_of_another_spelling_are_malformed() {
    malformed(signed(CLAIMS.replaceFirst("\\{", "{\"aud\":\"other\",")), "aud");
    malformed(signed("{\"aud\":1"), "lease");
    malformed(TEXT + "=", "base64url");
    malformed(TEXT.replaceFirst("\\.", ".*"), "base64url");
    malformed("a".repeat(EarVerifier.LONGEST + 1), "characters");
    String twice =
        "{\"alg\":\"none\",\"alg\":\"EdDSA\",\"kid\":\""
            + LeaseSamples.ISSUER.publicKey().id()
            + "\",\"typ\":\"eat+jwt\"}";
    malformed(EarSamples.signed(LeaseSamples.ISSUER, twice, CLAIMS), "alg");
  }

  @Test
  void any_changed_character_is_refused() {
    int step = Samples.count(1) > 1 ? 1 : 13;
    for (int i = 0; i < TEXT.length(); i += step) {
      char changed = (char) (TEXT.charAt(i) ^ 1);
      assertThat(check(TEXT.substring(0, i) + changed + TEXT.substring(i + 1)))
          .as("character " + i)
          .isNotInstanceOf(LeaseCheck.Good.class);
    }
  }

  @Test
  void a_lease_that_cannot_be_is_not_made() {
    Lease good = LeaseSamples.lease();
    for (Duration length :
        List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(3601))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> LeaseSamples.lease(good.key(), good.issued().plus(length)));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeaseSamples.lease(good.key(), good.issued().plusMillis(1500)));
  }

  @Test
  void a_set_of_keys_is_read_as_it_was_written_and_private_or_misnamed_keys_are_refused() {
    KeyRing keys = LeaseSamples.keys();
    String text = EarSamples.json(JsonWebKeySet.write(keys.keys().values()));
    assertThat(JsonWebKeySet.read(text.getBytes(UTF_8), "set")).isEqualTo(keys);
    String rsa = "{\"kty\":\"RSA\",\"kid\":\"x\",\"n\":\"AQAB\",\"e\":\"AQAB\"},";
    String more = text.replace("\"keys\":[", "\"keys\":[" + rsa);
    assertThat(JsonWebKeySet.read(more.getBytes(UTF_8), "set")).isEqualTo(keys);
    for (String wrong :
        List.of(
            "{}",
            "[]",
            "{\"keys\":[]}",
            "{\"keys\":[" + rsa.substring(0, rsa.length() - 1) + "]}",
            text.replace("\"kid\":\"", "\"kid\":\"0"),
            text.replace("\"crv\":", "\"d\":\"AA\",\"crv\":"),
            text.replace("\"use\":\"sig\"", "\"use\":\"enc\""))) {
      assertThat(catchThrowable(() -> JsonWebKeySet.read(wrong.getBytes(UTF_8), "set")))
          .as(wrong)
          .isInstanceOf(CodedException.class);
    }
  }

  @Test
  void every_reason_that_the_catalogue_has_is_one_that_somebody_gives() {
    assertThat(MessageCatalogue.in(Locale.ENGLISH).keys())
        .filteredOn(key -> key.startsWith("reason.lease-"))
        .extracting(key -> key.replace("reason.lease-", ""))
        .containsExactlyInAnyOrder(
            "incomplete",
            "audience",
            "too-long",
            "not-yet",
            "holder",
            "chip",
            "host",
            "simulated",
            "checkpoint");
  }
}
