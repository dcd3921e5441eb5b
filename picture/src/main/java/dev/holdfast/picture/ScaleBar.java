package dev.holdfast.picture;

/** A bar of a round number of kilometres, and the arrow that says where north is. */
final class ScaleBar {
  private ScaleBar() {}

  /**
   * Paints a bar with its length to the right.
   *
   * @param remark what follows the length, or nothing
   */
  static void paint(SvgWriter svg, double x, double y, View view, double widest, String remark) {
    double perKm = view.projection().pixelsPerKm();
    double km = Numbers.roundAtMost(widest / perKm);
    double length = km * perKm;
    Box bar = new Box(x, y - 5, length, 5);
    Marks.box(svg, "scale-full", new Box(x, y - 5, length / 2, 5));
    Marks.box(svg, "scale", bar);
    String label = Numbers.roundKm(km) + (remark.isEmpty() ? "" : " " + remark);
    svg.text(
        "text", label, "class", "word", "x", Numbers.px(bar.right() + 8), "y", Numbers.px(y + 1));
  }

  static void north(SvgWriter svg, double x, double y, String letter) {
    Marks.arrow(svg, x, y - 4, 0);
    svg.text("text", letter, "class", "word", "x", Numbers.px(x + 9), "y", Numbers.px(y + 1));
  }
}
