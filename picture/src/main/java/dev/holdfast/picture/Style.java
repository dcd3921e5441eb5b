package dev.holdfast.picture;

/** The style sheet of a map: one class for each kind of thing that is drawn. */
final class Style {
  /** The class of the root; every rule hangs below it, so that a page may hold the map inline. */
  static final String ROOT = "holdfast-map";

  private static final String FONT =
      "system-ui,-apple-system,Segoe UI,Roboto,Noto Sans,Helvetica,Arial,sans-serif";

  private static final String CODE =
      "ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,monospace";

  private final StringBuilder css = new StringBuilder();

  private Style() {}

  static String sheet() {
    Style style = new Style();
    style.tokens();
    style.map();
    style.marks();
    style.words();
    style.boards();
    style.plots();
    return style.css.toString();
  }

  private void tokens() {
    StringBuilder light = new StringBuilder();
    StringBuilder dark = new StringBuilder();
    for (Token token : Token.values()) {
      light.append(token.property()).append(':').append(token.light()).append(';');
      dark.append(token.property()).append(':').append(token.dark()).append(';');
    }
    css.append('.').append(ROOT).append("{color-scheme:light dark;").append(light);
    css.append("font-family:").append(FONT).append(";font-variant-numeric:tabular-nums}\n");
    css.append("@media (prefers-color-scheme:dark){.").append(ROOT).append('{');
    css.append(dark).append("}}\n");
  }

  private void map() {
    rule("page", Token.PAPER.as("fill"));
    rule("land", Token.PAPER_2.as("fill") + hairline(Token.INK_3, "0.6", "0.6"));
    rule("border", "fill:none;" + hairline(Token.INK_3, "0.6", "0.45") + "stroke-dasharray:4 2");
    rule("graticule", "fill:none;" + hairline(Token.INK_3, "0.6", "0.2"));
    rule("frame", "fill:none;" + hairline(Token.INK_3, "1", "0.7"));
    rule("callout", "fill:none;" + hairline(Token.INK_3, "0.8", "0.8"));
    rule("area", "fill:none;" + hairline(Token.CLAIM, "1.2", "0.9"));
    rule("area-out", "fill:none;" + hairline(Token.CLAIM, "1.2", "0.9") + "stroke-dasharray:6 3");
    rule("bound", "fill:none;" + hairline(Token.INK_2, "1", "0.9"));
    rule("bound-other", "fill:none;" + hairline(Token.INK_3, "0.7", "0.4"));
    rule("bound-crowd", "fill:none;" + hairline(Token.INK_3, "0.6", "0.25"));
    rule("apart", Token.INK_2.as("fill") + "fill-opacity:0.07;stroke:none");
    rule("region", Token.PROVED.as("fill") + "fill-opacity:0.18;stroke:none");
    rule("hatch", "fill:url(#holdfast-hatch);stroke:none");
    rule("hatch-line", Token.INK_2.as("stroke") + "stroke-width:1;stroke-opacity:0.35");
    rule("rim", "fill:none;" + hairline(Token.PROVED, "1.8", "1"));
    rule("claim-circle", "fill:none;" + hairline(Token.CLAIM, "1.2", "1") + "stroke-dasharray:5 3");
    rule("away", "fill:none;" + hairline(Token.REFUTED, "1.4", "1") + "stroke-dasharray:1.5 4");
    rule("gap", "fill:none;" + hairline(Token.ATTENTION, "2.4", "1"));
  }

