package dev.holdfast.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LightningIndexerTest {
  private static final int DIMENSION = 32;

  /** Whole numbers, so that all that is computed is exact. */
  private record Truth(byte[][] rows, int[][] heads, int[] weights) {
    static Truth of(SplittableRandom random, int rows, int heads, int most) {
      Truth truth = new Truth(new byte[rows][DIMENSION], new int[heads][DIMENSION], new int[heads]);
      for (byte[] row : truth.rows) {
        for (int i = 0; i < DIMENSION; i++) {
          row[i] = (byte) random.nextInt(-most, most + 1);
        }
      }
      for (int head = 0; head < heads; head++) {
        // With 127 among them a head is divided by one.
        truth.heads[head][0] = random.nextBoolean() ? 127 : -127;
        for (int i = 1; i < DIMENSION; i++) {
          truth.heads[head][i] = random.nextInt(-most, most + 1);
        }
        truth.weights[head] = random.nextInt(-4, 5);
      }
      return truth;
    }

    IndexKeys keys() {
      IndexKeys keys = new IndexKeys(IndexForm.EIGHT_BITS, DIMENSION);
      for (byte[] row : rows) {
        keys.append(row, 1);
      }
      return keys;
    }

    IndexQuery query() {
      float[][] floats = new float[heads.length][DIMENSION];
      float[] factors = new float[heads.length];
      for (int head = 0; head < heads.length; head++) {
        factors[head] = weights[head];
        for (int i = 0; i < DIMENSION; i++) {
          floats[head][i] = heads[head][i];
        }
      }
      return IndexQuery.of(IndexForm.EIGHT_BITS, floats, factors);
    }

    long score(int row) {
      long score = 0;
      for (int head = 0; head < heads.length; head++) {
        long dot = 0;
        for (int i = 0; i < DIMENSION; i++) {
          dot += heads[head][i] * rows[row][i];
        }
        score += weights[head] * Math.max(0, dot);
      }
      return score;
    }

    int[] best(int visible, int k) {
      return IntStream.range(0, visible)
          .boxed()
          .sorted(
              Comparator.comparingLong((Integer row) -> -score(row)).thenComparingInt(row -> row))
          .limit(k)
          .mapToInt(row -> row)
          .sorted()
          .toArray();
    }
  }

  private static LightningIndexer indexer(Instructions instructions, IndexKeys keys) {
    return new LightningIndexer(instructions, Projection.hadamard(DIMENSION, DIMENSION), keys, 8);
  }

  @ParameterizedTest
  @EnumSource(Instructions.class)
  void the_choice_is_that_of_plain_whole_numbers(Instructions instructions) {
    Machine.assume(instructions);
    SplittableRandom random = new SplittableRandom(3);
    for (int heads = 1; heads <= 8; heads++) {
      for (int most : new int[] {1, 20, 127}) {
        Truth truth = Truth.of(random, 333, heads, most);
        LightningIndexer indexer = indexer(instructions, truth.keys());
        for (int visible : new int[] {1, 63, 64, 65, 200, 333}) {
          for (int k : new int[] {1, 10, 64, 150, 400, Integer.MAX_VALUE}) {
            assertThat(indexer.select(truth.query(), visible, k))
                .as("%d of %d, %d heads up to %d", k, visible, heads, most)
                .isEqualTo(truth.best(visible, k));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Instructions.class)
  void where_all_scores_are_zero_the_earliest_rows_are_chosen(Instructions instructions) {
    Machine.assume(instructions);
    IndexKeys keys = new IndexKeys(IndexForm.EIGHT_BITS, DIMENSION);
    for (int row = 0; row < 300; row++) {
      keys.append(new float[DIMENSION]);
    }
    LightningIndexer indexer = indexer(instructions, keys);
    float[] query = Queries.random(5, 2 * DIMENSION);
    Heads heads = Heads.usual(2, DIMENSION);
    assertThat(indexer.select(heads, query, 300, 40)).isEqualTo(Selector.all(40));
    assertThat(indexer.select(heads, new float[2 * DIMENSION], 300, 40))
        .isEqualTo(Selector.all(40));
    assertThat(indexer.prefill(heads, query, 299, 1, 40)[0]).isEqualTo(Selector.all(40));
  }

  @ParameterizedTest
  @EnumSource(Instructions.class)
  void prefill_chooses_what_each_position_would_and_nothing_of_its_future(
      Instructions instructions) {
    Machine.assume(instructions);
    int rows = 203;
    Rows memory = Queries.rows(9, rows, DIMENSION);
    Projection projection = Projection.hadamard(DIMENSION, 16);
    IndexKeys keys = IndexKeys.of(IndexForm.EIGHT_BITS, projection, memory);
    for (int count = 1; count <= 5; count++) {
      Heads heads = Heads.usual(count, DIMENSION);
      float[] queries = Queries.random(count, rows * heads.numbers());
      LightningIndexer indexer = new LightningIndexer(instructions, projection, keys, 3);
      for (int first : new int[] {0, 1, 17, 64, 190}) {
        for (int k : new int[] {1, 12, 70, Integer.MAX_VALUE}) {
          float[] from =
              java.util.Arrays.copyOfRange(
                  queries, first * heads.numbers(), rows * heads.numbers());
          int[][] chosen = indexer.prefill(heads, from, first, rows - first, k);
          for (int i = 0; i < chosen.length; i++) {
            int position = first + i;
            float[] query =
                java.util.Arrays.copyOfRange(from, i * heads.numbers(), (i + 1) * heads.numbers());
            assertThat(chosen[i])
                .isEqualTo(indexer.select(heads, query, position + 1, k))
                .hasSize(Math.min(k, position + 1));
            assertThat(IntStream.of(chosen[i])).allMatch(row -> row <= position);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 63, 64, 100})
  void no_more_rows_than_are_wanted_are_all_chosen(int visible) {
    Rows memory = Queries.rows(1, 100, DIMENSION);
    Projection projection = Projection.hadamard(DIMENSION, 8);
    LightningIndexer indexer =
        new LightningIndexer(
            Instructions.best(),
            projection,
            IndexKeys.of(IndexForm.EIGHT_BITS, projection, memory),
            2);
    Heads heads = Heads.usual(2, DIMENSION);
    float[] query = Queries.random(2, heads.numbers());
    for (int k : new int[] {visible, visible + 1, 1000}) {
      assertThat(indexer.select(heads, query, visible, k)).isEqualTo(Selector.all(visible));
    }
    assertThat(indexer.select(heads, query, 0, 3)).isEmpty();
  }

  @Test
  void rows_that_the_index_does_not_have_are_not_chosen() {
    Rows memory = Queries.rows(1, 10, DIMENSION);
    Projection projection = Projection.hadamard(DIMENSION, 8);
    IndexKeys keys = IndexKeys.of(IndexForm.EIGHT_BITS, projection, memory);
    LightningIndexer indexer = new LightningIndexer(Instructions.best(), projection, keys, 2);
    TieredIndexer tiered =
        new TieredIndexer(
            Instructions.best(),
            indexer,
            keys,
            TieredIndexer.tier(IndexForm.EIGHT_BITS, projection, memory),
            1);
    Heads heads = Heads.usual(1, DIMENSION);
    float[] query = new float[DIMENSION];
    for (int k : new int[] {3, 20}) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> indexer.select(heads, query, 11, k));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> tiered.select(heads, query, 11, k));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> indexer.prefill(heads, query, 10, 1, k));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> indexer.prefill(heads, query, -1, 1, k));
    }
  }

  @Test
  void a_query_of_another_index_is_refused() {
    LightningIndexer indexer =
        indexer(Instructions.best(), new IndexKeys(IndexForm.EIGHT_BITS, DIMENSION));
    IndexQuery other = IndexQuery.of(IndexForm.EIGHT_BITS, new float[][] {{1, 2}}, new float[] {1});
    assertThatIllegalArgumentException().isThrownBy(() -> indexer.select(other, 0, 1));
    for (float weight : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              IndexQuery.of(IndexForm.EIGHT_BITS, new float[][] {{1000, 2}}, new float[] {weight}));
    }
  }
}
