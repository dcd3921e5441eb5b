package dev.holdfast.attention.store;

import dev.holdfast.attention.IndexForm;
import dev.holdfast.attention.Projection;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Where what lies in the file of rows, all in the byte order of the machine, since kernels read the
 * numbers where they lie.
 *
 * <p>A header of 64 octets: the magic, version (1 where the index has eight bits a number, 2 where
 * it has two), numbers in a key, in a value (0 where values are the keys) and in an index row,
 * SHA-256 of the projection, CRC32C. Then rows of a fixed stride: key, value, index row, its scale,
 * CRC32C, zeros up to a multiple of 64. The checksum covers the row's number too, so that a row in
 * the wrong place does not hold.
 */
final class RowLayout {
  static final int HEADER = 64;

  /** Numbers in a key or value at most. */
  static final int MOST_NUMBERS = 1 << 16;

  private static final long MAGIC = 0x48465f524f57530aL;
  private static final int ALIGNMENT = 64;

  private final int keys;
  private final int values;
  private final int index;
  private final IndexForm form;
  private final byte[] fingerprint;

  RowLayout(Projection projection, IndexForm form, int valueDimension) {
    keys = projection.from();
    values = valueDimension;
    index = projection.to();
    this.form = form;
    fingerprint = projection.fingerprint();
    if (keys > MOST_NUMBERS || values < 0 || values > MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "keys of %d numbers, values of %d".formatted(keys, values));
    }
  }

  int keyDimension() {
    return keys;
  }

  /** Numbers in a value that is written; 0 where values are the keys. */
  int valueDimension() {
    return values;
  }

  int indexDimension() {
    return index;
  }

  IndexForm form() {
    return form;
  }

  /** Octets of an index row, without its scale. */
  int indexOctets() {
    return form.octets(index);
  }

  private int version() {
    return switch (form) {
      case EIGHT_BITS -> 1;
      case TWO_BITS -> 2;
    };
  }

  /** Octets from the beginning of a row to its value, which may be its key. */
  int valueAt() {
    return values == 0 ? 0 : keys * Float.BYTES;
  }

  /** Octets from the beginning of a row to its index row, which the scale follows. */
  int indexAt() {
    return (keys + values) * Float.BYTES;
  }

  private int sumAt() {
    return indexAt() + indexOctets() + Float.BYTES;
  }

  /** Octets from one row to the next. */
  int stride() {
    return Math.ceilDiv(sumAt() + Integer.BYTES, ALIGNMENT) * ALIGNMENT;
  }

  /** Where a row begins in the file, and so too how long a file of that many rows is. */
  long at(long row) {
    return HEADER + row * stride();
  }

  byte[] header() {
    byte[] octets = new byte[HEADER];
    ByteBuffer header = ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder());
    header.putLong(MAGIC).putInt(version()).putInt(keys).putInt(values).putInt(index);
    header.put(fingerprint);
    header.putInt(sum(header, 0, header.position()));
    return octets;
  }

  /**
   * Checks that a file has rows of this layout.
   *
   * @throws CodedException ROW_FILE_MISMATCH or ROW_FILE_DAMAGED
   */
  void check(ByteBuffer header, String source) {
    header.order(ByteOrder.nativeOrder()).rewind();
    if (header.getLong() != MAGIC) {
      throw mismatch(source, "it does not begin as a file of rows of this machine does");
    }
    int version = header.getInt();
    if (version != version()) {
      throw mismatch(source, "it is of version %d, not %d".formatted(version, version()));
    }
    int[] numbers = {header.getInt(), header.getInt(), header.getInt()};
    byte[] projected = new byte[fingerprint.length];
    header.get(projected);
    if (sum(header, 0, header.position()) != header.getInt()) {
      throw new CodedException(
          Problem.in(source, ErrorCode.ROW_FILE_DAMAGED, "its header does not fit its checksum"));
    }
    int[] wanted = {keys, values, index};
    if (!Arrays.equals(numbers, wanted)) {
      throw mismatch(
          source,
          "keys, values and index rows have %s numbers, not %s"
              .formatted(Arrays.toString(numbers), Arrays.toString(wanted)));
    }
    if (!Arrays.equals(projected, fingerprint)) {
      throw mismatch(source, "its index was made by another projection");
    }
  }

  private static CodedException mismatch(String source, String reason) {
    return new CodedException(Problem.in(source, ErrorCode.ROW_FILE_MISMATCH, reason));
  }

  /** A row as it lies in the file. */
  ByteBuffer row(long number, float[] key, float[] value, byte[] indexRow, float scale) {
    ByteBuffer row = room(stride());
    row.asFloatBuffer().put(key).put(value);
    row.position(indexAt()).put(indexRow).putFloat(scale);
    return seal(row, number);
  }

  /** Puts the checksum into a row. */
  ByteBuffer seal(ByteBuffer row, long number) {
    return row.putInt(sumAt(), sum(row, number, sumAt())).rewind();
  }

  /** Whether a row, which the buffer begins with, is the one of that number and whole. */
  boolean holds(ByteBuffer row, long number) {
    return sum(row, number, sumAt()) == row.getInt(sumAt());
  }

  static ByteBuffer room(int octets) {
    return ByteBuffer.allocate(octets).order(ByteOrder.nativeOrder());
  }

  /** CRC32C of a number and the first octets of a buffer; never zero, so that zeros do not hold. */
  static int sum(ByteBuffer octets, long number, int length) {
    CRC32C sum = new CRC32C();
    sum.update(room(Long.BYTES).putLong(number).flip());
    sum.update(octets.duplicate().position(0).limit(length));
    return sum.getValue() == 0 ? -1 : (int) sum.getValue();
  }
}
