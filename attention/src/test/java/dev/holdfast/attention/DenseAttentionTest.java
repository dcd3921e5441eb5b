package dev.holdfast.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DenseAttentionTest {
  static final int[] ROWS = {1, 15, 16, 17, 63, 64, 65, 1000, 4099};
  static final int[] DIMENSIONS = {1, 3, 32, 100, 128, 384};
  static final int[] HEADS = {1, 3, 4, 8};

  /**
   * Softmax is nearly uniform with the first, and that of few rows with the last. Much sharper and
   * the rounding of the scores themselves, single precision, is more than the bound.
   */
  static final float[] SHARPNESS = {0.01f, 1, 4, 8};

  /** Heads whose scores have about this deviation. */
  static Heads heads(int count, int dimension, float sharpness) {
    return new Heads(count, dimension, (float) (sharpness / Math.sqrt(dimension)));
  }

  @ParameterizedTest
  @EnumSource
  void one_query_over_all_rows_meets_the_oracle_at_odd_sizes(Instructions instructions) {
    DenseAttention dense = new DenseAttention(instructions);
    for (int d = 0; d < DIMENSIONS.length; d++) {
      int dimension = DIMENSIONS[d];
      int valueDimension = DIMENSIONS[(d * 5 + 2) % DIMENSIONS.length];
      for (int count : ROWS) {
        Rows rows = Drawn.rows(count, dimension, valueDimension);
        PackedKeys packed = PackedKeys.of(instructions, rows);
        for (int h = 0; h < HEADS.length; h++) {
          Heads heads = heads(HEADS[h], dimension, SHARPNESS[(h + count) % SHARPNESS.length]);
          float[] query = Drawn.normal(count, heads.numbers());
          Oracle.Answer oracle = Oracle.attend(heads, query, 0, rows, Oracle.before(rows.count()));
          Attended turned = dense.decode(heads, query, rows);
          Attended laidOut = dense.decode(heads, query, rows, packed);
          assertThat(Oracle.error(oracle, turned.output(), 0, heads.count()))
              .as("%d rows, values of %d, %s", count, valueDimension, heads)
              .isLessThan(1e-5);
          assertThat(turned.logSums()).containsExactly(oracle.logSums(), within(1e-4));
          assertThat(laidOut.output()).isEqualTo(turned.output());
          assertThat(laidOut.logSums()).isEqualTo(turned.logSums());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void many_queries_meet_the_oracle_at_odd_sizes_each_over_its_past(Instructions instructions) {
    DenseAttention dense = new DenseAttention(instructions);
    int turn = 0;
    for (int dimension : DIMENSIONS) {
      int valueDimension = DIMENSIONS[(turn * 5 + 2) % DIMENSIONS.length];
      for (int count : ROWS) {
        Heads heads =
            heads(HEADS[turn % HEADS.length], dimension, SHARPNESS[turn % SHARPNESS.length]);
        turn++;
        int positions = Math.min(count, count < 100 ? count : 37);
        int first = count - positions;
        Rows rows = Drawn.rows(count, dimension, valueDimension);
        float[] queries = Drawn.normal(turn, positions * heads.numbers());
        float[] output = new float[positions * heads.count() * valueDimension];
        dense.prefill(
            heads, queries, first, positions, rows, PackedKeys.of(instructions, rows), output);
        for (int i = 0; i < positions; i += count < 100 ? 1 : 9) {
          Oracle.Answer oracle =
              Oracle.attend(
                  heads, queries, i * heads.numbers(), rows, Oracle.before(first + i + 1));
          int at = i * heads.count() * valueDimension;
          assertThat(Oracle.error(oracle, output, at, heads.count()))
              .as(
                  "position %d of %d rows, values of %d, %s",
                  first + i, count, valueDimension, heads)
              .isLessThan(1e-5);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothing_leaks_from_the_future(Instructions instructions) {
    int count = 211;
    Heads heads = Heads.usual(3, 20);
    float[] keys = Drawn.normal(3, count * 20);
    float[] values = Drawn.normal(4, count * 33);
    float[] queries = Drawn.normal(5, count * heads.numbers());
    float[] before = prefill(instructions, heads, queries, keys, values, count);
    for (int position : new int[] {0, 14, 15, 16, 62, 63, 64, 127, 200}) {
      float[] otherKeys = keys.clone();
      float[] otherValues = values.clone();
      Arrays.fill(otherKeys, (position + 1) * 20, otherKeys.length, 1e4f);
      Arrays.fill(otherValues, (position + 1) * 33, otherValues.length, -1e9f);
      float[] after = prefill(instructions, heads, queries, otherKeys, otherValues, count);
      int seen = (position + 1) * heads.count() * 33;
      assertThat(Arrays.copyOf(after, seen)).isEqualTo(Arrays.copyOf(before, seen));
      assertThat(after).isNotEqualTo(before);
    }
  }

  private static float[] prefill(
      Instructions instructions,
      Heads heads,
      float[] queries,
      float[] keys,
      float[] values,
      int count) {
    Rows rows = Rows.of(MemorySegment.ofArray(keys), 20, MemorySegment.ofArray(values), 33, count);
    float[] output = new float[count * heads.count() * 33];
    new DenseAttention(instructions)
        .prefill(heads, queries, 0, count, rows, PackedKeys.of(instructions, rows), output);
    return output;
  }

  @ParameterizedTest
  @EnumSource
  void a_query_among_many_gets_what_it_gets_alone(Instructions instructions) {
    DenseAttention dense = new DenseAttention(instructions);
    Heads heads = heads(8, 32, 4);
    Rows rows = Drawn.rows(300, 32, 100);
    float[] queries = Drawn.normal(6, 300 * heads.numbers());
    float[] output = new float[300 * 8 * 100];
    dense.prefill(heads, queries, 0, 300, rows, PackedKeys.of(instructions, rows), output);
    for (int p = 0; p < 300; p++) {
      float[] query = Arrays.copyOfRange(queries, p * heads.numbers(), (p + 1) * heads.numbers());
      Attended alone = dense.decode(heads, query, Drawn.rows(p + 1, 32, 100));
      assertThat(Arrays.copyOfRange(output, p * 800, (p + 1) * 800))
          .containsExactly(alone.output(), within(1e-6f));
    }
  }

  @ParameterizedTest
  @EnumSource
  void two_runs_answer_the_same_bits(Instructions instructions) {
    Heads heads = Heads.usual(8, 100);
    Rows rows = Drawn.rows(1000, 100, 100);
    float[] query = Drawn.normal(7, heads.numbers());
    Attended first = new DenseAttention(instructions).decode(heads, query, rows);
    // Often enough that the compiler takes over in between.
    DenseAttention dense = new DenseAttention(instructions);
    for (int i = 0; i < 50; i++) {
      Attended again = dense.decode(heads, query, rows);
      assertThat(again.output()).isEqualTo(first.output());
      assertThat(again.logSums()).isEqualTo(first.logSums());
    }
  }

  @ParameterizedTest
  @EnumSource
  void where_and_how_rows_lie_does_not_matter(Instructions instructions) {
    Heads heads = Heads.usual(4, 100);
    Rows rows = Drawn.rows(1000, 100, 33);
    float[] query = Drawn.normal(8, heads.numbers());
    DenseAttention dense = new DenseAttention(instructions);
    Attended onHeap = dense.decode(heads, query, rows);
    try (Arena arena = Arena.ofConfined()) {
      // Keys and values side by side, off the heap, at addresses that suit no vector.
      long stride = (100 + 33 + 2) * Float.BYTES;
      MemorySegment memory = arena.allocate(1000 * stride + Float.BYTES, 64);
      MemorySegment odd = memory.asSlice(Float.BYTES);
      for (int row = 0; row < 1000; row++) {
        MemorySegment.copy(
            MemorySegment.ofArray(rows.key(row)), 0, odd, row * stride, 100 * Float.BYTES);
        MemorySegment.copy(
            MemorySegment.ofArray(rows.value(row)),
            0,
            odd,
            row * stride + 100 * Float.BYTES,
            33 * Float.BYTES);
      }
      Rows beside = new Rows(odd, stride, 100, odd.asSlice(100 * Float.BYTES), stride, 33, 1000);
      Attended offHeap = dense.decode(heads, query, beside);
      assertThat(offHeap.output()).isEqualTo(onHeap.output());
      assertThat(offHeap.logSums()).isEqualTo(onHeap.logSums());
      assertThat(dense.decode(heads, query, beside, PackedKeys.of(instructions, beside)).output())
          .isEqualTo(onHeap.output());
    }
  }

  @ParameterizedTest
  @EnumSource
  void values_may_be_the_keys(Instructions instructions) {
    Heads heads = Heads.usual(4, 32);
    MemorySegment memory = MemorySegment.ofArray(Drawn.normal(9, 99 * 32));
    Rows rows = Rows.ofKeys(memory, 32, 99);
    float[] query = Drawn.normal(10, heads.numbers());
    Oracle.Answer oracle = Oracle.attend(heads, query, 0, rows, Oracle.before(99));
    Attended answer = new DenseAttention(instructions).decode(heads, query, rows);
    assertThat(Oracle.error(oracle, answer.output(), 0, 4)).isLessThan(1e-5);
  }

  @ParameterizedTest
  @EnumSource
  void no_rows_give_zeros_and_a_sum_of_nothing(Instructions instructions) {
    Heads heads = Heads.usual(4, 32);
    float[] query = Drawn.normal(11, heads.numbers());
    Attended answer = new DenseAttention(instructions).decode(heads, query, Drawn.rows(0, 32, 32));
    assertThat(answer.output()).containsOnly(0);
    assertThat(answer.logSums()).containsOnly(Double.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @EnumSource
  void what_does_not_fit_is_refused(Instructions instructions) {
    DenseAttention dense = new DenseAttention(instructions);
    Heads heads = Heads.usual(2, 8);
    Rows rows = Drawn.rows(10, 8, 8);
    PackedKeys packed = PackedKeys.of(instructions, rows);
    float[] query = new float[10 * heads.numbers()];
    assertThatThrownBy(() -> dense.decode(heads, query, Drawn.rows(10, 9, 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("queries of 8 numbers, keys of 9");
    assertThatThrownBy(() -> dense.decode(heads, query, Drawn.rows(11, 8, 8), packed))
        .isInstanceOf(IllegalArgumentException.class);
    for (Instructions other : Instructions.values()) {
      if (other != instructions) {
        assertThatThrownBy(() -> new DenseAttention(other).decode(heads, query, rows, packed))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    float[] output = new float[10 * 16];
    int[][] refused = {{-1, 1}, {0, 11}, {10, 1}, {1, -1}, {Integer.MAX_VALUE, 2}};
    for (int[] range : refused) {
      assertThatThrownBy(
              () -> dense.prefill(heads, query, range[0], range[1], rows, packed, output))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
