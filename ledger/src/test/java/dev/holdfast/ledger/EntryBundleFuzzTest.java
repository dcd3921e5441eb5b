package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import java.util.Arrays;
import java.util.List;

/**
 * Whatever octets come as a bundle: they are refused with a code, or they are the one form of their
 * entries. The first octet says how many entries are asked for. Normal builds run the seeds only.
 */
final class EntryBundleFuzzTest {
  @FuzzTest
  void any_octets_are_refused_or_the_one_form_of_their_entries(byte[] input) {
    if (input.length == 0) {
      return;
    }
    int width = 1 + Byte.toUnsignedInt(input[0]);
    byte[] octets = Arrays.copyOfRange(input, 1, input.length);
    List<byte[]> entries;
    try {
      entries = EntryBundle.entries(octets, width);
    } catch (CodedException e) {
      assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_BUNDLE);
      assertThat(e.problem().field()).matches("entry \\d+");
      return;
    }
    assertThat(entries).hasSize(width);
    assertThat(EntryBundle.of(entries)).isEqualTo(octets);
  }
}
