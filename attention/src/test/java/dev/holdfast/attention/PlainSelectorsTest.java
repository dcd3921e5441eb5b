package dev.holdfast.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlainSelectorsTest {
  private static final Heads HEADS = Heads.usual(2, 3);

  @Test
  void a_window_is_the_last_rows() {
    Selector window = new WindowSelector();
    float[] query = new float[HEADS.numbers()];
    assertThat(window.select(HEADS, query, 10, 3)).containsExactly(7, 8, 9);
    assertThat(window.select(HEADS, query, 3, 3)).containsExactly(0, 1, 2);
    assertThat(window.select(HEADS, query, 2, 3)).containsExactly(0, 1);
    assertThat(window.select(HEADS, query, 0, 3)).isEmpty();
    assertThat(window.octets()).isZero();
  }

  @Test
  void all_are_all_whatever_is_wanted() {
    Selector all = new AllSelector();
    float[] query = new float[HEADS.numbers()];
    assertThat(all.select(HEADS, query, 4, 1)).containsExactly(0, 1, 2, 3);
    assertThat(all.select(HEADS, query, 0, 1)).isEmpty();
  }

  @Test
  void a_lot_draws_so_many_rows_each_once_and_the_same_for_the_same_query() {
    RandomSelector lot = new RandomSelector(5);
    Set<Integer> different = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      float[] query = Queries.random(seed, HEADS.numbers());
      int visible = 1 + seed * 7;
      int k = 1 + seed % 40;
      int[] rows = lot.select(HEADS, query, visible, k);
      assertThat(rows)
          .hasSize(Math.min(visible, k))
          .isSorted()
          .doesNotHaveDuplicates()
          .isEqualTo(new RandomSelector(5).select(HEADS, query.clone(), visible, k));
      assertThat(IntStream.of(rows)).allMatch(row -> row >= 0 && row < visible);
      different.add(java.util.Arrays.hashCode(rows));
    }
    assertThat(different).hasSizeGreaterThan(150);
  }

  @Test
  void every_row_is_drawn_about_as_often() {
    int[] drawn = new int[50];
    for (int seed = 0; seed < 10_000; seed++) {
      for (int row :
          new RandomSelector(seed).select(HEADS, new float[HEADS.numbers()], drawn.length, 5)) {
        drawn[row]++;
      }
    }
    // A thousand each on average, with a standard deviation of 30.
    assertThat(IntStream.of(drawn).boxed()).allMatch(times -> times > 850 && times < 1150);
  }
}
