package dev.holdfast.trust;

import java.math.BigInteger;
import java.util.Arrays;

/** The little that must be known of P-256 (FIPS 186-5, SP 800-186 section 3.2.1.3). */
final class NistCurve {
  private static final BigInteger P =
      hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
  private static final BigInteger B =
      hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

  /** The order of the group. */
  static final BigInteger ORDER =
      hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

  private static final BigInteger HALF = ORDER.shiftRight(1);
  private static final BigInteger THREE = BigInteger.valueOf(3);
  private static final int LENGTH = 32;

  private NistCurve() {}

  private static BigInteger hex(String digits) {
    return new BigInteger(digits, 16);
  }

  /**
   * Whether x and y are a point of the curve: the JDK takes points that are not. The cofactor is 1,
   * so every point has the order of the group.
   */
  static boolean isPoint(byte[] xy) {
    BigInteger x = number(xy, 0);
    BigInteger y = number(xy, LENGTH);
    return x.compareTo(P) < 0
        && y.compareTo(P) < 0
        && y.multiply(y)
            .subtract(x.multiply(x).subtract(THREE).multiply(x).add(B))
            .mod(P)
            .equals(BigInteger.ZERO);
  }

  /** Whether r and s are within 1 to the order, and s at most half of it. */
  static boolean isLow(byte[] signature) {
    BigInteger r = number(signature, 0);
    BigInteger s = number(signature, LENGTH);
    return r.signum() > 0 && r.compareTo(ORDER) < 0 && s.signum() > 0 && s.compareTo(HALF) <= 0;
  }

  /** The same signature with the lesser of the two values that s may have. */
  static byte[] lowered(byte[] signature) {
    BigInteger s = number(signature, LENGTH);
    if (s.compareTo(HALF) <= 0) {
      return signature.clone();
    }
    byte[] lowered = Arrays.copyOf(signature, signature.length);
    byte[] other = ORDER.subtract(s).toByteArray();
    Arrays.fill(lowered, LENGTH, 2 * LENGTH, (byte) 0);
    int length = Math.min(other.length, LENGTH);
    System.arraycopy(other, other.length - length, lowered, 2 * LENGTH - length, length);
    return lowered;
  }

  private static BigInteger number(byte[] octets, int from) {
    return new BigInteger(1, octets, from, LENGTH);
  }
}
