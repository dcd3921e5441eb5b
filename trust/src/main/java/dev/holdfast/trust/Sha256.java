package dev.holdfast.trust;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 hash (FIPS 180-4) as statements write it.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Sha256(String hex) {
  private static final int DIGITS = 64;

  public Sha256 {
    if (!isHex(hex)) {
      throw new IllegalArgumentException("a hash is 64 lower-case hexadecimal digits");
    }
  }

  /** The hash of octets. */
  public static Sha256 of(byte[] octets) {
    return new Sha256(HexFormat.of().formatHex(digest().digest(octets)));
  }

  /** The 32 octets. */
  public byte[] octets() {
    return HexFormat.of().parseHex(hex);
  }

  static boolean isHex(String text) {
    return text.length() == DIGITS
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
