package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;

/** Whatever octets come: a coded error, or an envelope of the very same octets. */
final class EnvelopeFuzzTest {
  private static final StatementVerifier VERIFIER = Samples.verifier();

  @FuzzTest
  void any_octets_give_an_envelope_that_prints_them_or_a_coded_error(byte[] octets) {
    Envelope envelope;
    try {
      envelope = Envelope.parse(octets, "fuzz");
    } catch (CodedException e) {
      assertThat(e.problem().code())
          .isIn(ErrorCode.MALFORMED_ENVELOPE, ErrorCode.MALFORMED_JSON, ErrorCode.INPUT_TOO_LARGE);
      assertThat(VERIFIER.check(octets, "fuzz"))
          .isInstanceOfAny(StatementCheck.Malformed.class, StatementCheck.NotCanonical.class);
      return;
    }
    assertThat(envelope.octets()).isEqualTo(octets);
    assertThat(VERIFIER.check(octets, "fuzz")).isEqualTo(VERIFIER.check(envelope, "fuzz"));
  }
}
