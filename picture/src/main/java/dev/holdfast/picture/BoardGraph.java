package dev.holdfast.picture;

import dev.holdfast.attest.Board;

/**
 * A board as a stand-alone SVG document: its switches (or, by the host's word, its signs), its
 * chips, and a line from each chip to each mark that it names now. Chips that are away stand apart,
 * with the host that they are in and what they name there.
 *
 * <p>Light and dark follow the reader's preference. No fonts, scripts or pictures from elsewhere.
 */
public final class BoardGraph {
  /** The least width that has room for a name beside a mark. */
  public static final int NARROWEST = 240;

  /** The greatest width. */
  public static final int WIDEST = 1600;

  /** The width of a page's column. */
  public static final int USUAL = 960;

  private BoardGraph() {}

  /**
   * Draws one board; the height follows from what is on it.
   *
   * @param width in pixels, {@value #NARROWEST} to {@value #WIDEST}
   * @return an SVG document
   */
  public static String draw(Board board, BoardCaption caption, int width) {
    if (width < NARROWEST || width > WIDEST) {
      throw new IllegalArgumentException("width is " + NARROWEST + " to " + WIDEST);
    }
    return new BoardSheet(new BoardScene(board), caption, width).document();
  }
}
