package dev.holdfast.picture;

import java.util.List;
import java.util.Locale;

/**
 * Where in a long text attention fell: one strip from its first passage to its last. Above it bars
 * of what dense attention gave, below it ticks for what was chosen and read, under both the
 * passages with most attention, each by its number and its place.
 */
public final class ReadingStrip {
  private static final double WIDE = 960;
  private static final double EDGE = 24;
  private static final double BAR = 3;
  private static final double HIGH = 120;
  private static final double LEADING = 1.6;

  private ReadingStrip() {}

  /**
   * The words around it, in the reader's language; any of them may come from a stranger.
   *
   * @param title the question
   * @param sentence what came out
   * @param dense what the bars are
   * @param chosen what the ticks are
   * @param best the passages with most attention, best first
   */
  public record Words(
      String language,
      String title,
      String sentence,
      String dense,
      String chosen,
      List<String> best) {
    public Words {
      best = List.copyOf(best);
    }
  }

  /**
   * Draws it.
   *
   * @param weights the share of attention of each passage, 0 to 1, at least one passage
   * @param chosen the passages that were read, ascending
   */
  public static String draw(Words words, double[] weights, int[] chosen) {
    SvgWriter svg = new SvgWriter();
    double y = lines(svg, words.title(), 24, "title", 40, 2);
    y = lines(svg, words.sentence(), 15, "sentence", y, 3);
    double base = y + HIGH;
    int bins = (int) ((WIDE - 2 * EDGE) / BAR);
    double[] highest = new double[bins];
    double most = 0;
    for (int i = 0; i < weights.length; i++) {
      int bin = bin(i, weights.length, bins);
      highest[bin] = Math.max(highest[bin], weights[i]);
      most = Math.max(most, weights[i]);
    }
    boolean[] read = new boolean[bins];
    for (int row : chosen) {
      read[bin(row, weights.length, bins)] = true;
    }
    for (int bin = 0; bin < bins; bin++) {
      double high = most > 0 ? HIGH * highest[bin] / most : 0;
      double x = EDGE + bin * BAR;
      if (high >= 0.5) {
        box(svg, "proved", x, base - high, BAR - 1, high);
      }
      if (read[bin]) {
        box(svg, "scale-full", x, base + 6, BAR - 1, 8);
      }
    }
    svg.leaf(
        "path",
        "class",
        "scale",
        "d",
        "M" + Numbers.px(EDGE) + " " + Numbers.px(base + 3) + "H" + Numbers.px(WIDE - EDGE));
    svg.text("text", "1", place(EDGE, base + 32, "hint"));
    svg.text(
        "text",
        String.format(Locale.ROOT, "%,d", weights.length),
        "x",
        Numbers.px(WIDE - EDGE),
        "y",
        Numbers.px(base + 32),
        "text-anchor",
        "end",
        "class",
        "hint");
    svg.text("text", "▮ " + words.dense(), place(EDGE + 40, base + 32, "word"));
    svg.text("text", "▪ " + words.chosen(), place(EDGE + 40, base + 52, "word"));
    y = base + 84;
    for (String line : words.best()) {
      y = lines(svg, line, 13, "word", y, 1);
    }
    String description = words.sentence() + " " + String.join(" ", words.best());
    return SvgPage.of(svg, words.language(), words.title(), description, WIDE, y + 8);
  }

  private static int bin(int row, int rows, int bins) {
    return (int) ((long) row * bins / rows);
  }

  private static String[] place(double x, double y, String style) {
    return new String[] {"x", Numbers.px(x), "y", Numbers.px(y), "class", style};
  }

  private static void box(SvgWriter svg, String style, double x, double y, double w, double h) {
    Marks.box(svg, style, new Box(x, y, w, h));
  }

  /** Writes a text that is wrapped to fit; answers where the next goes. */
  private static double lines(
      SvgWriter svg, String text, double size, String style, double from, int most) {
    double y = from;
    for (String line : TextFit.wrap(text.replaceAll("\\s+", " "), size, WIDE - 2 * EDGE, most)) {
      svg.text("text", line, place(EDGE, y, style));
      y += size * LEADING;
    }
    return y;
  }
}
