package dev.holdfast.trust;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever comes, and whatever a trusted key signs: an answer, and never an exception. */
final class EarFuzzTest {
  private static final EarVerifier VERIFIER = EarSamples.verifier(EarProfile.DEFAULT);

  @FuzzTest
  void any_text_is_answered(byte[] octets) {
    assertThat(VERIFIER.check(new String(octets, ISO_8859_1), "fuzz", EarSamples.NOW, null))
        .isNotInstanceOf(EarCheck.Verified.class);
  }

  @FuzzTest
  void any_claims_that_are_signed_are_answered(byte[] octets) {
    String text =
        EarSamples.signed(
            Samples.EDWARDS,
            EarSamples.header(Samples.EDWARDS, "EdDSA"),
            new String(octets, UTF_8));
    if (VERIFIER.check(text, "fuzz", EarSamples.NOW, null) instanceof EarCheck.Verified verified) {
      assertThat(EarJson.write(verified.ear(), EarProfile.DEFAULT).members()).isNotEmpty();
    }
  }
}
