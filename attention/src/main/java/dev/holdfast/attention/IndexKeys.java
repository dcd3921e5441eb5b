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

  private static final int CHUNK = 4096;

  private final int dimension;
  private volatile Chunk[] chunks = {};
  private volatile int count;

  /** So many rows at a time; {@code numbers} by blocks of 64. */
  private record Chunk(byte[] numbers, float[] scales) {}

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

  /** Octets of memory that the rows take, unused room of the last chunk among them. */
  public long octets() {
    return (long) chunks.length * CHUNK * (dimension + Float.BYTES);
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
    Chunk[] now = chunks;
    if (row == now.length * CHUNK) {
      now = Arrays.copyOf(now, now.length + 1);
      now[now.length - 1] = new Chunk(new byte[CHUNK * dimension], new float[CHUNK]);
      chunks = now;
    }
    Chunk chunk = now[row / CHUNK];
    int at = row % CHUNK / Kernels.BLOCK * Kernels.BLOCK * dimension + row % Kernels.BLOCK;
    for (int i = 0; i < dimension; i++) {
      chunk.numbers[at + i * Kernels.BLOCK] = whole[i];
    }
    chunk.scales[row % CHUNK] = scale;
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

  /**
   * The scores of the 64 rows of a block; those of rows that are not there mean nothing.
   *
   * @param dots room for the query's heads times a panel's width
   */
  void scores(Kernels kernels, IndexQuery query, int block, float[] dots, float[] scores) {
    int row = block * Kernels.BLOCK;
    Chunk chunk = chunks[row / CHUNK];
    int within = row % CHUNK;
    for (int from = 0; from < Kernels.BLOCK; from += kernels.width()) {
      kernels.indexDots(
          chunk.numbers, within * dimension + from, dimension, query.heads, query.count(), dots);
      kernels.combine(
          dots, 0, query.weights, 0, query.count(), chunk.scales, within + from, scores, from);
    }
  }

  /** The numbers of a block as panels of floats, and its scales. */
  void unpack(Kernels kernels, int block, float[] panels, float[] scales) {
    int row = block * Kernels.BLOCK;
    Chunk chunk = chunks[row / CHUNK];
    int within = row % CHUNK;
    kernels.unpack(chunk.numbers, within * dimension, dimension, panels);
    System.arraycopy(chunk.scales, within, scales, 0, Kernels.BLOCK);
  }
}
