package dev.holdfast.picture;

/** The document around a drawing: its size, its words for screen readers, style sheet and paper. */
final class SvgPage {
  private SvgPage() {}

  /**
   * A whole document.
   *
   * @param description everything that the picture says, for those who do not see it
   */
  static String of(
      SvgWriter body, String language, String title, String description, double wide, double high) {
    SvgWriter svg = new SvgWriter();
    String width = Numbers.px(wide);
    String height = Numbers.px(Math.ceil(high));
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        Style.ROOT,
        "role",
        "img",
        "lang",
        language,
        "xml:lang",
        language,
        "width",
        width,
        "height",
        height,
        "viewBox",
        "0 0 " + width + " " + height);
    svg.text("title", title);
    svg.text("desc", description);
    svg.text("style", Style.sheet());
    hatch(svg);
    Marks.box(svg, "page", new Box(0, 0, wide, Math.ceil(high)));
    return svg.append(body).close("svg").toString();
  }

  private static void hatch(SvgWriter svg) {
    svg.open("defs");
    svg.open(
        "pattern",
        "id",
        "holdfast-hatch",
        "width",
        "6",
        "height",
        "6",
        "patternUnits",
        "userSpaceOnUse",
        "patternTransform",
        "rotate(45)");
    svg.leaf("path", "class", "hatch-line", "d", "M3 0v6");
    svg.close("pattern");
    svg.close("defs");
  }
}
