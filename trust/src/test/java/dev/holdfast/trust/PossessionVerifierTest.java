package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.trust.PossessionProof.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PossessionVerifierTest {
  private static final PossessionVerifier VERIFIER =
      new PossessionVerifier(LeaseVerifier.USUAL_SKEW);
  private static final FixedKey HOST = LeaseSamples.HOST;
  private static final PossessionProof PROOF = LeaseSamples.proof("a lease");
  private static final String CLAIMS =
      "{\"aud\":\"slurm.berlin.example\",\"iat\":1772359800,\"nonce\":\"a nonce of the prolog\","
          + "\"sha256\":\""
          + PROOF.about()
          + "\"}";

  private static PossessionCheck check(String text, PossessionProof expected) {
    return VERIFIER.check(text, "proof", HOST.publicKey(), expected);
  }

  private static PossessionCheck check(String text) {
    return check(text, PROOF);
  }

  private static void refused(PossessionCheck check, String code) {
    assertThat(check)
        .isInstanceOfSatisfying(
            PossessionCheck.Refused.class,
            refused -> LeaseVerifierTest.said(refused.reason(), "possession-" + code));
  }

  private static String header(FixedKey key, String algorithm, String type) {
    return EarSamples.header(key, algorithm).replace("eat+jwt", type);
  }

  private static String signed(String claims) {
    return EarSamples.signed(HOST, header(HOST, "ES256", "holdfast-pop+jwt"), claims);
  }

  private static PossessionProof at(Instant at) {
    return new PossessionProof(PROOF.purpose(), PROOF.audience(), PROOF.nonce(), PROOF.about(), at);
  }

  @Test
  void who_has_the_key_can_prove_it() {
    assertThat(check(PROOF.sign(HOST))).isEqualTo(new PossessionCheck.Good(PROOF));
    assertThat(check(signed(CLAIMS))).isEqualTo(new PossessionCheck.Good(PROOF));
    FixedKey edwards = FixedKey.ed25519("another host");
    assertThat(VERIFIER.check(PROOF.sign(edwards), "proof", edwards.publicKey(), PROOF))
        .isInstanceOf(PossessionCheck.Good.class);
  }

  @Test
  void who_has_another_key_cannot() {
    FixedKey other = FixedKey.p256("a thief");
    refused(check(PROOF.sign(other)), "key");
    refused(
        check(EarSamples.signed(other, header(HOST, "ES256", "holdfast-pop+jwt"), CLAIMS)),
        "signature");
  }

  @Test
  void a_proof_is_about_one_lease_for_one_audience_under_one_nonce() {
    String text = PROOF.sign(HOST);
    refused(check(text, LeaseSamples.proof("another lease")), "other");
    refused(
        check(
            text,
            new PossessionProof(
                Purpose.LEASE, "another", PROOF.nonce(), PROOF.about(), PROOF.at())),
        "audience");
    refused(
        check(
            text,
            new PossessionProof(
                Purpose.LEASE, PROOF.audience(), "another nonce", PROOF.about(), PROOF.at())),
        "nonce");
    refused(
        check(
            text,
            new PossessionProof(
                Purpose.REQUEST, PROOF.audience(), PROOF.nonce(), PROOF.about(), PROOF.at())),
        "type");
  }

  @Test
  void a_proof_is_of_the_last_two_minutes_give_or_take_the_skew_of_clocks() {
    String text = PROOF.sign(HOST);
    assertThat(check(text, at(PROOF.at().plusSeconds(180))))
        .isInstanceOf(PossessionCheck.Good.class);
    refused(check(text, at(PROOF.at().plusSeconds(181))), "old");
    assertThat(check(text, at(PROOF.at().minusSeconds(60))))
        .isInstanceOf(PossessionCheck.Good.class);
    refused(check(text, at(PROOF.at().minusSeconds(61))), "not-yet");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PossessionVerifier(Duration.ofMinutes(6)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "EdDSA", "RS256", "es256"})
  void the_algorithm_follows_from_the_key(String algorithm) {
    String text = EarSamples.signed(HOST, header(HOST, algorithm, "holdfast-pop+jwt"), CLAIMS);
    refused(check(text), "algorithm");
    refused(check(text.substring(0, text.lastIndexOf('.') + 1)), "algorithm");
  }

  @Test
  void the_header_is_that_of_a_proof() {
    refused(check(EarSamples.signed(HOST, header(HOST, "ES256", "eat+jwt"), CLAIMS)), "type");
    String critical = header(HOST, "ES256", "holdfast-pop+jwt").replace("{", "{\"crit\":[\"x\"],");
    refused(check(EarSamples.signed(HOST, critical, CLAIMS)), "critical");
  }

  @Test
  void what_is_no_proof_is_malformed() {
    for (String text :
        List.of(
            "",
            "a.b.c",
            "a".repeat(PossessionVerifier.LONGEST + 1),
            signed("{}"),
            signed("[]"),
            signed(CLAIMS.replace("{", "{\"more\":1,")),
            signed(CLAIMS.replace("{", "{\"aud\":\"x\",")),
            signed(CLAIMS.replace("1772359800", "\"now\"")),
            signed(CLAIMS.replace(PROOF.about().hex(), "00")),
            signed(CLAIMS.replace("a nonce of the prolog", "short")),
            PROOF.sign(HOST) + "=")) {
      assertThat(check(text)).as(text).isInstanceOf(PossessionCheck.Malformed.class);
    }
  }

  @Test
  void every_reason_that_the_catalogue_has_is_one_that_these_tests_reach() {
    assertThat(MessageCatalogue.in(Locale.ENGLISH).keys())
        .filteredOn(key -> key.startsWith("reason.possession-"))
        .extracting(key -> key.replace("reason.possession-", ""))
        .containsExactlyInAnyOrder(
            "key",
            "algorithm",
            "type",
            "critical",
            "signature",
            "audience",
            "nonce",
            "other",
            "not-yet",
            "old");
  }
}
