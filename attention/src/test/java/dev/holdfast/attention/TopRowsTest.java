package dev.holdfast.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TopRowsTest {
  private static final int[] SIZES = {0, 1, 2, 15, 16, 17, 63, 64, 65, 100, 127, 1000, 1537};
  private static final int[] CHOSEN = {1, 2, 3, 31, 32, 33, 64, 65, 500, 2000};

  /** By sorting: higher scores first, of equal ones the earlier row. */
  static int[] sorted(float[] scores, int k) {
    return IntStream.range(0, scores.length)
        .filter(row -> scores[row] > Float.NEGATIVE_INFINITY)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer row) -> -scores[row] + 0.0)
                .thenComparingInt(row -> row))
        .limit(k)
        .mapToInt(row -> row)
        .sorted()
        .toArray();
  }

  static int[] chosen(TopRows top, Kernels kernels, float[] scores, int step) {
    top.clear();
    for (int row = 0; row < scores.length; row += step) {
      top.offer(
          kernels,
          Arrays.copyOfRange(scores, row, Math.min(row + step, scores.length)),
          Math.min(step, scores.length - row),
          row);
    }
    return top.rows();
  }

  private static List<IntToDoubleFunction> kinds() {
    SplittableRandom random = new SplittableRandom(7);
    return List.of(
        row -> random.nextDouble(-1, 1),
        row -> row,
        row -> -row,
        row -> 1.5,
        row -> 0,
        row -> random.nextInt(3),
        row -> random.nextInt(3) - 5,
        row -> random.nextBoolean() ? -0.0 : 0.0,
        row -> random.nextInt(4) == 0 ? random.nextDouble() : Double.NaN,
        row -> Double.NaN,
        row -> random.nextInt(4) == 0 ? 1 : Double.NEGATIVE_INFINITY,
        row -> random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : random.nextDouble(),
        row -> random.nextInt(2) == 0 ? Float.MIN_VALUE : -Float.MIN_VALUE,
        row -> row % 64,
        row -> row < 40 ? 1 : 2);
  }

  @ParameterizedTest
  @EnumSource(Instructions.class)
  void the_rows_are_those_of_sorting(Instructions instructions) {
    Machine.assume(instructions);
    Kernels kernels = instructions.kernels();
    for (int k : CHOSEN) {
      TopRows top = new TopRows(k);
      for (int size : SIZES) {
        int kind = 0;
        for (IntToDoubleFunction score : kinds()) {
          float[] scores = new float[size];
          for (int row = 0; row < size; row++) {
            scores[row] = (float) score.applyAsDouble(row);
          }
          for (int step : new int[] {1, 13, 16, 64}) {
            assertThat(chosen(top, kernels, scores, step))
                .as("%d of %d, kind %d, %d at a time", k, size, kind, step)
                .isEqualTo(sorted(scores, k));
          }
          kind++;
        }
      }
    }
  }

  @Test
  void asking_twice_answers_the_same_and_more_may_be_offered_after() {
    Kernels kernels = Instructions.SCALAR.kernels();
    TopRows top = new TopRows(2);
    top.offer(kernels, new float[] {1, 3, 2}, 3, 0);
    assertThat(top.rows()).containsExactly(1, 2);
    assertThat(top.rows()).containsExactly(1, 2);
    top.offer(kernels, new float[] {2, 4}, 2, 3);
    assertThat(top.rows()).containsExactly(1, 4);
  }

  @Test
  void rows_may_have_gaps_between_them_and_lie_at_the_very_end() {
    Kernels kernels = Instructions.SCALAR.kernels();
    TopRows top = new TopRows(2);
    top.offer(kernels, new float[] {1, 1}, 2, 1000);
    top.offer(kernels, new float[] {1, 2}, 2, Integer.MAX_VALUE - 2);
    assertThat(top.rows()).containsExactly(1000, Integer.MAX_VALUE - 1);
  }

  @Test
  void rows_that_go_back_are_a_fault_of_the_caller() {
    Kernels kernels = Instructions.SCALAR.kernels();
    TopRows top = new TopRows(2);
    top.offer(kernels, new float[64], 64, 64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> top.offer(kernels, new float[64], 64, 127))
        .withMessageContaining("127");
    assertThatIllegalArgumentException().isThrownBy(() -> new TopRows(0));
  }

  @Test
  void the_order_of_scores_is_that_of_floats_over_all_their_bits() {
    SplittableRandom random = new SplittableRandom(11);
    Kernels kernels = Instructions.SCALAR.kernels();
    for (int round = 0; round < 500; round++) {
      float[] scores = new float[random.nextInt(1, 300)];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = Float.intBitsToFloat(random.nextInt());
      }
      int k = random.nextInt(1, 80);
      assertThat(chosen(new TopRows(k), kernels, scores, 64)).isEqualTo(sorted(scores, k));
    }
  }
}
