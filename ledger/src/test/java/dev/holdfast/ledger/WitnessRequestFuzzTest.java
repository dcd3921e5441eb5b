package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;

/**
 * Whatever octets come: a coded error or a request that prints to them. Normal builds run the seeds
 * only.
 */
final class WitnessRequestFuzzTest {
  @FuzzTest
  void any_octets_give_a_request_with_these_octets_or_a_coded_error(byte[] octets) {
    try {
      WitnessRequest request = WitnessRequest.parse(octets);
      assertThat(request.octets()).isEqualTo(octets);
      assertThat(WitnessRequest.parse(request.octets())).isEqualTo(request);
    } catch (CodedException e) {
      assertThat(e.problem().code().category()).isEqualTo(ErrorCategory.USER);
      assertThat(e.problem().field()).isNotNull();
    }
  }
}
