package dev.holdfast.trust;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * ECDSA on P-256 with nonces from the message (RFC 6979), in plain arithmetic that shares nothing
 * with the platform's: signatures of test vectors come out the same on every run. Slow, and its
 * time tells the secret: for tests only.
 */
final class TinyP256 {
  private static final BigInteger P =
      hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
  private static final BigInteger A = P.subtract(BigInteger.valueOf(3));
  static final BigInteger N =
      hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  private static final Point BASE =
      new Point(
          hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
          hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));

  private record Point(BigInteger x, BigInteger y) {}

  private TinyP256() {}

  static BigInteger hex(String digits) {
    return new BigInteger(digits, 16);
  }

  /** The x and y of the public key. */
  static byte[] publicKey(BigInteger secret) {
    Point point = times(secret);
    return join(octets(point.x), octets(point.y));
  }

  /** The r and s of a signature, s as it comes. */
  static byte[] sign(BigInteger secret, byte[] message) {
    byte[] hash = sha256(message);
    BigInteger e = new BigInteger(1, hash);
    byte[] seed = join(octets(secret), octets(e.mod(N)));
    byte[] v = new byte[32];
    Arrays.fill(v, (byte) 1);
    byte[] k = new byte[32];
    for (byte round = 0; round < 2; round++) {
      k = hmac(k, v, new byte[] {round}, seed);
      v = hmac(k, v);
    }
    while (true) {
      v = hmac(k, v);
      BigInteger nonce = new BigInteger(1, v);
      if (nonce.signum() > 0 && nonce.compareTo(N) < 0) {
        BigInteger r = times(nonce).x.mod(N);
        BigInteger s = nonce.modInverse(N).multiply(e.add(r.multiply(secret))).mod(N);
        if (r.signum() > 0 && s.signum() > 0) {
          return join(octets(r), octets(s));
        }
      }
      k = hmac(k, v, new byte[1]);
      v = hmac(k, v);
    }
  }

  private static Point times(BigInteger factor) {
    Point sum = BASE;
    for (int bit = factor.bitLength() - 2; bit >= 0; bit--) {
      sum = plus(sum, sum);
      if (factor.testBit(bit)) {
        sum = plus(sum, BASE);
      }
    }
    return sum;
  }

  /** The sum of two points that are not each other's negative. */
  private static Point plus(Point a, Point b) {
    BigInteger slope =
        a.equals(b)
            ? a.x
                .pow(2)
                .multiply(BigInteger.valueOf(3))
                .add(A)
                .multiply(a.y.shiftLeft(1).modInverse(P))
            : b.y.subtract(a.y).multiply(b.x.subtract(a.x).mod(P).modInverse(P));
    BigInteger x = slope.pow(2).subtract(a.x).subtract(b.x).mod(P);
    return new Point(x, slope.multiply(a.x.subtract(x)).subtract(a.y).mod(P));
  }

  /** A number below 2<sup>256</sup> in 32 octets. */
  static byte[] octets(BigInteger number) {
    byte[] octets = number.toByteArray();
    byte[] out = new byte[32];
    int length = Math.min(octets.length, 32);
    System.arraycopy(octets, octets.length - length, out, 32 - length, length);
    return out;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(join(parts));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
