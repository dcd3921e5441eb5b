package dev.holdfast.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.trust.Sha256;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Chance that follows from a seed and from what it is for, so that what is drawn for one thing does
 * not hang on how much was drawn for others before it.
 */
final class Chance {
  private final long seed;

  Chance(long seed) {
    this.seed = seed;
  }

  /** A generator of its own for something, named by these words. */
  SplittableRandom of(String... words) {
    byte[] hash = octets(words);
    long own = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      own = (own << Byte.SIZE) | (hash[i] & 0xFF);
    }
    return new SplittableRandom(own);
  }

  /** 32 octets of its own for something. */
  byte[] octets(String... words) {
    return Sha256.of(
            ("holdfast simulation\n" + seed + "\n" + String.join("\n", words)).getBytes(UTF_8))
        .octets();
  }

  /** So many octets. */
  static byte[] octets(RandomGenerator random, int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }

  /** A lognormal number: half of them are below the median, and sigma is that of the logarithm. */
  static double lognormal(RandomGenerator random, double median, double sigma) {
    return median * Math.exp(sigma * random.nextGaussian());
  }
}
