package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;

/**
 * Whatever octets come: a coded error or a key that prints to an equal one. Normal builds run the
 * seeds only.
 */
final class KeyFileTextFuzzTest {
  @FuzzTest
  void any_octets_give_a_key_that_reads_back_or_a_coded_error(byte[] octets) {
    try {
      SigningKey key = KeyFileText.parse(octets);
      byte[] printed = KeyFileText.print(key).getBytes(UTF_8);
      assertThat(KeyFileText.parse(printed)).isEqualTo(key);
    } catch (CodedException e) {
      assertThat(e.problem().code().category()).isEqualTo(ErrorCategory.USER);
      assertThat(e.problem().field()).isNotNull();
    }
  }
}
