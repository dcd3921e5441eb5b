package dev.holdfast.replay;

import dev.holdfast.picture.Markup;

/** Writes elements one after the other; every attribute and text is escaped. */
final class DossierMarkup {
  private final StringBuilder out = new StringBuilder();

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn
   */
  DossierMarkup open(String name, String... attributes) {
    start(name, attributes);
    out.append('\n');
    return this;
  }

  DossierMarkup close(String name) {
    out.append("</").append(name).append(">\n");
    return this;
  }

  /** An element that holds only text. */
  DossierMarkup text(String name, String content, String... attributes) {
    start(name, attributes);
    out.append(Markup.escape(content)).append("</").append(name).append(">\n");
    return this;
  }

  /** Markup that was made safe elsewhere. */
  DossierMarkup raw(String markup) {
    out.append(markup);
    return this;
  }

  private void start(String name, String... attributes) {
    out.append('<').append(name);
    for (int i = 0; i + 1 < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(Markup.escape(attributes[i + 1])).append('"');
    }
    out.append('>');
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
