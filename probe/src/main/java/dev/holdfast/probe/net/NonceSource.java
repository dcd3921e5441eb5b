package dev.holdfast.probe.net;

import dev.holdfast.probe.Nonce;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws nonces many at a time, and wipes each once it is given out. Belongs to one thread. */
final class NonceSource {
  private static final int MANY = 256;

  private final RandomGenerator random;
  private final byte[] drawn = new byte[MANY * Nonce.LENGTH];
  private int next = drawn.length;

  NonceSource(RandomGenerator random) {
    this.random = random;
  }

  Nonce next() {
    if (next == drawn.length) {
      random.nextBytes(drawn);
      next = 0;
    }
    Nonce nonce = Nonce.copyOf(drawn, next);
    Arrays.fill(drawn, next, next + Nonce.LENGTH, (byte) 0);
    next += Nonce.LENGTH;
    return nonce;
  }
}
