package dev.holdfast.attention;

import java.util.Arrays;

/**
 * The index: for each row some numbers of eight bits, one key shared by all index heads, and one
 * scale. With 32 numbers that is 36 octets a row.
 *
 * <p>Rows lie in blocks of 64, number by number, so that one load brings the same number of many
 * rows. One thread may append while others read: a row is seen once {@link #count} says so, and is
 * never changed after.
 */
public final class IndexKeys {
  /** Numbers in a row at most: with more, products of them are not exact in floats. */
  public static final int MOST_NUMBERS = 1024;

  private final int dimension;
  private volatile Block[] blocks = new Block[1];
  private volatile int count;

  /** 64 rows, their numbers one after the other. */
  private record Block(byte[] numbers, float[] scales) {}

  /** An empty index of so many numbers a row. */
  public IndexKeys(int dimension) {
    if (dimension < 1 || dimension > MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "an index of %d numbers a row, not 1 to %d".formatted(dimension, MOST_NUMBERS));
    }
    this.dimension = dimension;
  }

  /** An index of the keys of all rows. */
  public static IndexKeys of(Projection projection, Rows rows) {
    IndexKeys keys = new IndexKeys(projection.to());
    for (int row = 0; row < rows.count(); row++) {
      keys.append(projection.ofKey(rows.key(row), 0));
    }
    return keys;
  }

  /** Rows that can be read. */
  public int count() {
    return count;
  }

  /** Numbers in a row. */
  public int dimension() {
    return dimension;
  }

  /** Octets of memory that the rows take, unused room of the last block among them. */
  public long octets() {
    return (long) Math.ceilDiv(count, Kernels.BLOCK) * Kernels.BLOCK * (dimension + Float.BYTES);
  }

  /**
   * Appends one row, in eight bits.
   *
   * @throws IllegalArgumentException if it has other than {@link #dimension} numbers or one that is
   *     not finite
   */
  public void append(float[] numbers) {
    byte[] whole = new byte[dimension];
    append(whole, quantize(numbers, whole));
  }

  /** Appends one row that is in eight bits already. */
  public void append(byte[] whole, float scale) {
    if (whole.length != dimension || !Float.isFinite(scale)) {
      throw new IllegalArgumentException(
          "a row of %d numbers times %s in an index of %d"
              .formatted(whole.length, scale, dimension));
    }
    int row = count;
    int within = row % Kernels.BLOCK;
    Block[] now = blocks;
    if (within == 0) {
      if (row / Kernels.BLOCK == now.length) {
        now = Arrays.copyOf(now, 2 * now.length);
      }
      now[row / Kernels.BLOCK] =
          new Block(new byte[Kernels.BLOCK * dimension], new float[Kernels.BLOCK]);
      blocks = now;
    }
    Block block = now[row / Kernels.BLOCK];
    for (int i = 0; i < dimension; i++) {
      block.numbers[i * Kernels.BLOCK + within] = whole[i];
    }
    block.scales[within] = scale;
    count = row + 1;
  }

  /**
   * Rounds to whole numbers from -127 to 127 and answers what they have to be multiplied by.
   *
   * @throws IllegalArgumentException if there are more or fewer, or one is not finite
   */
  public static float quantize(float[] numbers, byte[] whole) {
    if (numbers.length != whole.length) {
      throw new IllegalArgumentException(
          "%d numbers where %d belong".formatted(numbers.length, whole.length));
    }
    float largest = 0;
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw new IllegalArgumentException("a number is not finite");
      }
      largest = Math.max(largest, Math.abs(number));
    }
    float scale = largest / 127;
    // A scale too small to divide by stands for a row of zeros.
    boolean zero = scale < Float.MIN_NORMAL;
    for (int i = 0; i < whole.length; i++) {
      whole[i] = zero ? 0 : (byte) Math.rint(numbers[i] / scale);
    }
    return zero ? 0 : scale;
  }

  void requireVisible(int visible) {
    if (visible > count) {
      throw new IndexOutOfBoundsException(
          "%d rows are visible, the index has %d".formatted(visible, count));
    }
  }

  void fits(IndexQuery query) {
    if (query.heads.length != query.count() * dimension) {
      throw new IllegalArgumentException(
          "%d heads of %d numbers in all for an index of %d"
              .formatted(query.count(), query.heads.length, dimension));
    }
  }

  /** The numbers of a block, those of rows that are not there mean nothing. */
  byte[] numbers(int block) {
    return blocks[block].numbers;
  }

  /** The scales of the rows of a block. */
  float[] scales(int block) {
    return blocks[block].scales;
  }
}
