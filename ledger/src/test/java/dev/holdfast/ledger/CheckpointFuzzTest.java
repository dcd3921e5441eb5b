package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;

/**
 * Whatever octets come: a coded error or a checkpoint that prints to them. Normal builds run the
 * seeds only.
 */
final class CheckpointFuzzTest {
  @FuzzTest
  void any_octets_give_a_checkpoint_with_these_octets_or_a_coded_error(byte[] octets) {
    try {
      SignedCheckpoint signed = SignedCheckpoint.parse(octets);
      assertThat(signed.octets()).isEqualTo(octets);
      assertThat(Checkpoint.parse(signed.checkpoint().text())).isEqualTo(signed.checkpoint());
      VerifierKey log = TestKeys.LOG.key();
      assertThat(Policy.ofLog(log).check(signed)).isNotNull();
    } catch (CodedException e) {
      assertThat(e.problem().code().category()).isEqualTo(ErrorCategory.USER);
      assertThat(e.problem().field()).isNotNull();
    }
  }
}
