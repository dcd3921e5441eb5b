package dev.holdfast.picture;

import dev.holdfast.model.Verdict;
import java.util.List;

/** What the signs on a map mean; only those that are on it. */
final class Legend {
  private static final double GLYPH = 28;
  private static final double ROW = 24;
  private static final double LINE = 17;

  private final SvgWriter svg;
  private final double left;
  private final double width;
  private double y;

  private Legend(SvgWriter svg, double left, double top, double width) {
    this.svg = svg;
    this.left = left;
    this.width = width;
    this.y = top;
  }

  /** Draws a sign around a point. */
  private interface Sign {
    void draw(double x, double y);
  }

  /** Paints a legend and says where it ends. */
  static double paint(
      SvgWriter svg,
      Scene scene,
      Caption caption,
      View main,
      double left,
      double top,
      double width) {
    Legend legend = new Legend(svg, left, top, width);
    legend.all(scene, caption, new ClaimLayer(scene, main, caption.words()));
    return legend.y;
  }

  private void all(Scene scene, Caption caption, ClaimLayer claims) {
    MapWords words = caption.words();
    if (scene.hasRegion()) {
      row(words.region(), (x, at) -> region(x, at, caption.simulated()));
    }
    if (!scene.places().isEmpty()) {
      row(words.claim(), (x, at) -> Marks.cross(svg, x, at));
    }
    if (scene.areas().stream().anyMatch(area -> !area.excluded() && claims.shows(area))) {
      row(words.claimedArea(), (x, at) -> Marks.line(svg, "area", x - 11, at, x + 11, at));
    }
    if (scene.areas().stream().anyMatch(area -> area.excluded() && claims.shows(area))) {
      row(words.excludedArea(), (x, at) -> Marks.line(svg, "area-out", x - 11, at, x + 11, at));
    }
    if (!scene.report().bounds().isEmpty()) {
      row(words.landmark(), (x, at) -> Marks.landmark(svg, true, x, at));
    }
    if (scene.binding().stream().anyMatch(scene::contradicts)) {
      row(words.contradictingBound(), (x, at) -> arc("bound", x, at));
    } else if (!scene.binding().isEmpty()) {
      row(words.bindingBound(), (x, at) -> arc("bound", x, at));
    }
    if (!scene.others().isEmpty()) {
      row(words.otherBound(), (x, at) -> arc("bound-other", x, at));
    }
    verdicts(caption);
  }

  private void verdicts(Caption caption) {
    List<Verdict.Value> used =
        caption.sentences().stream().map(Caption.Sentence::value).distinct().sorted().toList();
    for (Verdict.Value value : used) {
      String word =
          switch (value) {
            case PROVED -> caption.words().proved();
            case UNPROVEN -> caption.words().unproven();
            case REFUTED -> caption.words().refuted();
          };
      row(word, (x, at) -> Marks.verdict(svg, value, x, at));
    }
  }

  private void row(String word, Sign sign) {
    sign.draw(left + GLYPH / 2 - 2, y);
    for (String line : TextFit.wrap(word, 13, width - GLYPH - 4, 2)) {
      svg.text(
          "text",
          line,
          "class",
          "word",
          "x",
          Numbers.px(left + GLYPH + 4),
          "y",
          Numbers.px(y + 4.5));
      y += LINE;
    }
    y += ROW - LINE;
  }

  private void region(double x, double at, boolean simulated) {
    Box box = Box.around(x, at, 10, 6);
    Marks.box(svg, "region", box);
    if (simulated) {
      Marks.box(svg, "hatch", box);
    }
    Marks.box(svg, "rim", box);
  }

  private void arc(String style, double x, double at) {
    Line line = new Line();
    for (int i = -8; i <= 8; i++) {
      double angle = Math.toRadians(4.5 * i);
      line.add(x + 18 * Math.sin(angle), at + 13 - 18 * Math.cos(angle));
    }
    svg.leaf("path", "class", style, "d", new PathData().open(line).toString());
  }
}
