package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;

/**
 * Whatever text comes: a coded error or a key that prints to it. Normal builds run the seeds only.
 */
final class VerifierKeyFuzzTest {
  @FuzzTest
  void any_text_is_a_vkey_that_prints_to_it_or_a_coded_error(byte[] octets) {
    try {
      String vkey = new String(octets, UTF_8);
      VerifierKey key = VerifierKey.parse(vkey);
      assertThat(key.vkey()).isEqualTo(vkey);
      assertThat(VerifierKey.of(key.name(), key.algorithm(), key.publicKey())).isEqualTo(key);
    } catch (CodedException e) {
      assertThat(e.problem().code().category()).isEqualTo(ErrorCategory.USER);
      assertThat(e.problem().field()).isNotNull();
    }
  }
}
