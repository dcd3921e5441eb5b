package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;

/**
 * Whatever octets come: a coded error or a proof that prints to them. Normal builds run the seeds
 * only.
 */
final class TlogProofFuzzTest {
  @FuzzTest
  void any_octets_give_a_proof_with_these_octets_or_a_coded_error(byte[] octets) {
    try {
      TlogProof proof = TlogProof.parse(octets);
      assertThat(proof.octets()).isEqualTo(octets);
      assertThat(TlogProof.parse(proof.octets())).isEqualTo(proof);
      Policy policy = Policy.ofLog(TestKeys.LOG.key());
      assertThat(proof.check(TreeHasher.emptyRoot(), policy))
          .isInstanceOf(TlogProofCheck.Refused.class);
    } catch (CodedException e) {
      assertThat(e.problem().code().category()).isEqualTo(ErrorCategory.USER);
      assertThat(e.problem().field()).isNotNull();
    }
  }
}
