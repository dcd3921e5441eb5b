package dev.holdfast.ledger;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 hash: 32 octets that nobody can change. */
public final class Hash {
  /** Octets in a hash. */
  public static final int LENGTH = 32;

  private final byte[] octets;

  private Hash(byte[] octets) {
    this.octets = octets;
  }

  /** A hash of these 32 octets, which are copied. */
  public static Hash of(byte[] octets) {
    return of(octets, 0, octets.length);
  }

  /** A hash from a part of an array, which is copied. */
  public static Hash of(byte[] octets, int from, int to) {
    if (to - from != LENGTH) {
      throw new IllegalArgumentException("a hash has 32 octets, not " + (to - from));
    }
    return new Hash(Arrays.copyOfRange(octets, from, to));
  }

  /**
   * A hash from its base64 form (RFC 4648 section 4, padded, no other spelling of the same octets).
   *
   * @throws CodedException with the given code where it is not one
   */
  public static Hash ofBase64(String text, ErrorCode code, String field) {
    try {
      byte[] octets = Base64.getDecoder().decode(text);
      if (octets.length == LENGTH && Base64.getEncoder().encodeToString(octets).equals(text)) {
        return new Hash(octets);
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message for all.
    }
    throw new CodedException(
        new Problem(
            code, null, 0, field, Problem.quote(text) + " is not the base64 form of 32 octets"));
  }

  /** The base64 form (RFC 4648 section 4). */
  public String base64() {
    return Base64.getEncoder().encodeToString(octets);
  }

  /** The form in lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(octets);
  }

  /** A copy of the octets. */
  public byte[] octets() {
    return octets.clone();
  }

  /** Writes the octets into an array. */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(octets, 0, target, at, LENGTH);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(octets, hash.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  /** The base64 form. */
  @Override
  public String toString() {
    return base64();
  }
}
