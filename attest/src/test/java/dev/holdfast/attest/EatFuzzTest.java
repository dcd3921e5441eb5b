package dev.holdfast.attest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;

/** Whatever octets come: a coded error, or a verdict that is never "verified". */
final class EatFuzzTest {
  @FuzzTest
  void any_octets_give_a_verdict_or_a_coded_error(byte[] octets) {
    EatCheck check;
    try {
      check = EatVerifier.check(octets, "fuzz", TokenMaker.expected());
    } catch (CodedException e) {
      assertThat(e.problem().code())
          .isIn(ErrorCode.MALFORMED_TOKEN, ErrorCode.MALFORMED_JSON, ErrorCode.INPUT_TOO_LARGE);
      assertThat(e.problem().sentence().chars()).noneMatch(Character::isISOControl);
      return;
    }
    assertThat(check).isInstanceOf(EatCheck.Refused.class);
    assertThat(EatVerifier.looksLikeToken(octets)).isTrue();
  }

  @FuzzTest
  void any_octets_give_keys_or_a_coded_error(byte[] octets) {
    try {
      assertThat(JsonWebKeys.read(octets, "fuzz").size()).isNotNegative();
    } catch (CodedException e) {
      assertThat(e.problem().code())
          .isIn(ErrorCode.MALFORMED_KEY_SET, ErrorCode.MALFORMED_JSON, ErrorCode.INPUT_TOO_LARGE);
    }
  }
}
