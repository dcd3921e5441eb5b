package dev.holdfast.trust;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;

/** Whatever comes, and whatever a trusted key signs: an answer, and never an exception. */
final class LeaseFuzzTest {
  private static final LeaseVerifier VERIFIER =
      new LeaseVerifier(LeaseSamples.keys(), EarProfile.DEFAULT, LeaseVerifier.USUAL_SKEW);
  private static final PossessionVerifier PROOFS = new PossessionVerifier(LeaseVerifier.USUAL_SKEW);

  private static LeaseCheck check(String text) {
    return VERIFIER.check(text, "fuzz", LeaseSamples.AUDIENCE, LeaseSamples.NOW);
  }

  private static PossessionCheck proof(String text) {
    return PROOFS.check(text, "fuzz", LeaseSamples.HOST.publicKey(), LeaseSamples.proof("a lease"));
  }

  @FuzzTest
  void any_text_is_answered(byte[] octets) {
    String text = new String(octets, ISO_8859_1);
    assertThat(check(text)).isNotInstanceOf(LeaseCheck.Good.class);
    assertThat(proof(text)).isNotInstanceOf(PossessionCheck.Good.class);
  }

  @FuzzTest
  void any_claims_that_are_signed_are_answered(byte[] octets) {
    String claims = new String(octets, UTF_8);
    String lease =
        EarSamples.signed(
            LeaseSamples.ISSUER, EarSamples.header(LeaseSamples.ISSUER, "EdDSA"), claims);
    assertThat(check(lease)).isNotNull();
    String header =
        EarSamples.header(LeaseSamples.HOST, "ES256").replace("eat+jwt", "holdfast-pop+jwt");
    assertThat(proof(EarSamples.signed(LeaseSamples.HOST, header, claims))).isNotNull();
  }

  @FuzzTest
  void any_set_of_keys_is_read_or_refused(byte[] octets) {
    try {
      assertThat(JsonWebKeySet.read(octets, "fuzz").keys()).isNotEmpty();
    } catch (CodedException refused) {
      assertThat(refused.problem().source()).isEqualTo("fuzz");
    }
  }
}
