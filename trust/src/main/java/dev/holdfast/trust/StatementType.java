package dev.holdfast.trust;

import java.util.regex.Pattern;

/**
 * What kind of statement it is, as a URI (RFC 3986) with its version inside, such as {@code
 * https://holdfast.dev/statement/custody-event/v1}. It is a name; nobody fetches it.
 *
 * @param uri a lower-case scheme, a colon and printable ASCII without blanks, quotes, angle
 *     brackets, backslashes, carets, grave accents, braces and bars; at most 200 characters
 */
public record StatementType(String uri) {
  private static final int LONGEST = 200;
  private static final String HOLDFAST = "https://holdfast.dev/statement/";
  private static final Pattern URI =
      Pattern.compile("[a-z][a-z0-9+.-]{0,31}:[!#-;=?-\\[\\]_a-z~]+");
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  public StatementType {
    if (uri.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a statement type has at most " + LONGEST + " characters, not " + uri.length());
    }
    if (!URI.matcher(uri).matches()) {
      throw new IllegalArgumentException("a statement type is a URI with a lower-case scheme");
    }
  }

  /**
   * A type of Holdfast's own, such as {@code custody-event} in version 1.
   *
   * @param kind lower-case letters, digits and hyphens, a letter first, at most 64
   * @param version from 1
   */
  public static StatementType ofHoldfast(String kind, int version) {
    if (!KIND.matcher(kind).matches() || version < 1) {
      throw new IllegalArgumentException("no such kind of statement: " + kind + " v" + version);
    }
    return new StatementType(HOLDFAST + kind + "/v" + version);
  }

  @Override
  public String toString() {
    return uri;
  }
}
