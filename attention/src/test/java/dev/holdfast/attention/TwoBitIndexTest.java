package dev.holdfast.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TwoBitIndexTest {
  private static final IndexForm TWO = IndexForm.TWO_BITS;

  private static int level(byte[] rounded, int i) {
    return 2 * (rounded[i / 4] >> (2 * (i % 4)) & 3) - 3;
  }

  @Test
  void rounding_keeps_the_sign_of_a_number_and_the_product_of_a_row_with_itself() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 500; round++) {
      float size = (float) Math.pow(10, random.nextDouble(-30, 37));
      float[] numbers = new float[1 + round % 130];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) (random.nextGaussian() * size / 10);
      }
      byte[] rounded = new byte[TWO.octets(numbers.length)];
      float scale = TWO.quantize(numbers, rounded);
      double squares = 0;
      double products = 0;
      for (int i = 0; i < numbers.length; i++) {
        assertThat(Math.signum(level(rounded, i))).isEqualTo(numbers[i] < 0 ? -1 : 1);
        squares += (double) numbers[i] * numbers[i];
        products += (double) numbers[i] * level(rounded, i) * scale;
      }
      assertThat(products / squares).isCloseTo(1, Offset.offset(1e-6));
    }
  }

  @Test
  void a_row_of_two_bits_is_a_quarter_as_long_as_one_of_eight() {
    assertThat(TWO.octets(128)).isEqualTo(32);
    assertThat(TWO.octets(1)).isEqualTo(1);
    assertThat(TWO.octets(5)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0f, Float.MIN_VALUE, Float.MIN_NORMAL / 2})
  void zeros_and_what_is_too_small_to_divide_count_for_nothing(float number) {
    byte[] rounded = {9};
    assertThat(TWO.quantize(new float[] {number, 0}, rounded)).isZero();
  }

  @Test
  void the_largest_float_fits_and_what_is_not_finite_is_refused() {
    byte[] rounded = new byte[1];
    assertThat(TWO.quantize(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}, rounded)).isFinite();
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TWO.quantize(new float[] {1, bad}, rounded));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IndexKeys(TWO, TWO.mostNumbers() + 1));
  }

  @Test
  void a_query_of_the_other_form_is_refused() {
    IndexKeys keys = new IndexKeys(TWO, 4);
    IndexQuery eight =
        IndexQuery.of(IndexForm.EIGHT_BITS, new float[][] {{1, 2, 3, 4}}, new float[] {1});
    assertThatIllegalArgumentException().isThrownBy(() -> keys.fits(eight));
  }

  private static byte[][] rounded(int rows, int octets) {
    SplittableRandom random = new SplittableRandom(octets);
    byte[][] rounded = new byte[rows][octets];
    for (int row = 0; row < rows; row++) {
      if (row % 5 == 0) {
        // The largest sums there can be.
        Arrays.fill(rounded[row], (byte) (row % 2 == 0 ? 0 : -1));
      } else {
        random.nextBytes(rounded[row]);
      }
    }
    return rounded;
  }

  /** Heads of whole numbers as they become when a query is rounded: the largest is 10. */
  private static float[][] heads(int heads, int dimension) {
    SplittableRandom random = new SplittableRandom(heads);
    float[][] query = new float[heads][dimension];
    for (float[] head : query) {
      for (int i = 0; i < dimension; i++) {
        head[i] = random.nextInt(-10, 11);
      }
      head[random.nextInt(dimension)] = 10;
    }
    Arrays.fill(query[0], -10);
    return query;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 127, 128, 384, 512})
  void sums_of_table_entries_are_the_products_exactly_with_both_kernels(int dimension) {
    int groups = TWO.octets(dimension);
    byte[][] rows = rounded(Kernels.BLOCK, groups);
    IndexKeys keys = new IndexKeys(TWO, dimension);
    for (byte[] row : rows) {
      keys.append(row, 1);
    }
    for (int count : new int[] {1, 3, 4, 5, 9}) {
      float[][] query = heads(count, dimension);
      IndexQuery index = IndexQuery.of(TWO, query, new float[count]);
      byte[] tables = new byte[CodeTables.octets(count, groups)];
      CodeTables.fill(index, groups, tables, 0);
      for (Instructions instructions : Instructions.values()) {
        if (instructions == Instructions.VECTOR) {
          Machine.assume(instructions);
        }
        Kernels kernels = instructions.kernels();
        short[] sums = new short[count * Kernels.BLOCK];
        kernels.codeSums(keys.octets(0), groups, tables, 0, count, sums);
        for (int row = 0; row < Kernels.BLOCK; row++) {
          for (int head = 0; head < count; head++) {
            assertThat(sums[head * Kernels.BLOCK + row] - CodeTables.bias(groups))
                .isEqualTo(product(query[head], rows[row]));
          }
        }
      }
    }
  }

  private static int product(float[] head, byte[] row) {
    int sum = 0;
    for (int i = 0; i < head.length; i++) {
      sum += Math.round(head[i]) * level(row, i);
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(Instructions.class)
  void the_best_rows_are_chosen_exactly_and_of_equal_ones_the_earlier(Instructions instructions) {
    Machine.assume(instructions);
    int dimension = 6;
    int rows = 333;
    byte[][] rounded = rounded(rows, TWO.octets(dimension));
    IndexKeys keys = new IndexKeys(TWO, dimension);
    for (byte[] row : rounded) {
      keys.append(row, 0.5f);
    }
    float[][] query = heads(3, dimension);
    float[] weights = {1, -0.5f, 0.25f};
    LightningIndexer indexer =
        new LightningIndexer(instructions, Projection.hadamard(dimension, dimension), keys, 3);
    IndexQuery index = IndexQuery.of(TWO, query, weights);
    for (int visible : new int[] {1, 63, 64, 65, 200, rows}) {
      for (int k : new int[] {1, 7, 64}) {
        int[] right =
            IntStream.range(0, visible)
                .boxed()
                .sorted(
                    Comparator.comparingDouble(
                            (Integer row) -> -score(query, weights, rounded[row]))
                        .thenComparing(row -> row))
                .limit(k)
                .mapToInt(row -> row)
                .sorted()
                .toArray();
        assertThat(indexer.select(index, visible, k)).isEqualTo(right);
      }
    }
  }

  private static double score(float[][] query, float[] weights, byte[] row) {
    double score = 0;
    for (int head = 0; head < query.length; head++) {
      score += weights[head] * Math.max(0, product(query[head], row));
    }
    return score;
  }

  @Test
  void many_queries_at_once_choose_what_each_chooses_alone() {
    Rows memory = Drawn.rows(700, 12, 4);
    Heads heads = Heads.usual(4, 12);
    Projection projection = Projection.hadamard(12, 10);
    IndexKeys keys = IndexKeys.of(TWO, projection, memory);
    float[] queries = Drawn.normal(9, 700 * heads.numbers());
    for (Instructions instructions : Instructions.values()) {
      if (instructions == Instructions.VECTOR) {
        Machine.assume(instructions);
      }
      LightningIndexer indexer = new LightningIndexer(instructions, projection, keys, 2);
      int[][] together = indexer.prefill(heads, queries, 0, 700, 16);
      for (int at = 0; at < 700; at++) {
        float[] one = Arrays.copyOfRange(queries, at * heads.numbers(), (at + 1) * heads.numbers());
        assertThat(together[at]).isEqualTo(indexer.select(heads, one, at + 1, 16));
      }
    }
  }
}
