package dev.holdfast.picture;

/** Strange text made safe for a document of markup. */
public final class Markup {
  private Markup() {}

  /**
   * Text that XML 1.0 can hold: markup escaped, what it may not hold replaced, and marks that turn
   * the direction of writing left out, so that a name cannot rearrange the words around it.
   */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            default -> {
              if (!turnsDirection(c)) {
                escaped.appendCodePoint(allowed(c) ? c : 0xfffd);
              }
            }
          }
        });
    return escaped.toString();
  }

  private static boolean turnsDirection(int c) {
    return c == 0x61c
        || between(c, 0x200e, 0x200f)
        || between(c, 0x202a, 0x202e)
        || between(c, 0x2066, 0x2069);
  }

  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || between(c, 0x20, 0x7e)
        || between(c, 0xa0, 0xd7ff)
        || between(c, 0xe000, 0xfffd)
        || (c >= 0x10000 && (c & 0xfffe) != 0xfffe);
  }

  private static boolean between(int c, int first, int last) {
    return c >= first && c <= last;
  }
}
