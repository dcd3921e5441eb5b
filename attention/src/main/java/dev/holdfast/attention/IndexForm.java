package dev.holdfast.attention;

import java.util.Arrays;

/**
 * How the index rounds the numbers that it keeps of a row. Either form has one scale a row beside
 * them.
 *
 * <p>In 32 octets go 32 numbers of eight bits, the form of DeepSeek sparse attention, or 128 of two
 * bits: rounder, and of four times as many directions.
 */
public enum IndexForm {
  /** Whole numbers from -127 to 127, so that the largest of a row is 127. */
  EIGHT_BITS(8, 1024, 127),
  /**
   * The odd numbers from -3 to 3, the best four steps for numbers of a normal distribution (Max,
   * "Quantizing for Minimum Distortion", 1960), scaled so that the product of a row with itself is
   * kept (as in RaBitQ, Gao and Long, 2024).
   */
  TWO_BITS(2, 512, 10);

  private static final int PER_OCTET = 4;

  private final int bits;
  private final int mostNumbers;
  private final int largestOfQuery;

  IndexForm(int bits, int mostNumbers, int largestOfQuery) {
    this.bits = bits;
    this.mostNumbers = mostNumbers;
    this.largestOfQuery = largestOfQuery;
  }

  /** Numbers in a row at most: with more, products would not be exact in the index's kernels. */
  public int mostNumbers() {
    return mostNumbers;
  }

  /** Octets that so many numbers take, without their scale. */
  public int octets(int numbers) {
    return Math.ceilDiv(numbers * bits, Byte.SIZE);
  }

  /** Whole numbers of a query go from minus this to this. */
  int largestOfQuery() {
    return largestOfQuery;
  }

  /**
   * Rounds the numbers of a row and answers what they have to be multiplied by; 0 for a row of
   * zeros, or of numbers too small to divide by.
   *
   * @param octets as many as {@link #octets} says
   * @throws IllegalArgumentException if there are more or fewer, or a number is not finite
   */
  public float quantize(float[] numbers, byte[] octets) {
    if (octets.length != octets(numbers.length)) {
      throw new IllegalArgumentException(
          "%d octets for %d numbers, not %d"
              .formatted(octets.length, numbers.length, octets(numbers.length)));
    }
    float largest = largest(numbers);
    return this == EIGHT_BITS
        ? whole(numbers, largest, largestOfQuery, octets)
        : odd(numbers, largest, octets);
  }

  /** The largest amount. */
  static float largest(float[] numbers) {
    float largest = 0;
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw new IllegalArgumentException("a number is not finite");
      }
      largest = Math.max(largest, Math.abs(number));
    }
    return largest;
  }

  /** Rounds to whole numbers so that the largest becomes {@code to}. */
  static float whole(float[] numbers, float largest, int to, byte[] whole) {
    float scale = largest / to;
    // A scale too small to divide by stands for a row of zeros.
    boolean zero = scale < Float.MIN_NORMAL;
    for (int i = 0; i < numbers.length; i++) {
      whole[i] = zero ? 0 : (byte) Math.rint(numbers[i] / scale);
    }
    return zero ? 0 : scale;
  }

  private static float odd(float[] numbers, float largest, byte[] octets) {
    Arrays.fill(octets, (byte) 0);
    if (largest < Float.MIN_NORMAL) {
      return 0;
    }
    double squares = 0;
    for (float number : numbers) {
      squares += (double) number * number;
    }
    double step = Math.sqrt(squares / numbers.length);
    double products = 0;
    for (int i = 0; i < numbers.length; i++) {
      int code = (int) Math.clamp(Math.floor(numbers[i] / step) + 2, 0, 3);
      octets[i / PER_OCTET] |= (byte) (code << (2 * (i % PER_OCTET)));
      products += (double) numbers[i] * level(code);
    }
    return (float) (squares / products);
  }

  /** The number that a code of two bits stands for. */
  static int level(int code) {
    return 2 * code - 3;
  }
}
