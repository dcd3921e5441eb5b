package dev.holdfast.probe;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keyed hash of STAMP: HMAC-SHA-256, of which the first 16 octets count (RFC 8762 section 4.4).
 *
 * <p>Not for two threads at once. The key is never printed.
 */
public final class StampMac {
  /** Octets of a key. */
  public static final int KEY_LENGTH = 32;

  /** Octets of a tag. */
  public static final int LENGTH = 16;

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;
  private final byte[] whole = new byte[32];

  private StampMac(Mac mac) {
    this.mac = mac;
  }

  /** A hash under a key of 32 octets, which are copied. */
  public static StampMac of(byte[] key) {
    try {
      StampMac made = new StampMac(Mac.getInstance(ALGORITHM));
      made.rekey(key);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Goes on under another key of 32 octets. */
  public void rekey(byte[] key) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("a session key has 32 octets");
    }
    try {
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("any 32 octets are a key", e);
    }
  }

  /** Writes the tag of a stretch of octets. */
  void tag(byte[] in, int from, int length, byte[] out, int at) {
    mac.update(in, from, length);
    finish();
    System.arraycopy(whole, 0, out, at, LENGTH);
  }

  /** Writes the tag of two stretches, one after the other. */
  void tag(byte[] in, int from, int length, int from2, int length2, byte[] out, int at) {
    mac.update(in, from, length);
    mac.update(in, from2, length2);
    finish();
    System.arraycopy(whole, 0, out, at, LENGTH);
  }

  /** Whether the tag of a stretch is this one; takes the same time wherever they differ. */
  boolean matches(byte[] in, int from, int length, byte[] tags, int at) {
    mac.update(in, from, length);
    finish();
    return same(tags, at);
  }

  /** Whether the tag of two stretches is this one. */
  boolean matches(byte[] in, int from, int length, int from2, int length2, byte[] tags, int at) {
    mac.update(in, from, length);
    mac.update(in, from2, length2);
    finish();
    return same(tags, at);
  }

  private void finish() {
    try {
      mac.doFinal(whole, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException("32 octets hold a SHA-256", e);
    }
  }

  private boolean same(byte[] tags, int at) {
    int difference = 0;
    for (int i = 0; i < LENGTH; i++) {
      difference |= whole[i] ^ tags[at + i];
    }
    return difference == 0;
  }
}
