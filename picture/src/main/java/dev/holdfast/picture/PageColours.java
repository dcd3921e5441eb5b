package dev.holdfast.picture;

import java.util.EnumMap;
import java.util.Map;

/** The colours of a page that stands alone: those of the pictures, and black on white on paper. */
public final class PageColours {
  private static final Map<Token, String> PRINTED = printed();

  private PageColours() {}

  private static Map<Token, String> printed() {
    Map<Token, String> printed = new EnumMap<>(Token.class);
    for (Token token : Token.values()) {
      printed.put(
          token,
          switch (token) {
            case PAPER, PAPER_2 -> "#ffffff";
            case LINE -> "#999999";
            default -> "#000000";
          });
    }
    return printed;
  }

  /**
   * A style sheet that gives the root its custom properties, such as {@code --ink-2}: light, dark
   * where the reader prefers it, and for print.
   */
  public static String sheet() {
    StringBuilder light = new StringBuilder();
    StringBuilder dark = new StringBuilder();
    StringBuilder paper = new StringBuilder();
    for (Token token : Token.values()) {
      light.append(token.property()).append(':').append(token.light()).append(';');
      dark.append(token.property()).append(':').append(token.dark()).append(';');
      paper.append(token.property()).append(':').append(PRINTED.get(token)).append(';');
    }
    return ":root{color-scheme:light dark;"
        + light
        + "}\n@media (prefers-color-scheme:dark){:root{"
        + dark
        + "}}\n@media print{:root{color-scheme:only light;"
        + paper
        + "}."
        + Style.ROOT
        + "{"
        + light
        + "}}\n";
  }
}
