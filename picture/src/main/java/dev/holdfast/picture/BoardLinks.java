package dev.holdfast.picture;

import dev.holdfast.attest.Board.Member;
import java.util.Map;

/** The lines from chips to what they name, one path for each chip and kind of line. */
final class BoardLinks {
  /** With more lines than these each is fainter, so that the crowd is no darker than a few. */
  private static final int CROWD = 96;

  private final SvgWriter svg = new SvgWriter();

  /** Draws those of which both ends are drawn. */
  void draw(BoardScene scene, Map<String, Box> chips, Map<String, Box> marks) {
    int lines = scene.chips().stream().mapToInt(each -> each.marks().size()).sum();
    String style = lines > CROWD ? "link-crowd" : "link";
    for (Member chip : scene.chips()) {
      Box from = chips.get(chip.chip());
      PathData up = new PathData();
      PathData down = new PathData();
      for (String mark : chip.marks()) {
        Box to = marks.get(mark);
        if (from == null || to == null) {
          continue;
        }
        boolean own = scene.board().marks().contains(mark);
        double start = own ? from.y() : from.bottom();
        double end = own ? to.bottom() : to.y();
        (own ? up : down).open(Line.through(from.centreX(), start, to.centreX(), end));
      }
      path(style, up);
      path("link-elsewhere", down);
    }
  }

  private void path(String style, PathData path) {
    String d = path.toString();
    if (!d.isEmpty()) {
      svg.leaf("path", "class", style, "d", d);
    }
  }

  SvgWriter written() {
    return svg;
  }
}
