package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;

/** Whatever octets come: a coded error, or a key of the very same octets that can be asked. */
final class StatementKeyFuzzTest {
  @FuzzTest
  void any_octets_give_a_key_that_prints_them_or_a_coded_error(byte[] octets) {
    StatementKey key;
    try {
      key = StatementKey.parse(octets);
    } catch (CodedException e) {
      assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_PUBLIC_KEY);
      return;
    }
    assertThat(key.spki()).isEqualTo(octets);
    byte[] signature = new byte[KeyKind.SIGNATURE_LENGTH];
    signature[0] = 5;
    signature[32] = 1;
    assertThat(key.verifies(octets, signature)).isFalse();
  }
}
