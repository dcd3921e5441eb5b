package dev.holdfast.attention;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/**
 * Whatever bits the scores are: the rows are those of sorting. The first octet says how many are
 * chosen, the second how many are offered at a time. Normal builds run the seeds only.
 */
final class TopRowsFuzzTest {
  @FuzzTest
  void any_scores_give_the_rows_of_sorting(byte[] octets) {
    if (octets.length < 2) {
      return;
    }
    int k = 1 + Byte.toUnsignedInt(octets[0]);
    int step = 1 + (octets[1] & 63);
    float[] scores = new float[(octets.length - 2) / Float.BYTES];
    ByteBuffer.wrap(octets, 2, octets.length - 2).slice().asFloatBuffer().get(scores);
    for (Instructions instructions : Instructions.values()) {
      if (instructions.available()) {
        assertThat(TopRowsTest.chosen(new TopRows(k), instructions.kernels(), scores, step))
            .isEqualTo(TopRowsTest.sorted(scores, k));
      }
    }
  }
}
