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

  static String escape(String text) {
    return Markup.escape(text);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
