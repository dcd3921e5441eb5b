package dev.holdfast.trust;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The little that must be known of edwards25519 (RFC 8032 section 5.1), so that verifiers cannot
 * differ about a signature.
 *
 * <p>Verifiers disagree where a point is spelled with y at or beyond the prime, where it has a part
 * of small order, and where S is at or beyond the order (Chalkias, Garillot, Nikolaenko: Taming the
 * many EdDSAs, 2020). Such keys and signatures come from no honest signer and are refused here
 * before the platform's verifier is asked.
 */
final class EdwardsCurve {
  /** The order of the base point. */
  static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger D =
      BigInteger.valueOf(-121_665).multiply(BigInteger.valueOf(121_666).modInverse(P)).mod(P);
  private static final BigInteger ROOT_OF_MINUS_ONE =
      BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
  private static final int LENGTH = 32;

  /** A point in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. */
  private record Point(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {
    static final Point NEUTRAL =
        new Point(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE, BigInteger.ZERO);

    /** The sum, also of a point with itself (RFC 8032 section 5.1.4). */
    Point plus(Point other) {
      BigInteger a = y.subtract(x).multiply(other.y.subtract(other.x)).mod(P);
      BigInteger b = y.add(x).multiply(other.y.add(other.x)).mod(P);
      BigInteger c = t.multiply(BigInteger.TWO).multiply(D).mod(P).multiply(other.t).mod(P);
      BigInteger d = z.multiply(BigInteger.TWO).multiply(other.z).mod(P);
      BigInteger e = b.subtract(a);
      BigInteger f = d.subtract(c);
      BigInteger g = d.add(c);
      BigInteger h = b.add(a);
      return new Point(
          e.multiply(f).mod(P), g.multiply(h).mod(P), f.multiply(g).mod(P), e.multiply(h).mod(P));
    }

    Point times(BigInteger factor) {
      Point sum = NEUTRAL;
      for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
        sum = sum.plus(sum);
        if (factor.testBit(bit)) {
          sum = sum.plus(this);
        }
      }
      return sum;
    }

    boolean isNeutral() {
      return x.signum() == 0 && y.equals(z);
    }
  }

  private EdwardsCurve() {}

  /**
   * Whether a public key is a point, spelled in the one way, of the order of the base point. A key
   * of small order would take one signature for many messages. Takes milliseconds: keep keys.
   */
  static boolean isKey(byte[] key) {
    Optional<Point> point = decode(key);
    return point.isPresent() && !point.get().isNeutral() && point.get().times(ORDER).isNeutral();
  }

  /** Whether R is spelled in the one way that its point has, and S is less than the order. */
  static boolean isReduced(byte[] signature) {
    BigInteger y = ordinate(signature);
    boolean negative = isNegative(signature);
    boolean zeroAbscissa = y.equals(BigInteger.ONE) || y.equals(P.subtract(BigInteger.ONE));
    return y.compareTo(P) < 0
        && !(negative && zeroAbscissa)
        && number(signature, LENGTH).compareTo(ORDER) < 0;
  }

  private static Optional<Point> decode(byte[] octets) {
    BigInteger y = ordinate(octets);
    if (y.compareTo(P) >= 0) {
      return Optional.empty();
    }
    BigInteger square = y.multiply(y).mod(P);
    BigInteger wanted =
        square
            .subtract(BigInteger.ONE)
            .multiply(D.multiply(square).add(BigInteger.ONE).modInverse(P))
            .mod(P);
    BigInteger x = wanted.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(wanted)) {
      x = x.multiply(ROOT_OF_MINUS_ONE).mod(P);
    }
    if (!x.multiply(x).mod(P).equals(wanted) || (x.signum() == 0 && isNegative(octets))) {
      return Optional.empty();
    }
    if (x.testBit(0) != isNegative(octets)) {
      x = P.subtract(x);
    }
    return Optional.of(new Point(x, y, BigInteger.ONE, x.multiply(y).mod(P)));
  }

  private static boolean isNegative(byte[] octets) {
    return octets[LENGTH - 1] < 0;
  }

  private static BigInteger ordinate(byte[] octets) {
    return number(octets, 0).clearBit(8 * LENGTH - 1);
  }

  /** Least octet first. */
  private static BigInteger number(byte[] octets, int from) {
    byte[] reversed = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      reversed[i] = octets[from + LENGTH - 1 - i];
    }
    return new BigInteger(1, reversed);
  }
}