  private void marks() {
    String halo = Token.PAPER.as("stroke") + "stroke-width:1.2;paint-order:stroke";
    rule("landmark", Token.INK_2.as("fill") + halo);
    rule("landmark-other", Token.PAPER.as("fill") + hairline(Token.INK_3, "1", "1"));
    rule("dot", Token.PROVED.as("fill") + halo);
    rule("cross", "fill:none;" + hairline(Token.CLAIM, "2.4", "1") + "stroke-linecap:round");
    rule("cross-halo", "fill:none;" + hairline(Token.PAPER, "5", "0.9") + "stroke-linecap:round");
    rule("arrow", Token.CLAIM.as("fill") + "stroke:none");
    rule("proved", Token.PROVED.as("fill") + "stroke:none");
    rule("refuted", Token.REFUTED.as("fill") + "stroke:none");
    rule("unproven", Token.PAPER.as("fill") + hairline(Token.UNPROVEN, "2", "1"));
    rule("scale", Token.INK_2.as("stroke") + "stroke-width:1;fill:none");
    rule("scale-full", Token.INK_2.as("fill") + "stroke:none");
  }

  private void words() {
    rule("title", Token.INK.as("fill") + "font-size:24px;font-weight:600");
    rule("sentence", Token.INK.as("fill") + "font-size:15px");
    rule("word", Token.INK_2.as("fill") + "font-size:13px");
    rule("hint", Token.INK_3.as("fill") + "font-size:13px");
    String halo = Token.PAPER.as("stroke") + "stroke-width:3;stroke-linejoin:round;";
    String label = "font-size:13px;paint-order:stroke;" + halo;
    rule("label", Token.INK.as("fill") + label);
    rule("label-other", Token.INK_3.as("fill") + label);
    rule("label-claim", Token.INK.as("fill") + label + "font-weight:600");
    rule("label-gap", Token.INK.as("fill") + label + "font-weight:600");
    rule("far", Token.INK_3.as("fill"));
    rule("country", Token.INK_3.as("fill") + label + "letter-spacing:0.08em");
    rule("degree", Token.INK_3.as("fill") + label + "fill-opacity:0.85");
  }

  private void boards() {
    String code = "font-family:" + CODE + ";font-size:13px";
    rule("heading", Token.INK.as("fill") + "font-size:18px;font-weight:600");
    rule("heading-narrow", Token.INK.as("fill") + "font-size:15px;font-weight:600");
    rule("code", Token.INK.as("fill") + code);
    rule("code-other", Token.INK_2.as("fill") + code);
    rule("node", Token.PAPER_2.as("fill") + hairline(Token.INK_3, "1", "1"));
    rule("node-chip", Token.PAPER.as("fill") + hairline(Token.INK_3, "1", "1"));
    rule("node-away", Token.PAPER.as("fill") + hairline(Token.REFUTED, "1.2", "1"));
    String dashed = hairline(Token.INK_3, "1", "1") + "stroke-dasharray:5 3";
    rule("node-elsewhere", Token.PAPER.as("fill") + dashed);
    rule("link", "fill:none;" + hairline(Token.INK_3, "0.8", "0.6"));
    rule("link-crowd", "fill:none;" + hairline(Token.INK_3, "0.6", "0.25"));
    rule("link-elsewhere", "fill:none;" + dashed);
    rule("attention", Token.ATTENTION.as("fill") + "stroke:none");
  }

  private void plots() {
    rule("plot-first", "fill:none;" + hairline(Token.PROVED, "2", "1"));
    rule("plot-against", "fill:none;" + hairline(Token.REFUTED, "2", "1"));
    rule("plot-third", "fill:none;" + hairline(Token.ATTENTION, "2", "1"));
    rule("plot-other", "fill:none;" + hairline(Token.INK_3, "1.4", "1"));
    rule("plot-limit", "fill:none;" + hairline(Token.INK_2, "1.2", "1") + "stroke-dasharray:5 4");
  }

  private static String hairline(Token token, String width, String opacity) {
    String line = token.as("stroke") + "stroke-width:" + width + ";stroke-linejoin:round;";
    return opacity.equals("1") ? line : line + "stroke-opacity:" + opacity + ";";
  }

  private void rule(String name, String declarations) {
    css.append('.').append(ROOT).append(" .").append(name);
    css.append('{').append(declarations).append("}\n");
  }
}
