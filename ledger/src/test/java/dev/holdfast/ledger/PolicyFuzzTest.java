package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;

/**
 * Whatever octets come: a coded error or a policy that prints to an equal one. Normal builds run
 * the seeds only.
 */
final class PolicyFuzzTest {
  @FuzzTest
  void any_octets_give_a_policy_that_reads_back_or_a_coded_error(byte[] octets) {
    try {
      Policy policy = Policy.parse(octets, "fuzz");
      byte[] printed = policy.octets();
      assertThat(Policy.parse(printed, "printed")).isEqualTo(policy);
      assertThat(Policy.parse(printed, "printed").octets()).isEqualTo(printed);
    } catch (CodedException e) {
      assertThat(e.problem().code().category()).isEqualTo(ErrorCategory.USER);
      assertThat(e.problem().field()).isNotNull();
    }
  }
}
