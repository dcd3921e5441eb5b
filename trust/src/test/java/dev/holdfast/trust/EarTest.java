package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a result may say, and that it comes back as it was made. */
final class EarTest {
  @Test
  void random_results_come_back_as_they_were_made_by_either_kind_of_key() {
    SplittableRandom random = new SplittableRandom(7012);
    EarVerifier verifier = EarSamples.verifier(EarProfile.DEFAULT);
    for (int i = 0; i < Samples.count(40); i++) {
      Ear ear = EarSamples.random(random);
      for (FixedKey key : List.of(Samples.EDWARDS, Samples.NIST)) {
        String text = new EarMaker(key, EarProfile.DEFAULT).make(ear);
        assertThat(verifier.check(text, "ear", ear.issuedAt(), ear.nonce()))
            .as("result " + i)
            .isInstanceOfSatisfying(
                EarCheck.Verified.class,
                verified -> {
                  assertThat(verified.ear()).isEqualTo(ear);
                  assertThat(verified.key()).isEqualTo(key.publicKey());
                  assertThat(verified.reasons()).hasSize(ear.nonce() == null ? 1 : 0);
                });
      }
    }
  }

  @Test
  void its_claims_are_spelled_as_the_profile_has_them() {
    assertThat(EarSamples.json(EarJson.write(EarSamples.ear(), EarProfile.DEFAULT)))
        .startsWith(
            "{\"ear_status\":\"warning\",\"ear_verifier_id\":{\"build\":\"holdfast"
                + " 1\",\"developer\":\"https://verifier.example\"},\"eat_nonce\":\"a nonce of"
                + " somebody\",\"eat_profile\":\"tag:ietf.org,2026:rats/ear#05\",\"exp\":1772359800,"
                + "\"iat\":1772359200,\"submods\":{\"GPU-0\":{\"ear_appraisal_policy_ids\":"
                + "[\"https://verifier.example/policy/1\"],\"ear_holdfast_binding\":"
                + "\"chip-evidence\",\"ear_holdfast_board\":\"intact\",\"ear_holdfast_chip\":"
                + "\"rom-serial:41aabbccdd00112233\",\"ear_holdfast_key\":")
        .contains(
            "\"ear_holdfast_relay_not_excluded\":true,\"ear_holdfast_revocation_age\":10800,"
                + "\"ear_holdfast_simulated\":true,\"ear_status\":\"affirming\","
                + "\"ear_trustworthiness_vector\":{\"hardware\":2,\"instance-identity\":2}}");
  }

  @Test
  void profile_and_names_can_be_others() {
    EarProfile profile =
        EarProfile.DEFAULT
            .withUri("tag:ietf.org,2026:rats/ear#04")
            .withName(EarClaim.CHIP, "example.com/chip");
    String text = new EarMaker(Samples.EDWARDS, profile).make(EarSamples.ear());
    assertThat(EarSamples.verifier(profile).check(text, "ear", EarSamples.NOW, EarSamples.NONCE))
        .isInstanceOfSatisfying(
            EarCheck.Verified.class,
            verified -> assertThat(verified.ear()).isEqualTo(EarSamples.ear()));
    // Read under other names, what the profile calls its own is somebody else's.
    EarProfile other = EarProfile.DEFAULT.withUri("tag:ietf.org,2026:rats/ear#04");
    assertThat(EarSamples.verifier(other).check(text, "ear", EarSamples.NOW, EarSamples.NONCE))
        .isInstanceOfSatisfying(
            EarCheck.Verified.class,
            verified ->
                assertThat(verified.ear().submodules().values())
                    .allSatisfy(each -> {
                      assertThat(each.subject().chip()).isNull();
                      assertThat(each.others()).containsExactly("example.com/chip");
                    }));
  }

