package dev.holdfast.picture;

import dev.holdfast.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts names beside marks so that no two overlap; who comes first has the choice, and a name for
 * which there is no room is left out.
 */
final class Labels {
  static final double SIZE = 13;
  private static final double WIDEST = 190;
  private static final double MARK = 18;

  /**
   * What is written.
   *
   * @param tail what follows the text in a quieter colour, or nothing
   * @param verdict whose mark goes before it, or null
   */
  record Name(String text, String tail, String style, Verdict.@Nullable Value verdict) {
    Name {
      text = TextFit.shorten(text, SIZE, WIDEST);
    }

    static Name of(String text, String style) {
      return new Name(text, "", style, null);
    }

    double width() {
      double spaced = style.equals("country") ? text.length() * 0.08 * SIZE : 0;
      double bold = style.equals("label-claim") || style.equals("label-gap") ? 1.08 : 1;
      return TextFit.width(text + tail, SIZE) * bold + spaced + (verdict == null ? 4 : 4 + MARK);
    }
  }

  private final Box area;
  private final List<Box> taken = new ArrayList<>();
  private final SvgWriter written = new SvgWriter();

  Labels(Box area) {
    this.area = area.grown(-4);
  }

  /** Keeps a place free of names. */
  void block(Box box) {
    taken.add(box);
  }

  /** Keeps the place of a mark free. */
  void block(Point mark, double half) {
    block(Box.around(mark.x(), mark.y(), half, half));
  }

  /**
   * Writes a name beside a mark: to its right if there is room, else around it.
   *
   * @param tail what follows the name in a quieter colour, or nothing
   * @return whether there was room
   */
  boolean beside(Point mark, double half, String name, String tail, String style) {
    return beside(mark, half, new Name(name, tail, style, null));
  }

  /** The same for a name that carries the mark of a verdict. */
  boolean beside(Point mark, double half, Name name) {
    double width = name.width();
    double height = SIZE + 5;
    double side = half + width / 2 + 2;
    double above = half + height / 2 + 1;
    double[][] offsets = {
      {side, 0}, {-side, 0}, {0, -above}, {0, above},
      {side, -above}, {side, above}, {-side, -above}, {-side, above},
      {0, -above - height}, {0, above + height}
    };
    for (double[] offset : offsets) {
      Box box = Box.around(mark.x() + offset[0], mark.y() + offset[1], width / 2, height / 2);
      if (free(box)) {
        write(box, name);
        return true;
      }
    }
    return false;
  }

  /** The same for a name that must not be left out: without room it covers what is there. */
  void besideSurely(Point mark, double half, Name name) {
    if (!beside(mark, half, name)) {
      double right = Math.min(mark.x() + half + 2, area.right() - name.width());
      double x = Math.max(area.x(), right) + name.width() / 2;
      write(Box.around(x, mark.y(), name.width() / 2, SIZE / 2 + 2.5), name);
    }
  }

  /** Writes a name around a point, if there is room. */
  boolean centred(double x, double y, Name name, double widest) {
    double width = name.width();
    Box box = Box.around(x, y, width / 2, SIZE / 2 + 3);
    if (width > widest || !free(box)) {
      return false;
    }
    write(box, name);
    return true;
  }

  private boolean free(Box box) {
    return area.holds(box) && taken.stream().noneMatch(box::overlaps);
  }

  private void write(Box box, Name name) {
    taken.add(box);
    double shift = name.verdict == null ? 0 : MARK / 2;
    String x = Numbers.px(box.centreX() + shift);
    String y = Numbers.px(box.centreY() + SIZE * 0.35);
    String[] attributes = {"class", name.style, "x", x, "y", y, "text-anchor", "middle"};
    if (name.tail.isEmpty()) {
      written.text("text", name.text, attributes);
    } else {
      written.twoTexts(name.text, name.tail, "far", attributes);
    }
    if (name.verdict != null) {
      Marks.verdict(written, name.verdict, box.x() + MARK / 2, box.centreY());
    }
  }

  /** Everything written, to be put on top of the map. */
  SvgWriter written() {
    return written;
  }
}
