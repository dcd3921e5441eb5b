package dev.holdfast.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TieredIndexerTest {
  private static final int ROWS = 1003;
  private static final int DIMENSION = 24;
  private static final Heads HEADS = Heads.usual(3, DIMENSION);
  private static final int[] VISIBLE = {1, 30, 63, 64, 65, 128, 129, 640, 1000, ROWS};
  private static final int[] CHOSEN = {1, 7, 64, 100, 900, 2000};

  private final Rows memory = Queries.rows(4, ROWS, DIMENSION);
  private final Projection projection = Projection.hadamard(DIMENSION, 16);
  private final IndexKeys keys = IndexKeys.of(IndexForm.EIGHT_BITS, projection, memory);
  private final IndexKeys tier = TieredIndexer.tier(IndexForm.EIGHT_BITS, projection, memory);

  private LightningIndexer indexer(Instructions instructions) {
    return new LightningIndexer(instructions, projection, keys, 2);
  }

  private TieredIndexer tiered(Instructions instructions, int breadth) {
    return new TieredIndexer(instructions, indexer(instructions), keys, tier, breadth);
  }

  @ParameterizedTest
  @EnumSource(Instructions.class)
  void broad_enough_it_chooses_what_one_tier_does(Instructions instructions) {
    Machine.assume(instructions);
    for (int breadth : new int[] {ROWS + Kernels.BLOCK, Integer.MAX_VALUE}) {
      for (int visible : VISIBLE) {
        for (int k : CHOSEN) {
          float[] query = Queries.random(visible + k, HEADS.numbers());
          assertThat(tiered(instructions, breadth).select(HEADS, query, visible, k))
              .as("%d of %d, breadth %d", k, visible, breadth)
              .isEqualTo(indexer(instructions).select(HEADS, query, visible, k));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Instructions.class)
  void it_chooses_rows_that_are_there_each_once_in_their_order(Instructions instructions) {
    Machine.assume(instructions);
    for (int breadth : new int[] {1, 2, 8}) {
      for (int visible : VISIBLE) {
        for (int k : CHOSEN) {
          float[] query = Queries.random(visible * k, HEADS.numbers());
          int[] chosen = tiered(instructions, breadth).select(HEADS, query, visible, k);
          assertThat(chosen).isSorted().doesNotHaveDuplicates().hasSizeBetween(1, k);
          assertThat(IntStream.of(chosen)).allMatch(row -> row >= 0 && row < visible);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Instructions.class)
  void a_row_of_its_own_block_is_found_however_dull_the_block(Instructions instructions) {
    Machine.assume(instructions);
    float[] query = new float[HEADS.numbers()];
    float[] last = memory.key(ROWS - 1);
    for (int i = 0; i < query.length; i++) {
      query[i] = 100 * last[i % DIMENSION];
    }
    assertThat(tiered(instructions, 1).select(HEADS, query, ROWS, 5)).contains(ROWS - 1);
  }
}
