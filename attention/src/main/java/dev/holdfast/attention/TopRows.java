package dev.holdfast.attention;

import java.util.Arrays;

/**
 * The k rows of highest score, exactly; of equal scores the earlier rows.
 *
 * <p>Scores are offered row after row. Only those above the k-th best so far are kept, in a buffer
 * of twice k that is cut back to the best k whenever it is full: offering costs little more than a
 * comparison, and the cutting is linear on average (Hoare's selection). Scores of minus infinity
 * and NaN are never chosen.
 */
final class TopRows {
  private final int k;
  private final long[] kept;
  private int size;
  private float bar;
  private int next;

  TopRows(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("at least one row has to be chosen, not " + k);
    }
    this.k = k;
    kept = new long[Math.max(64, 2 * k)];
    clear();
  }

  /** Begins anew. */
  void clear() {
    size = 0;
    next = 0;
    bar = Float.NEGATIVE_INFINITY;
  }

  /**
   * Offers up to 64 rows that follow each other, none of them before a row offered earlier.
   *
   * @param firstRow the row of {@code scores[0]}
   */
  void offer(Kernels kernels, float[] scores, int count, int firstRow) {
    if (firstRow < next) {
      throw new IllegalArgumentException("row %d comes after row %d".formatted(firstRow, next - 1));
    }
    next = firstRow + count;
    long bits = kernels.above(scores, count, bar);
    while (bits != 0) {
      int i = Long.numberOfTrailingZeros(bits);
      bits &= bits - 1;
      float score = scores[i];
      if (score > bar) {
        kept[size++] = key(score, firstRow + i);
        if (size == kept.length) {
          cut();
        }
      }
    }
  }

  /** Larger for a higher score, and for an earlier row where scores are equal. */
  private static long key(float score, int row) {
    // Adding zero makes minus zero equal to zero; the rest makes the order of floats that of ints.
    int bits = Float.floatToIntBits(score + 0f);
    return (long) (bits ^ ((bits >> 31) & Integer.MAX_VALUE)) << 32 | (Integer.MAX_VALUE - row);
  }

  private static int row(long key) {
    return Integer.MAX_VALUE - (int) key;
  }

  private static float score(long key) {
    int bits = (int) (key >> 32);
    return Float.intBitsToFloat(bits ^ ((bits >> 31) & Integer.MAX_VALUE));
  }

  private void cut() {
    if (size > k) {
      partition();
      size = k;
    }
    if (size == k) {
      long least = kept[0];
      for (int i = 1; i < k; i++) {
        least = Math.min(least, kept[i]);
      }
      bar = score(least);
    }
  }

  /** Brings the k largest to the front, in no order. */
  private void partition() {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      long pivot = median(kept[low], kept[(low + high) >>> 1], kept[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (kept[i] > pivot) {
          i++;
        }
        while (kept[j] < pivot) {
          j--;
        }
        if (i <= j) {
          long other = kept[i];
          kept[i++] = kept[j];
          kept[j--] = other;
        }
      }
      if (k - 1 <= j) {
        high = j;
      } else if (k - 1 >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /** The chosen rows in ascending order, fewer than k where fewer were offered. */
  int[] rows() {
    cut();
    int[] rows = new int[size];
    for (int i = 0; i < size; i++) {
      rows[i] = row(kept[i]);
    }
    Arrays.sort(rows);
    return rows;
  }
}
