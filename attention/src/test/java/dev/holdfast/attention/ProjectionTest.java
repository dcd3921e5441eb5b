package dev.holdfast.attention;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProjectionTest {
  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 16, 20})
  void spreading_keeps_the_products_of_what_is_kept(int kept) {
    Projection plain = Projection.principal(Drawn.rows(200, 24, 3), kept);
    Projection spread = plain.spread();
    for (int i = 0; i < 20; i++) {
      float[] a = Drawn.normal(i, 24);
      float[] b = Drawn.normal(100 + i, 24);
      assertThat(product(spread.ofKey(a, 0), spread.ofKey(b, 0)))
          .isCloseTo(product(plain.ofKey(a, 0), plain.ofKey(b, 0)), Offset.offset(1e-4));
    }
    assertThat(spread.fingerprint())
        .isEqualTo(plain.spread().fingerprint())
        .isNotEqualTo(kept == 1 ? new byte[0] : plain.fingerprint());
  }

  @Test
  void spreading_gives_every_number_a_share_of_one_that_has_all() {
    float[][] directions = new float[8][8];
    for (int i = 0; i < 8; i++) {
      directions[i][i] = 1;
    }
    float[] one = new float[8];
    one[3] = 2;
    float[] spread = Projection.of(directions, new float[8]).spread().ofKey(one, 0);
    for (float number : spread) {
      assertThat(Math.abs(number)).isCloseTo((float) (2 / Math.sqrt(8)), Offset.offset(1e-6f));
    }
  }
}
