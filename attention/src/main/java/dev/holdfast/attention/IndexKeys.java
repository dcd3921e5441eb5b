package dev.holdfast.attention;

import java.util.Arrays;

/**
 * The index: for each row some rounded numbers, one key shared by all index heads, and one scale.
 * With 32 numbers of eight bits, or 128 of two, that is 36 octets a row.
 *
 * <p>Rows lie in blocks of 64, octet by octet, so that one load brings the same octet of many rows.
 * One thread may append while others read: a row is seen once {@link #count} says so, and is never
 * changed after.
 */
public final class IndexKeys {
  private final IndexForm form;
  private final int dimension;
  private final int octets;
  private volatile Block[] blocks = new Block[1];
  private volatile int count;

  /** 64 rows, their octets one after the other. */
  private record Block(byte[] octets, float[] scales) {}

  /** An empty index of so many numbers a row. */
  public IndexKeys(IndexForm form, int dimension) {
    if (dimension < 1 || dimension > form.mostNumbers()) {
      throw new IllegalArgumentException(
          "an index of %d numbers a row, not 1 to %d".formatted(dimension, form.mostNumbers()));
    }
    this.form = form;
    this.dimension = dimension;
    octets = form.octets(dimension);
  }

  /** An index of the keys of all rows. */
  public static IndexKeys of(IndexForm form, Projection projection, Rows rows) {
    IndexKeys keys = new IndexKeys(form, projection.to());
    for (int row = 0; row < rows.count(); row++) {
      keys.append(projection.ofKey(rows.key(row), 0));
    }
    return keys;
  }

  /** Rows that can be read. */
  public int count() {
    return count;
  }

  /** How its numbers are rounded. */
  public IndexForm form() {
    return form;
  }

  /** Numbers in a row. */
  public int dimension() {
    return dimension;
  }

  /** Octets of memory that the rows take, unused room of the last block among them. */
  public long octets() {
    return (long) Math.ceilDiv(count, Kernels.BLOCK) * Kernels.BLOCK * (octets + Float.BYTES);
  }

  /**
   * Appends one row.
   *
   * @throws IllegalArgumentException if it has other than {@link #dimension} numbers or one that is
   *     not finite
   */
  public void append(float[] numbers) {
    if (numbers.length != dimension) {
      throw new IllegalArgumentException(
          "%d numbers where %d belong".formatted(numbers.length, dimension));
    }
    byte[] rounded = new byte[octets];
    append(rounded, form.quantize(numbers, rounded));
  }

  /** Appends one row that is rounded already, as {@link IndexForm#quantize} does it. */
  public void append(byte[] rounded, float scale) {
    if (rounded.length != octets || !Float.isFinite(scale)) {
      throw new IllegalArgumentException(
          "a row of %d octets times %s in an index of %d".formatted(rounded.length, scale, octets));
    }
    int row = count;
    int within = row % Kernels.BLOCK;
    Block[] now = blocks;
    if (within == 0) {
      if (row / Kernels.BLOCK == now.length) {
        now = Arrays.copyOf(now, 2 * now.length);
      }
      now[row / Kernels.BLOCK] =
          new Block(new byte[Kernels.BLOCK * octets], new float[Kernels.BLOCK]);
      blocks = now;
    }
    Block block = now[row / Kernels.BLOCK];
    int place = form == IndexForm.TWO_BITS ? Kernels.place(within) : within;
    for (int i = 0; i < octets; i++) {
      block.octets[i * Kernels.BLOCK + place] = rounded[i];
    }
    block.scales[within] = scale;
    count = row + 1;
  }

  void requireVisible(int visible) {
    if (visible > count) {
      throw new IndexOutOfBoundsException(
          "%d rows are visible, the index has %d".formatted(visible, count));
    }
  }

  void fits(IndexQuery query) {
    if (query.form != form || query.heads.length != query.count() * dimension) {
      throw new IllegalArgumentException(
          "%d heads of %d numbers in all, %s, for an index of %d, %s"
              .formatted(query.count(), query.heads.length, query.form, dimension, form));
    }
  }

  /** The octets of a block, those of rows that are not there mean nothing. */
  byte[] octets(int block) {
    return blocks[block].octets;
  }

  /** The scales of the rows of a block. */
  float[] scales(int block) {
    return blocks[block].scales;
  }
}
