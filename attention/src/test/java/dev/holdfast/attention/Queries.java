package dev.holdfast.attention;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** Rows and queries drawn from a seed. */
final class Queries {
  private Queries() {}

  static float[] random(int seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return numbers;
  }

  /** Small whole numbers, of which sums are exact. */
  static float[] whole(int seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt(-9, 10);
    }
    return numbers;
  }

  static Rows rows(int seed, int count, int dimension) {
    return Rows.ofKeys(MemorySegment.ofArray(random(seed, count * dimension)), dimension, count);
  }

  static Rows wholeRows(int seed, int count, int dimension) {
    return Rows.ofKeys(MemorySegment.ofArray(whole(seed, count * dimension)), dimension, count);
  }
}
