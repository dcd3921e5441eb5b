package dev.holdfast.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All numbers are whole and blocks have a power of two of rows, so that every sum is exact. */
final class BlockSelectorTest {
  private static final int ROWS = 301;
  private static final int DIMENSION = 5;
  private static final Heads HEADS = new Heads(3, DIMENSION, 1);

  private final Rows memory = Queries.wholeRows(6, ROWS, DIMENSION);

  private static double product(float[] query, float[] key) {
    double product = 0;
    for (int i = 0; i < query.length; i++) {
      product += query[i] * key[i % DIMENSION];
    }
    return product;
  }

  private double mean(float[] query, int block, int size) {
    double sum = 0;
    for (int row = block * size; row < (block + 1) * size; row++) {
      sum += product(query, memory.key(row));
    }
    return sum / size;
  }

  private double bound(float[] query, int block, int size) {
    double bound = 0;
    for (int i = 0; i < query.length; i++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int row = block * size; row < (block + 1) * size; row++) {
        most = Math.max(most, query[i] * memory.key(row)[i % DIMENSION]);
      }
      bound += most;
    }
    return bound;
  }

  /** The rows of the best blocks before the query's own, and of that, the last k. */
  private static int[] expected(IntToDoubleFunction score, int size, int visible, int k) {
    int own = (visible - 1) / size;
    int[] rows =
        IntStream.concat(
                IntStream.range(0, own)
                    .boxed()
                    .sorted(
                        Comparator.comparingDouble(
                                (Integer block) -> -score.applyAsDouble(block) + 0.0)
                            .thenComparingInt(block -> block))
                    .limit(Math.max(1, k / size) - 1)
                    .mapToInt(block -> block),
                IntStream.of(own))
            .sorted()
            .flatMap(block -> IntStream.range(block * size, Math.min(visible, (block + 1) * size)))
            .toArray();
    return java.util.Arrays.copyOfRange(rows, Math.max(0, rows.length - k), rows.length);
  }

  @ParameterizedTest
  @EnumSource(Instructions.class)
  void blocks_are_chosen_by_mean_and_by_bounds(Instructions instructions) {
    Machine.assume(instructions);
    for (int size : new int[] {1, 2, 16, 64}) {
      BlockSelector means = BlockSelector.means(instructions, memory, size);
      BlockSelector bounds = BlockSelector.bounds(instructions, memory, size);
      for (int visible : new int[] {2, 64, 65, 200, ROWS}) {
        for (int k : new int[] {1, 5, 16, 40, 130, 280}) {
          float[] query = Queries.whole(visible * k, HEADS.numbers());
          if (visible <= k) {
            assertThat(means.select(HEADS, query, visible, k)).isEqualTo(Selector.all(visible));
            assertThat(bounds.select(HEADS, query, visible, k)).isEqualTo(Selector.all(visible));
            continue;
          }
          assertThat(means.select(HEADS, query, visible, k))
              .as("%d of %d in blocks of %d by mean", k, visible, size)
              .isEqualTo(expected(block -> mean(query, block, size), size, visible, k));
          assertThat(bounds.select(HEADS, query, visible, k))
              .as("%d of %d in blocks of %d by bounds", k, visible, size)
              .isEqualTo(expected(block -> bound(query, block, size), size, visible, k));
        }
      }
    }
  }

  @Test
  void no_product_exceeds_the_bound_of_its_block() {
    for (int seed = 0; seed < 50; seed++) {
      float[] query = Queries.whole(seed, HEADS.numbers());
      for (int row = 0; row < ROWS / 16 * 16; row++) {
        assertThat(product(query, memory.key(row))).isLessThanOrEqualTo(bound(query, row / 16, 16));
      }
    }
  }

  @Test
  void with_bounds_the_block_of_one_outstanding_row_is_chosen_where_its_mean_is_dull() {
    float[] keys = new float[640];
    for (int row = 0; row < 640; row++) {
      keys[row] = row / 64 == 3 ? -1 : 0;
    }
    keys[3 * 64 + 9] = 50;
    Rows rows = Rows.ofKeys(java.lang.foreign.MemorySegment.ofArray(keys), 1, 640);
    Heads one = new Heads(1, 1, 1);
    float[] query = {1};
    assertThat(BlockSelector.bounds(Instructions.best(), rows, 64).select(one, query, 640, 128))
        .contains(3 * 64 + 9);
    assertThat(BlockSelector.means(Instructions.best(), rows, 64).select(one, query, 640, 128))
        .doesNotContain(3 * 64 + 9);
  }

  @Test
  void rows_that_were_not_summed_up_are_not_chosen() {
    BlockSelector means = BlockSelector.means(Instructions.best(), memory, 16);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> means.select(HEADS, new float[HEADS.numbers()], ROWS + 1, 4));
    assertThat(means.select(HEADS, new float[HEADS.numbers()], 0, 4)).isEmpty();
  }
}
