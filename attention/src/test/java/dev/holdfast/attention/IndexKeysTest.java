package dev.holdfast.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IndexKeysTest {
  @Test
  void rounding_loses_half_a_step_at_most_and_reaches_127() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 2000; round++) {
      float size = (float) Math.pow(10, random.nextDouble(-30, 37));
      float[] numbers = new float[9];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) random.nextDouble(-size, size);
      }
      byte[] whole = new byte[numbers.length];
      float scale = IndexForm.EIGHT_BITS.quantize(numbers, whole);
      int largest = 0;
      for (int i = 0; i < whole.length; i++) {
        largest = Math.max(largest, Math.abs(whole[i]));
        assertThat((double) whole[i] * scale).isCloseTo(numbers[i], Offset.offset(0.50001 * scale));
      }
      assertThat(largest).isEqualTo(127);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0f, Float.MIN_VALUE, Float.MIN_NORMAL, -64 * Float.MIN_NORMAL})
  void zeros_and_what_is_too_small_to_divide_are_a_row_of_zeros(float number) {
    byte[] whole = {9, 9};
    assertThat(IndexForm.EIGHT_BITS.quantize(new float[] {number, 0}, whole)).isZero();
    assertThat(whole).containsExactly(0, 0);
  }

  @Test
  void the_largest_float_fits() {
    byte[] whole = new byte[2];
    float scale =
        IndexForm.EIGHT_BITS.quantize(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}, whole);
    assertThat(whole).containsExactly(127, -127);
    assertThat(scale).isFinite();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void what_is_not_finite_is_refused_and_leaves_the_index_as_it_was(float bad) {
    IndexKeys keys = new IndexKeys(IndexForm.EIGHT_BITS, 2);
    assertThatIllegalArgumentException().isThrownBy(() -> keys.append(new float[] {1, bad}));
    assertThatIllegalArgumentException().isThrownBy(() -> keys.append(new byte[2], bad));
    assertThatIllegalArgumentException().isThrownBy(() -> keys.append(new float[3]));
    assertThatIllegalArgumentException().isThrownBy(() -> keys.append(new byte[1], 1));
    assertThat(keys.count()).isZero();
    assertThat(keys.octets()).isZero();
  }

  @Test
  void an_index_of_no_numbers_or_too_many_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new IndexKeys(IndexForm.EIGHT_BITS, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IndexKeys(IndexForm.EIGHT_BITS, 1024 + 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 32, 64, 1024})
  void both_kernels_answer_the_same_bits(int dimension) {
    Machine.assume(Instructions.VECTOR);
    SplittableRandom random = new SplittableRandom(dimension);
    int rows = dimension > 64 ? 200 : 4300;
    IndexKeys keys = new IndexKeys(IndexForm.EIGHT_BITS, dimension);
    for (int row = 0; row < rows; row++) {
      byte[] whole = new byte[dimension];
      if (row % 5 == 0) {
        // The largest sums there can be.
        Arrays.fill(whole, (byte) (row % 2 == 0 ? -128 : 127));
      } else {
        random.nextBytes(whole);
      }
      keys.append(whole, (float) random.nextDouble());
    }
    for (int heads = 1; heads <= 9; heads++) {
      float[][] query = new float[heads][dimension];
      float[] weights = new float[heads];
      for (int head = 0; head < heads; head++) {
        weights[head] = (float) random.nextDouble(-1, 1);
        for (int i = 0; i < dimension; i++) {
          query[head][i] = head % 3 == 0 ? -127 : (float) random.nextDouble(-1, 1);
        }
      }
      IndexQuery index = IndexQuery.of(IndexForm.EIGHT_BITS, query, weights);
      for (int block = 0; block < Math.ceilDiv(rows, Kernels.BLOCK); block++) {
        int there = Math.min(Kernels.BLOCK, rows - block * Kernels.BLOCK);
        assertThat(scores(Instructions.VECTOR, keys, index, block, there))
            .isEqualTo(scores(Instructions.SCALAR, keys, index, block, there));
      }
    }
  }

  private static int[] scores(
      Instructions instructions, IndexKeys keys, IndexQuery query, int block, int there) {
    Kernels kernels = instructions.kernels();
    int heads = query.count();
    float[] scores = new float[kernels.width()];
    float[] dots = new float[heads * kernels.width()];
    int[] bits = new int[there];
    for (int i = 0; i < there; i++) {
      int row = i % kernels.width();
      if (row == 0) {
        kernels.indexDots(keys.octets(block), i, keys.dimension(), query.heads, heads, dots);
        kernels.combine(dots, 0, query.weights, 0, heads, keys.scales(block), i, scores);
      }
      bits[i] = Float.floatToIntBits(scores[row]);
    }
    return bits;
  }
}
