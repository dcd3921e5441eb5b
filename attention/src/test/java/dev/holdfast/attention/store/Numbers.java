package dev.holdfast.attention.store;

import dev.holdfast.attention.Projection;
import dev.holdfast.attention.Rows;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** Rows that can be told from each other, the same for the same number. */
final class Numbers {
  static final int KEY = 12;
  static final int VALUE = 7;
  static final Projection PROJECTION = Projection.hadamard(KEY, 8);

  private Numbers() {}

  static float[] key(int row) {
    return numbers(row, KEY);
  }

  static float[] value(int row) {
    return numbers(-1 - row, VALUE);
  }

  static float[] numbers(int seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble(-2, 2);
    }
    return numbers;
  }

  static void append(RowFile file, int many) {
    for (int i = 0; i < many; i++) {
      file.append(key(file.count()), value(file.count()));
    }
  }

  /** The first rows, on the heap. */
  static Rows heap(int count) {
    float[] keys = new float[count * KEY];
    float[] values = new float[count * VALUE];
    for (int row = 0; row < count; row++) {
      System.arraycopy(key(row), 0, keys, row * KEY, KEY);
      System.arraycopy(value(row), 0, values, row * VALUE, VALUE);
    }
    return Rows.of(MemorySegment.ofArray(keys), KEY, MemorySegment.ofArray(values), VALUE, count);
  }
}
