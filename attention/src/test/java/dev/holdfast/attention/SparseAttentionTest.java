package dev.holdfast.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SparseAttentionTest {
  private static final int NONE = SparseAttention.NO_ROW;

  @ParameterizedTest
  @EnumSource
  void chosen_rows_meet_the_oracle_at_odd_sizes(Instructions instructions) {
    SparseAttention sparse = new SparseAttention(instructions);
    int turn = 0;
    for (int dimension : DenseAttentionTest.DIMENSIONS) {
      for (int many : DenseAttentionTest.ROWS) {
        Heads heads =
            DenseAttentionTest.heads(
                DenseAttentionTest.HEADS[turn % 4],
                dimension,
                DenseAttentionTest.SHARPNESS[turn % 3]);
        int valueDimension = DenseAttentionTest.DIMENSIONS[(turn * 5 + 2) % 6];
        turn++;
        Rows rows = Drawn.rows(Drawn.MOST_ROWS, dimension, valueDimension);
        int[] chosen = Drawn.choice(turn, many, rows.count());
        float[] query = Drawn.normal(turn, heads.numbers());
        Oracle.Answer oracle = Oracle.attend(heads, query, 0, rows, chosen);
        Attended answer = sparse.decode(heads, query, rows, chosen);
        assertThat(Oracle.error(oracle, answer.output(), 0, heads.count()))
            .as("%d rows, values of %d, %s", many, valueDimension, heads)
            .isLessThan(1e-5);
        assertThat(answer.logSums()).containsExactly(oracle.logSums(), within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void all_rows_chosen_answer_what_dense_attention_does(Instructions instructions) {
    for (int count : DenseAttentionTest.ROWS) {
      Heads heads = DenseAttentionTest.heads(8, 100, 3);
      Rows rows = Drawn.rows(count, 100, 128);
      float[] query = Drawn.normal(count, heads.numbers());
      Attended dense = new DenseAttention(instructions).decode(heads, query, rows);
      Attended sparse =
          new SparseAttention(instructions).decode(heads, query, rows, Oracle.before(count));
      assertThat(sparse.output()).containsExactly(dense.output(), within(1e-6f));
      assertThat(sparse.logSums()).containsExactly(dense.logSums(), within(1e-6));
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_order_of_rows_and_padding_change_no_bit(Instructions instructions) {
    SparseAttention sparse = new SparseAttention(instructions);
    Heads heads = Heads.usual(3, 32);
    Rows rows = Drawn.rows(500, 32, 32);
    float[] query = Drawn.normal(1, heads.numbers());
    int[] chosen = Drawn.choice(2, 77, 500);
    int[] ascending = chosen.clone();
    Arrays.sort(ascending);
    int[] padded = new int[100];
    Arrays.fill(padded, NONE);
    System.arraycopy(chosen, 0, padded, 10, 77);
    int[] behind = Arrays.copyOf(ascending, 100);
    Arrays.fill(behind, 77, 100, NONE);
    int[] given = chosen.clone();
    Attended answer = sparse.decode(heads, query, rows, ascending);
    for (int[] same : new int[][] {chosen, padded, behind}) {
      Attended other = sparse.decode(heads, query, rows, same);
      assertThat(other.output()).isEqualTo(answer.output());
      assertThat(other.logSums()).isEqualTo(answer.logSums());
    }
    assertThat(chosen).as("what was handed in").isEqualTo(given);
  }

  @ParameterizedTest
  @EnumSource
  void nothing_chosen_gives_zeros_and_a_sum_of_nothing(Instructions instructions) {
    SparseAttention sparse = new SparseAttention(instructions);
    Heads heads = Heads.usual(3, 32);
    Rows rows = Drawn.rows(50, 32, 20);
    float[] query = Drawn.normal(3, heads.numbers());
    for (int[] nothing : new int[][] {{}, {NONE}, {NONE, NONE, NONE}}) {
      Attended answer = sparse.decode(heads, query, rows, nothing);
      assertThat(answer.output()).hasSize(60).containsOnly(0);
      assertThat(answer.logSums()).hasSize(3).containsOnly(Double.NEGATIVE_INFINITY);
    }
    int[][] chosen = {{1, 2}, {}, {NONE}, {3}};
    float[] queries = Drawn.normal(4, 4 * heads.numbers());
    float[] output = new float[4 * 60];
    Arrays.fill(output, 7);
    sparse.prefill(heads, queries, rows, chosen, output);
    assertThat(Arrays.copyOfRange(output, 60, 180)).containsOnly(0);
    Arrays.fill(output, 7);
    sparse.prefillShared(heads, queries, rows, chosen, 3, output);
    assertThat(Arrays.copyOfRange(output, 60, 180)).containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource
  void rows_that_are_not_there_and_rows_twice_are_refused(Instructions instructions) {
    SparseAttention sparse = new SparseAttention(instructions);
    Heads heads = Heads.usual(1, 8);
    Rows rows = Drawn.rows(10, 8, 8);
    float[] query = new float[8];
    float[] output = new float[8];
    int[][] absent = {{10}, {3, 10}, {10, 3}, {-2}, {0, -2}, {NONE, 10}, {Integer.MAX_VALUE}};
    for (int[] chosen : absent) {
      assertThatThrownBy(() -> sparse.decode(heads, query, rows, chosen))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageContaining("of 10 is chosen");
      assertThatThrownBy(
              () -> sparse.prefillShared(heads, query, rows, new int[][] {chosen}, 1, output))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    for (int[] chosen : new int[][] {{3, 3}, {5, 1, 5}, {0, NONE, 0}}) {
      assertThatThrownBy(() -> sparse.decode(heads, query, rows, chosen))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is chosen twice");
      assertThatThrownBy(() -> sparse.prefill(heads, query, rows, new int[][] {chosen}, output))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_group_has_at_least_one_query(Instructions instructions) {
    SparseAttention sparse = new SparseAttention(instructions);
    Heads heads = Heads.usual(1, 8);
    float[] query = new float[8];
    for (int group : new int[] {0, -1}) {
      assertThatThrownBy(() ->
              sparse.prefillShared(
                  heads, query, Drawn.rows(10, 8, 8), new int[][] {{1}}, group, query))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void neighbours_that_share_what_is_read_get_what_they_get_alone(Instructions instructions) {
    SparseAttention sparse = new SparseAttention(instructions);
    for (float sharpness : DenseAttentionTest.SHARPNESS) {
      Heads heads = DenseAttentionTest.heads(3, 20, sharpness);
      Rows rows = Drawn.rows(600, 20, 33);
      int positions = 23;
      int[][] chosen = new int[positions][];
      for (int p = 0; p < positions; p++) {
        chosen[p] = Drawn.choice(p, p * 9, 300 + p);
      }
      float[] queries = Drawn.normal(5, positions * heads.numbers());
      float[] alone = new float[positions * 3 * 33];
      sparse.prefill(heads, queries, rows, chosen, alone);
      for (int p = 0; p < positions; p++) {
        float[] query = Arrays.copyOfRange(queries, p * heads.numbers(), (p + 1) * heads.numbers());
        assertThat(Arrays.copyOfRange(alone, p * 99, (p + 1) * 99))
            .isEqualTo(sparse.decode(heads, query, rows, chosen[p]).output());
      }
      for (int group : new int[] {1, 2, 8, 23, 100}) {
        float[] shared = new float[alone.length];
        sparse.prefillShared(heads, queries, rows, chosen, group, shared);
        assertThat(shared).as("groups of %d", group).containsExactly(alone, within(2e-6f));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void two_runs_and_both_kinds_of_memory_answer_the_same_bits(Instructions instructions) {
    SparseAttention sparse = new SparseAttention(instructions);
    Heads heads = Heads.usual(8, 100);
    Rows rows = Drawn.rows(1000, 100, 100);
    float[] query = Drawn.normal(6, heads.numbers());
    int[] chosen = Drawn.choice(7, 333, 1000);
    Attended first = sparse.decode(heads, query, rows, chosen);
    try (Arena arena = Arena.ofConfined()) {
      Rows offHeap = Rows.of(copy(arena, rows.keys()), 100, copy(arena, rows.values()), 100, 1000);
      for (int i = 0; i < 50; i++) {
        assertThat(sparse.decode(heads, query, rows, chosen).output()).isEqualTo(first.output());
        assertThat(sparse.decode(heads, query, offHeap, chosen).output()).isEqualTo(first.output());
      }
    }
  }

  private static MemorySegment copy(Arena arena, MemorySegment memory) {
    return arena.allocate(memory.byteSize(), 64).copyFrom(memory);
  }

  @Test
  void the_share_of_chosen_rows_is_their_part_of_all_attention() {
    SparseAttention sparse = new SparseAttention(Instructions.best());
    Heads heads = DenseAttentionTest.heads(4, 32, 2);
    Rows rows = Drawn.rows(400, 32, 32);
    float[] query = Drawn.normal(8, heads.numbers());
    int[] order = Drawn.choice(9, 400, 400);
    Attended all = sparse.decode(heads, query, rows, order);
    Attended some = sparse.decode(heads, query, rows, Arrays.copyOf(order, 150));
    Attended others = sparse.decode(heads, query, rows, Arrays.copyOfRange(order, 150, 400));
    Attended nothing = sparse.decode(heads, query, rows, new int[0]);
    for (int head = 0; head < 4; head++) {
      assertThat(some.shareOf(all, head) + others.shareOf(all, head)).isCloseTo(1, within(1e-6));
      assertThat(some.shareOf(all, head)).isStrictlyBetween(0.0, 1.0);
      assertThat(all.shareOf(all, head)).isEqualTo(1);
      assertThat(nothing.shareOf(all, head)).isEqualTo(0);
      assertThat(nothing.shareOf(nothing, head)).isEqualTo(0);
    }
  }
}
