package dev.holdfast.probe;

import java.util.HexFormat;

/**
 * What names a session: 16 octets of chance, drawn by the landmark.
 *
 * @param hex 32 lower-case hexadecimal digits
 */
public record SessionId(String hex) {
  /** Octets. */
  public static final int LENGTH = 16;

  public SessionId {
    if (hex.length() != 2 * LENGTH
        || !hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      throw new IllegalArgumentException("a session id is 32 lower-case hexadecimal digits");
    }
  }

  /** The id of 16 octets. */
  public static SessionId of(byte[] octets) {
    return new SessionId(HexFormat.of().formatHex(octets));
  }

  /** The 16 octets. */
  public byte[] octets() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
