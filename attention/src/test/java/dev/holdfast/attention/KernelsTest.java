package dev.holdfast.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The vector kernels against their scalar twin. */
final class KernelsTest {
  private final Kernels scalar = Instructions.SCALAR.kernels();
  private Kernels vector = scalar;

  @BeforeEach
  void needs_vectors() {
    assumeTrue(Instructions.VECTOR.available(), "this machine has no vectors of 8 or 16 floats");
    vector = Instructions.VECTOR.kernels();
  }

  @Test
  void e_to_the_x_is_right_to_the_last_bits_and_zero_far_below() {
    double worst = 0;
    for (float x = -86.99f; x <= 0; x += 0.0037f) {
      double right = Math.exp(x);
      worst = Math.max(worst, Math.abs(Exponential.of(x) - right) / right);
    }
    assertThat(worst).isLessThan(2e-7);
    assertThat(Exponential.of(0)).isEqualTo(1);
    assertThat(Exponential.of(-87)).isEqualTo(0);
    assertThat(Exponential.of(-1e30f)).isEqualTo(0);
    assertThat(Exponential.of(Float.NEGATIVE_INFINITY)).isEqualTo(0);
  }

  @Test
  void weights_are_the_same_bits_and_zero_behind_the_count() {
    int width = vector.width();
    float[] drawn = Drawn.normal(1, width);
    drawn[1] = Float.NEGATIVE_INFINITY;
    drawn[2] = -200;
    for (int count = 0; count <= width; count++) {
      float[] weights = drawn.clone();
      float sum = vector.soften(weights, 0, count, 3);
      double right = 0;
      for (int i = 0; i < width; i++) {
        float weight = i < count ? Exponential.of(drawn[i] - 3) : 0;
        assertThat(weights[i]).isEqualTo(weight);
        right += weight;
      }
      assertThat((double) sum).isCloseTo(right, within(1e-6));
    }
  }

  @Test
  void the_largest_of_none_is_minus_infinity_and_of_some_the_same() {
    float[] numbers = Drawn.normal(2, 100);
    for (int count = 0; count <= 90; count++) {
      assertThat(vector.largest(numbers, 5, count)).isEqualTo(scalar.largest(numbers, 5, count));
    }
    assertThat(vector.largest(numbers, 5, 0)).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void panels_hold_the_same_rows_and_zeros_where_there_is_none() {
    for (int dimension : new int[] {1, 15, 16, 17, 40}) {
      Rows rows = Drawn.rows(300, dimension, 1);
      for (int count : new int[] {1, 15, 16, 17, 33, 63, 64}) {
        int[] chosen = Drawn.choice(count, 70, 300);
        for (Kernels kernels : new Kernels[] {scalar, vector}) {
          int there = Math.min(count, kernels.width());
          float[] panel = new float[dimension * kernels.width()];
          java.util.Arrays.fill(panel, 7);
          kernels.pack(rows.keys(), rows.keyStride(), dimension, chosen, 3, there, panel);
          for (int row = 0; row < kernels.width(); row++) {
            float[] key = row < there ? rows.key(chosen[3 + row]) : new float[dimension];
            for (int i = 0; i < dimension; i++) {
              assertThat(panel[i * kernels.width() + row]).isEqualTo(key[i]);
            }
          }
        }
      }
    }
  }

  @Test
  void numbers_are_multiplied_in_their_range_only() {
    float[] drawn = Drawn.normal(3, 60);
    for (int count = 0; count <= 50; count++) {
      float[] numbers = drawn.clone();
      float[] same = drawn.clone();
      vector.multiply(numbers, 4, count, 0.3f);
      scalar.multiply(same, 4, count, 0.3f);
      assertThat(numbers).isEqualTo(same);
    }
  }

  @Test
  void a_block_of_the_index_is_laid_out_with_its_numbers() {
    int dimension = 19;
    byte[] block = block(dimension);
    for (Kernels kernels : new Kernels[] {scalar, vector}) {
      int width = kernels.width();
      float[] panel = new float[width * dimension];
      for (int first = 0; first < Kernels.BLOCK; first += width) {
        kernels.unpack(block, 5 + first, dimension, panel);
        for (int row = 0; row < width; row++) {
          for (int i = 0; i < dimension; i++) {
            assertThat(panel[i * width + row])
                .isEqualTo(block[5 + i * Kernels.BLOCK + first + row]);
          }
        }
      }
    }
  }

  private static byte[] block(int dimension) {
    byte[] block = new byte[5 + dimension * Kernels.BLOCK];
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < block.length; i++) {
      block[i] = (byte) random.nextInt(-127, 128);
    }
    return block;
  }

  private static float[] whole(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt(-127, 128);
    }
    return numbers;
  }

  @Test
  void index_scores_are_the_same_bits_from_octets_and_from_panels() {
    for (int dimension : new int[] {1, 32, 64, 128}) {
      byte[] block = block(dimension);
      float[] scales = Drawn.normal(5, Kernels.BLOCK);
      for (int heads : new int[] {1, 3, 4, 5, 8, 64}) {
        float[] queries = whole(heads, heads * dimension);
        float[] weights = Drawn.normal(6, heads);
        float[] right = scores(scalar, true, block, dimension, queries, weights, scales);
        for (Kernels kernels : new Kernels[] {scalar, vector}) {
          for (boolean panels : new boolean[] {true, false}) {
            assertThat(scores(kernels, panels, block, dimension, queries, weights, scales))
                .isEqualTo(right);
          }
        }
      }
    }
  }

  private static float[] scores(
      Kernels kernels,
      boolean panels,
      byte[] block,
      int dimension,
      float[] queries,
      float[] weights,
      float[] scales) {
    int width = kernels.width();
    int heads = weights.length;
    float[] all = new float[Kernels.BLOCK];
    float[] panel = new float[width * dimension];
    float[] dots = new float[heads * width];
    float[] scores = new float[width];
    for (int first = 0; first < Kernels.BLOCK; first += width) {
      if (panels) {
        kernels.unpack(block, 5 + first, dimension, panel);
        kernels.dots(queries, 0, heads, dimension, panel, dots);
      } else {
        kernels.indexDots(block, 5 + first, dimension, queries, heads, dots);
      }
      kernels.combine(dots, 0, weights, 0, heads, scales, first, scores);
      System.arraycopy(scores, 0, all, first, width);
    }
    return all;
  }

  @Test
  void the_rows_above_a_bar_are_the_same_and_those_at_it_are_not() {
    float[] scores = Drawn.normal(7, 80);
    for (int count = 0; count <= 64; count++) {
      float bar = count == 0 ? 0 : scores[count / 2];
      long above = vector.above(scores, count, bar);
      assertThat(above).isEqualTo(scalar.above(scores, count, bar));
      assertThat(above >>> (count / 2) & 1).isEqualTo(0);
    }
  }
}
