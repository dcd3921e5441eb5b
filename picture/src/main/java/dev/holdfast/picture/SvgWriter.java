package dev.holdfast.picture;

/** Writes elements one after the other; every attribute and text is escaped. */
final class SvgWriter {
  private final StringBuilder out = new StringBuilder();

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn
   */
  SvgWriter open(String name, String... attributes) {
    start(name, attributes);
    out.append(">\n");
    return this;
  }

  SvgWriter close(String name) {
    out.append("</").append(name).append(">\n");
    return this;
  }

  /** An element without content. */
  SvgWriter leaf(String name, String... attributes) {
    start(name, attributes);
    out.append("/>\n");
    return this;
  }

  /** An element that holds only text. */
  SvgWriter text(String name, String content, String... attributes) {
    start(name, attributes);
    out.append('>').append(escape(content)).append("</").append(name).append(">\n");
    return this;
  }

  /** A text of two parts, the second in another class. */
  SvgWriter twoTexts(String first, String second, String secondClass, String... attributes) {
    start("text", attributes);
    out.append('>').append(escape(first));
    out.append("<tspan class=\"").append(escape(secondClass)).append("\">");
    out.append(escape(second)).append("</tspan></text>\n");
    return this;
  }

  /** What another writer wrote. */
  SvgWriter append(SvgWriter other) {
    out.append(other.out);
    return this;
  }

  private void start(String name, String... attributes) {
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException("attribute without a value in " + name);
    }
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(escape(attributes[i + 1])).append('"');
    }
  }

  /**
   * Text that XML 1.0 can hold: markup escaped, what it may not hold replaced, and marks that turn
   * the direction of writing left out, so that a name cannot rearrange the words around it.
   */
  static String escape(String text) {
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

  @Override
  public String toString() {
    return out.toString();
  }
}