  @ParameterizedTest
  @CsvSource({"ear_status", "eat_nonce", "ear_holdfast_key", "ab", "''", "'a b'", "exp"})
  void a_name_is_not_one_that_is_taken(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EarProfile.DEFAULT.withName(EarClaim.CHIP, name));
  }

  @ParameterizedTest
  @CsvSource({"''", "ear", "'tag: x'", "1:2"})
  void a_profile_is_a_uri(String uri) {
    assertThatIllegalArgumentException().isThrownBy(() -> EarProfile.DEFAULT.withUri(uri));
  }

  @ParameterizedTest
  @CsvSource({
    "-128, CONTRAINDICATED",
    "-97, CONTRAINDICATED",
    "-96, WARNING",
    "-33, WARNING",
    "-32, AFFIRMING",
    "-2, AFFIRMING",
    "-1, NONE",
    "0, NONE",
    "1, NONE",
    "2, AFFIRMING",
    "31, AFFIRMING",
    "32, WARNING",
    "95, WARNING",
    "96, CONTRAINDICATED",
    "127, CONTRAINDICATED"
  })
  void every_number_lies_in_a_tier(int claim, TrustTier tier) {
    assertThat(TrustTier.of(claim)).isEqualTo(tier);
  }

  @Test
  void a_status_is_no_better_than_what_it_stands_on() {
    TreeSet<String> none = new TreeSet<>();
    Map<TrustTier, List<TrustTier>> better =
        Map.of(
            TrustTier.NONE, List.of(TrustTier.AFFIRMING),
            TrustTier.AFFIRMING, List.of(),
            TrustTier.WARNING, List.of(TrustTier.NONE, TrustTier.AFFIRMING),
            TrustTier.CONTRAINDICATED,
                List.of(TrustTier.NONE, TrustTier.AFFIRMING, TrustTier.WARNING));
    better.forEach((worst, forbidden) -> {
      TrustVector vector = TrustVector.of(Map.of(TrustClaim.HARDWARE, worst.number()));
      for (TrustTier status : TrustTier.values()) {
        if (forbidden.contains(status)) {
          assertThatIllegalArgumentException()
              .isThrownBy(
                  () -> new EarAppraisal(status, vector, List.of(), EarSubject.UNTOLD, none))
              .withMessageContaining("better");
        } else {
          assertThat(new EarAppraisal(status, vector, List.of(), EarSubject.UNTOLD, none).status())
              .isEqualTo(status);
        }
      }
    });
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Ear(
                EarSamples.ISSUED,
                null,
                EarSamples.VERIFIER,
                TrustTier.AFFIRMING,
                new TreeMap<>(Map.of("GPU-0", EarSamples.appraisal(TrustVector.WEAK))),
                null,
                null,
                none))
        .withMessageContaining("GPU-0");
  }

  @Test
  void the_status_of_all_is_that_of_the_worst() {
    assertThat(EarSamples.ear().status()).isEqualTo(TrustTier.WARNING);
    assertThat(of(TrustTier.AFFIRMING, TrustTier.NONE)).isEqualTo(TrustTier.NONE);
    assertThat(of(TrustTier.AFFIRMING, TrustTier.AFFIRMING)).isEqualTo(TrustTier.AFFIRMING);
    assertThat(of(TrustTier.NONE, TrustTier.WARNING)).isEqualTo(TrustTier.WARNING);
  }

  private static TrustTier of(TrustTier one, TrustTier two) {
    TreeMap<String, EarAppraisal> submodules = new TreeMap<>();
    for (TrustTier each : List.of(one, two)) {
      submodules.put(
          "GPU-" + submodules.size(),
          new EarAppraisal(each, null, List.of(), EarSubject.UNTOLD, new TreeSet<>()));
    }
    TrustTier status =
        Ear.of(EarSamples.VERIFIER, EarSamples.ISSUED, EarSamples.EXPIRES, submodules, null)
            .status();
    return status == null ? TrustTier.NONE : status;
  }

  @Test
  void what_cannot_be_said_is_not_made() {
    Ear sound = EarSamples.ear();
    EarMaker maker = new EarMaker(Samples.EDWARDS, EarProfile.DEFAULT);
    TreeSet<String> none = new TreeSet<>();
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            maker.make(
                new Ear(
                    sound.issuedAt(),
                    null,
                    sound.verifier(),
                    null,
                    sound.submodules(),
                    null,
                    null,
                    none)))
        .withMessageContaining("expire");
    EarAppraisal untold =
        new EarAppraisal(TrustTier.NONE, null, List.of(), EarSubject.UNTOLD, none);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            maker.make(
                Ear.of(
                    EarSamples.VERIFIER,
                    EarSamples.ISSUED,
                    EarSamples.EXPIRES,
                    new TreeMap<>(Map.of("GPU-0", untold)),
                    null)))
        .withMessageContaining("simulated");
    EarAppraisal foreign =
        new EarAppraisal(
            TrustTier.NONE, null, List.of(), EarSamples.SUBJECT, new TreeSet<>(List.of("x")));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            maker.make(
                Ear.of(
                    EarSamples.VERIFIER,
                    EarSamples.ISSUED,
                    EarSamples.EXPIRES,
                    new TreeMap<>(Map.of("GPU-0", foreign)),
                    null)))
        .withMessageContaining("others");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Ear.of(
                EarSamples.VERIFIER,
                EarSamples.EXPIRES,
                EarSamples.ISSUED,
                sound.submodules(),
                null));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Ear.of(
                EarSamples.VERIFIER,
                Instant.parse("2026-03-01T10:00:00.5Z"),
                EarSamples.EXPIRES,
                sound.submodules(),
                null));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new EarSubject(null, null, null, null, null, true, Duration.ofMillis(1_500)));
  }

  @Test
  void a_key_whose_halves_do_not_fit_makes_nothing() {
    SigningKey wrong =
        new SigningKey() {
          @Override
          public StatementKey publicKey() {
            return Samples.EDWARDS.publicKey();
          }

          @Override
          public byte[] sign(byte[] message) {
            return FixedKey.ed25519("another").sign(message);
          }
        };
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> new EarMaker(wrong, EarProfile.DEFAULT).make(EarSamples.ear()))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.KEY_MISMATCH));
  }
}
