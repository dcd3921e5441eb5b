package dev.holdfast.picture;

import dev.holdfast.attest.Board.Member;
import java.util.List;
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
    int number = 0;
    for (Member chip : scene.chips()) {
      number++;
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
        List<String> alike = own ? scene.marks().drawn() : scene.elsewhere().drawn();
        double startX = along(from, alike.indexOf(mark) + 1, alike.size());
        double endX = along(to, number, chips.size());
        (own ? up : down).open(Line.through(startX, start, endX, end));
      }
      path(style, up);
      path("link-elsewhere", down);
    }
  }

  /**
   * Where on a box the line of one of several ends. Each has a place of its own, or the lines of
   * boxes that stand one below the other would be one line.
   */
  private static double along(Box box, int number, int all) {
    return box.x() + box.width() * number / (all + 1);
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
