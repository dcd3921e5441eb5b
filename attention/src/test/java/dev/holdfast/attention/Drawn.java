package dev.holdfast.attention;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** Numbers for tests, drawn once from the normal distribution. */
final class Drawn {
  static final int MOST_ROWS = 4099;
  static final int MOST_NUMBERS = 384;

  private static final float[] KEYS = normal(1, MOST_ROWS * MOST_NUMBERS);
  private static final float[] VALUES = normal(2, MOST_ROWS * MOST_NUMBERS);

  private Drawn() {}

  static float[] normal(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** Rows in memory on the heap; keys and values differ. */
  static Rows rows(int count, int keyDimension, int valueDimension) {
    return Rows.of(
        MemorySegment.ofArray(KEYS),
        keyDimension,
        MemorySegment.ofArray(VALUES),
        valueDimension,
        count);
  }

  /** So many different rows of all, in any order. */
  static int[] choice(long seed, int many, int of) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] all = Oracle.before(of);
    for (int i = 0; i < many; i++) {
      int other = random.nextInt(i, of);
      int row = all[other];
      all[other] = all[i];
      all[i] = row;
    }
    return java.util.Arrays.copyOf(all, many);
  }
}
