package dev.holdfast.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/** The spellings that all C2SP texts share, each read in its one form only. */
final class StrictText {
  private static final int MOST_DIGITS = 19;

  private StrictText() {}

  /** The text of these octets, or empty where they are not UTF-8. */
  static Optional<String> utf8(byte[] octets) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whether a text can be written as UTF-8: it holds no half of a surrogate pair. */
  static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** Whether a text holds a character below U+0020 other than newline. */
  static boolean hasControl(String text) {
    return text.chars().anyMatch(c -> c < ' ' && c != '\n');
  }

  /**
   * The octets of a base64 text (RFC 4648 section 4), or empty where it is not their one spelling:
   * with padding, without spaces, unused bits zero. One spelling each, so that nobody can change a
   * signed note, or its hash, without breaking it.
   */
  static Optional<byte[]> base64(String text) {
    try {
      byte[] octets = Base64.getDecoder().decode(text);
      return base64(octets).equals(text) ? Optional.of(octets) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The base64 text of octets (RFC 4648 section 4). */
  static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  /** The number of an ASCII decimal without leading zeroes, at most 2^63 - 1, or empty. */
  static OptionalLong decimal(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean leadingZero = text.length() > 1 && text.charAt(0) == '0';
    if (!digits || leadingZero || text.length() > MOST_DIGITS) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
