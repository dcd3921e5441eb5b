package dev.holdfast.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CrossoverTest {
  private final Rows rows = Drawn.rows(900, 16, 8);
  private final Heads heads = Heads.usual(3, 16);
  private final float[] query = Drawn.normal(5, heads.numbers());
  private final Selector lot = new RandomSelector(4);

  private Attended decode(Crossover crossover, int k) {
    return crossover.decode(Instructions.SCALAR, heads, query, rows, lot, k);
  }

  @Test
  void it_is_the_last_size_tried_at_which_reading_all_took_no_longer() {
    assertThat(Crossover.between(rows -> rows, rows -> 1500)).isEqualTo(new Crossover(1024));
    assertThat(Crossover.between(rows -> rows, rows -> rows)).isEqualTo(new Crossover(1 << 16));
    assertThat(Crossover.between(rows -> 2, rows -> 1)).isEqualTo(new Crossover(0));
  }

  @Test
  void up_to_it_the_answer_is_that_of_dense_attention_bit_for_bit() {
    Attended dense = new DenseAttention(Instructions.SCALAR).decode(heads, query, rows);
    for (Crossover all : new Crossover[] {new Crossover(900), new Crossover(4096)}) {
      assertThat(decode(all, 32).output()).isEqualTo(dense.output());
      assertThat(decode(all, 32).logSums()).isEqualTo(dense.logSums());
    }
    assertThat(decode(new Crossover(0), 900).output()).isEqualTo(dense.output());
  }

  @Test
  void beyond_it_only_chosen_rows_are_read() {
    Attended sparse =
        new SparseAttention(Instructions.SCALAR)
            .decode(heads, query, rows, lot.select(heads, query, 900, 32));
    assertThat(decode(new Crossover(899), 32).output()).isEqualTo(sparse.output());
  }

  @Test
  void with_a_clock_that_stands_choosing_never_wins_and_the_largest_size_is_the_crossover() {
    Projection projection = Projection.hadamard(16, 8);
    AtomicLong ticks = new AtomicLong();
    assertThat(
            Crossover.measured(
                Instructions.best(), heads, IndexForm.TWO_BITS, projection, 2, 32, ticks::get))
        .isEqualTo(new Crossover(Crossover.MOST));
  }
}
