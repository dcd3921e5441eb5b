package dev.holdfast.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;

/** Hostile octets as bundle and trust file: an answer or a coded refusal, nothing else. */
final class BundleFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void a_bundle_is_read_and_printed_or_refused_with_a_code(byte[] octets) {
    try {
      VerdictBundle read = VerdictBundle.parse(octets, "fuzz");
      assertThat(VerdictBundle.parse(read.octets(), "again")).isEqualTo(read);
    } catch (CodedException e) {
      assertThat(e.problem().code().category()).isEqualTo(ErrorCategory.USER);
    }
  }

  @FuzzTest(maxDuration = "10s")
  void a_trust_file_is_read_or_refused_with_a_code(byte[] octets) {
    try {
      assertThat(BundleTrust.parse(octets, "fuzz").evidence().certificates().authorities())
          .isNotEmpty();
    } catch (CodedException e) {
      assertThat(e.problem().code().category()).isEqualTo(ErrorCategory.USER);
    }
  }
}
