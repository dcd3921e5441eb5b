package dev.holdfast.picture;

import dev.holdfast.attest.Board;
import dev.holdfast.model.Verdict;

/** The small signs: their shape says what their colour says. */
final class Marks {
  private Marks() {}

  /** A filled circle, a ring or a diamond. */
  static void verdict(SvgWriter svg, Verdict.Value value, double x, double y) {
    switch (value) {
      case PROVED -> circle(svg, "proved", x, y, 5.5);
      case UNPROVEN -> circle(svg, "unproven", x, y, 4.5);
      case REFUTED -> diamond(svg, x, y);
    }
  }

  private static void diamond(SvgWriter svg, double x, double y) {
    polygon(svg, "refuted", Line.through(x, y - 7, x + 7, y, x, y + 7, x - 7, y));
  }

  private static void triangle(SvgWriter svg, double x, double y) {
    polygon(svg, "attention", Line.through(x, y - 6.5, x + 6.8, y + 5.3, x - 6.8, y + 5.3));
  }

  /** A filled circle, a triangle or a diamond. */
  static void grade(SvgWriter svg, Board.Grade grade, double x, double y) {
    switch (grade) {
      case INTACT -> circle(svg, "proved", x, y, 5.5);
      case PARTIAL -> triangle(svg, x, y);
      case SCATTERED -> diamond(svg, x, y);
    }
  }

  /** The same signs for how a chip stands to its board. */
  static void standing(SvgWriter svg, BoardScene.Standing standing, double x, double y) {
    switch (standing) {
      case WHOLLY -> circle(svg, "proved", x, y, 5.5);
      case PARTLY -> triangle(svg, x, y);
      case GONE -> diamond(svg, x, y);
    }
  }

  /** A point of a line. */
  static void plotted(SvgWriter svg, LinePlot.Look look, double x, double y) {
    switch (look) {
      case FIRST -> circle(svg, "proved", x, y, 4.5);
      case AGAINST -> diamond(svg, x, y);
      case THIRD -> triangle(svg, x, y);
      case OTHER -> circle(svg, "unproven", x, y, 3.5);
      case LIMIT -> {}
    }
  }

  static void landmark(SvgWriter svg, boolean binding, double x, double y) {
    double half = binding ? 6 : 4.5;
    polygon(
        svg,
        binding ? "landmark" : "landmark-other",
        Line.through(
            x, y - half, x + half * 0.95, y + half * 0.7, x - half * 0.95, y + half * 0.7));
  }

  static void cross(SvgWriter svg, double x, double y) {
    String d =
        new PathData()
            .open(Line.through(x - 6, y - 6, x + 6, y + 6))
            .open(Line.through(x + 6, y - 6, x - 6, y + 6))
            .toString();
    svg.leaf("path", "class", "cross-halo", "d", d);
    svg.leaf("path", "class", "cross", "d", d);
  }

  /** A place that is too small to see otherwise. */
  static void dot(SvgWriter svg, double x, double y) {
    circle(svg, "dot", x, y, 3.5);
  }

  /** An arrow head at a point, in a direction clockwise from up. */
  static void arrow(SvgWriter svg, double x, double y, double direction) {
    double s = Math.sin(direction);
    double c = Math.cos(direction);
    polygon(
        svg,
        "arrow",
        Line.through(
            x + 9 * s,
            y - 9 * c,
            x - 5 * s + 5 * c,
            y + 5 * c + 5 * s,
            x - 2 * s,
            y + 2 * c,
            x - 5 * s - 5 * c,
            y + 5 * c - 5 * s));
  }

  static void polygon(SvgWriter svg, String style, Line line) {
    svg.leaf("path", "class", style, "d", new PathData().closed(line).toString());
  }

  static void line(SvgWriter svg, String style, double... coordinates) {
    svg.leaf(
        "path", "class", style, "d", new PathData().open(Line.through(coordinates)).toString());
  }

  static void box(SvgWriter svg, String style, Box box) {
    svg.leaf(
        "rect",
        "class",
        style,
        "x",
        Numbers.px(box.x()),
        "y",
        Numbers.px(box.y()),
        "width",
        Numbers.px(box.width()),
        "height",
        Numbers.px(box.height()));
  }

  private static void circle(SvgWriter svg, String style, double x, double y, double radius) {
    svg.leaf(
        "circle",
        "class",
        style,
        "cx",
        Numbers.px(x),
        "cy",
        Numbers.px(y),
        "r",
        Numbers.px(radius));
  }
}
