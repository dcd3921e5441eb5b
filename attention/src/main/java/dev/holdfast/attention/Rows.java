package dev.holdfast.attention;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * What is attended to: one key and one value a row, shared by all heads (multi-query attention).
 *
 * <p>Both lie as 32-bit floats in native byte order; row {@code r} of the keys begins at octet
 * {@code r * keyStride} of {@code keys}. Keys and values may be the same memory, one beside the
 * other or even the same numbers. Numbers are finite; whoever writes them sees to it.
 *
 * @param keys where the keys lie
 * @param keyStride octets from one key to the next
 * @param keyDimension numbers in a key, at least 1
 * @param values where the values lie
 * @param valueStride octets from one value to the next
 * @param valueDimension numbers in a value, at least 1
 * @param count how many rows there are
 */
public record Rows(
    MemorySegment keys,
    long keyStride,
    int keyDimension,
    MemorySegment values,
    long valueStride,
    int valueDimension,
    int count) {
  /** Checks that every row lies in the memory. */
  public Rows {
    fits("keys", keys, keyStride, keyDimension, count);
    fits("values", values, valueStride, valueDimension, count);
  }

  /** Keys and values that lie in two pieces of memory, row after row without gaps. */
  public static Rows of(
      MemorySegment keys, int keyDimension, MemorySegment values, int valueDimension, int count) {
    return new Rows(
        keys,
        (long) keyDimension * Float.BYTES,
        keyDimension,
        values,
        (long) valueDimension * Float.BYTES,
        valueDimension,
        count);
  }

  /** Rows whose values are their keys. */
  public static Rows ofKeys(MemorySegment keys, int dimension, int count) {
    return of(keys, dimension, keys, dimension, count);
  }

  /** The key of one row, copied. */
  public float[] key(int row) {
    return copy(keys, keyStride, keyDimension, row);
  }

  /** The value of one row, copied. */
  public float[] value(int row) {
    return copy(values, valueStride, valueDimension, row);
  }

  private float[] copy(MemorySegment memory, long stride, int dimension, int row) {
    float[] copy = new float[dimension];
    MemorySegment.copy(
        memory,
        ValueLayout.JAVA_FLOAT_UNALIGNED,
        stride * Objects.checkIndex(row, count),
        copy,
        0,
        dimension);
    return copy;
  }

  private static void fits(
      String name, MemorySegment memory, long stride, int dimension, int count) {
    long length = (long) dimension * Float.BYTES;
    if (dimension < 1 || count < 0 || stride < length) {
      throw new IllegalArgumentException(
          "%s: %d rows of %d numbers, %d octets apart".formatted(name, count, dimension, stride));
    }
    if (count > 0 && memory.byteSize() < (count - 1) * stride + length) {
      throw new IllegalArgumentException(
          "%s: %d rows need more than the %d octets there"
              .formatted(name, count, memory.byteSize()));
    }
  }
}
