package dev.holdfast.probe;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What nobody can guess: 16 octets of chance that a challenge carries as its Extra Padding (RFC
 * 8972 section 4.1), so that the answer cannot have been made before.
 */
public final class Nonce {
  /** Octets. */
  public static final int LENGTH = 16;

  private final byte[] octets;

  private Nonce(byte[] octets) {
    this.octets = octets;
  }

  /** Copies 16 octets. */
  public static Nonce copyOf(byte[] octets, int at) {
    return new Nonce(Arrays.copyOfRange(octets, at, at + LENGTH));
  }

  /** A copy of the 16 octets. */
  public byte[] octets() {
    return octets.clone();
  }

  void write(byte[] out, int at) {
    System.arraycopy(octets, 0, out, at, LENGTH);
  }

  boolean is(byte[] in, int at) {
    return Arrays.equals(octets, 0, LENGTH, in, at, at + LENGTH);
  }

  long upper() {
    return Octets.longInteger(octets, 0);
  }

  long lower() {
    return Octets.longInteger(octets, 8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Nonce that && Arrays.equals(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(octets);
  }
}
