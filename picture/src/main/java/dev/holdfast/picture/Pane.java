package dev.holdfast.picture;

import java.util.ArrayList;
import java.util.List;

/** The part of the sheet that a map fills; what goes beyond is cut off. */
sealed interface Pane {
  /** The smallest upright rectangle around it. */
  Box box();

  boolean holds(double x, double y);

  /** Its own edge as a closed line. */
  Line outline();

  /**
   * A closed line, cut: where it left the pane it follows the edge. Empty where nothing is left.
   */
  Line cutClosed(Line line);

  /** The parts of an open line that lie inside. */
  List<Line> cutOpen(Line line);

  /** The parts of a closed line that lie inside. */
  default List<Line> cutRim(Line closed) {
    Line open = new Line();
    for (int i = 0; i <= closed.size() && closed.size() > 0; i++) {
      open.add(closed.x(i % closed.size()), closed.y(i % closed.size()));
    }
    return joined(cutOpen(open));
  }

  private static List<Line> joined(List<Line> parts) {
    if (parts.size() < 2) {
      return parts;
    }
    Line first = parts.getFirst();
    Line last = parts.getLast();
    if (first.x(0) != last.x(last.size() - 1) || first.y(0) != last.y(last.size() - 1)) {
      return parts;
    }
    for (int i = 1; i < first.size(); i++) {
      last.add(first.x(i), first.y(i));
    }
    return parts.subList(1, parts.size());
  }

  /** A rectangle, for regional maps. */
  record Rectangle(Box box) implements Pane {
    @Override
    public boolean holds(double x, double y) {
      return box.holds(x, y);
    }

    @Override
    public Line outline() {
      return box.outline();
    }

    @Override
    public Line cutClosed(Line line) {
      Line left = half(line, 1, 0, box.x());
      Line right = half(left, -1, 0, -box.right());
      Line top = half(right, 0, 1, box.y());
      return half(top, 0, -1, -box.bottom());
    }

    /** Keeps what satisfies a x + b y >= c (Sutherland and Hodgman, 1974). */
    private static Line half(Line line, double a, double b, double c) {
      Line kept = new Line();
      int size = line.size();
      for (int i = 0; i < size; i++) {
        int last = (i + size - 1) % size;
        double before = a * line.x(last) + b * line.y(last) - c;
        double here = a * line.x(i) + b * line.y(i) - c;
        if (before >= 0 != here >= 0) {
          double t = before / (before - here);
          kept.add(
              line.x(last) + t * (line.x(i) - line.x(last)),
              line.y(last) + t * (line.y(i) - line.y(last)));
        }
        if (here >= 0) {
          kept.add(line.x(i), line.y(i));
        }
      }
      return kept;
    }

    @Override
    public List<Line> cutOpen(Line line) {
      Pieces pieces = new Pieces();
      for (int i = 1; i < line.size(); i++) {
        segment(pieces, line.x(i - 1), line.y(i - 1), line.x(i), line.y(i));
      }
      return pieces.lines;
    }

    /** The part of one segment inside (Liang and Barsky, 1984). */
    private void segment(Pieces pieces, double x0, double y0, double x1, double y1) {
      double[] p = {x0 - x1, x1 - x0, y0 - y1, y1 - y0};
      double[] q = {x0 - box.x(), box.right() - x0, y0 - box.y(), box.bottom() - y0};
      double in = 0;
      double out = 1;
      for (int i = 0; i < 4; i++) {
        if (p[i] == 0 && q[i] < 0) {
          return;
        }
        if (p[i] < 0) {
          in = Math.max(in, q[i] / p[i]);
        } else if (p[i] > 0) {
          out = Math.min(out, q[i] / p[i]);
        }
      }
      if (in < out) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        pieces.add(x0 + in * dx, y0 + in * dy, x0 + out * dx, y0 + out * dy, in == 0);
      }
    }
  }

  /** A disc, for globes; its edge is the horizon. */
  record Disc(double x, double y, double radius) implements Pane {
    private static final double EDGE = 0.02;

    @Override
    public Box box() {
      return Box.around(x, y, radius, radius);
    }

    @Override
    public boolean holds(double px, double py) {
      return Math.hypot(px - x, py - y) <= radius;
    }

    @Override
    public Line outline() {
      Line line = new Line();
      for (int i = 0; i < 360; i++) {
        double angle = Math.toRadians(i);
        line.add(x + radius * Math.sin(angle), y - radius * Math.cos(angle));
      }
      return line;
    }

    /** Draws in what is outside to the edge: the same map as that of the horizon. */
    @Override
    public Line cutClosed(Line line) {
      Line kept = new Line();
      boolean inside = false;
      for (int i = 0; i < line.size(); i++) {
        double dx = line.x(i) - x;
        double dy = line.y(i) - y;
        double shrink = Math.min(1, radius / Math.max(1e-9, Math.hypot(dx, dy)));
        kept.add(x + shrink * dx, y + shrink * dy);
        inside |= Math.hypot(dx, dy) < radius - EDGE;
      }
      return inside || winds(kept) ? kept : new Line();
    }

    /** True if a line along the edge goes once round. */
    private boolean winds(Line line) {
      double turned = 0;
      for (int i = 0; i < line.size(); i++) {
        int next = (i + 1) % line.size();
        turned +=
            Math.IEEEremainder(
                Math.atan2(line.y(next) - y, line.x(next) - x)
                    - Math.atan2(line.y(i) - y, line.x(i) - x),
                2 * Math.PI);
      }
      return Math.abs(turned) > Math.PI;
    }

    @Override
    public List<Line> cutOpen(Line line) {
      Pieces pieces = new Pieces();
      for (int i = 1; i < line.size(); i++) {
        segment(pieces, line.x(i - 1), line.y(i - 1), line.x(i), line.y(i));
      }
      return pieces.lines;
    }

    private void segment(Pieces pieces, double x0, double y0, double x1, double y1) {
      double from = Math.hypot(x0 - x, y0 - y) - radius;
      double to = Math.hypot(x1 - x, y1 - y) - radius;
      if (from > -EDGE && to > -EDGE) {
        return;
      }
      double t0 = from > 0 ? crossing(x0, y0, x1, y1, from, to) : 0;
      double t1 = to > 0 ? crossing(x0, y0, x1, y1, from, to) : 1;
      pieces.add(
          x0 + t0 * (x1 - x0),
          y0 + t0 * (y1 - y0),
          x0 + t1 * (x1 - x0),
          y0 + t1 * (y1 - y0),
          t0 == 0);
    }

    /** Halves its way to where a segment with one end inside meets the edge. */
    private double crossing(double x0, double y0, double x1, double y1, double from, double to) {
      double inside = from < to ? 0 : 1;
      double outside = 1 - inside;
      for (int i = 0; i < 20; i++) {
        double middle = (inside + outside) / 2;
        if (holds(x0 + middle * (x1 - x0), y0 + middle * (y1 - y0))) {
          inside = middle;
        } else {
          outside = middle;
        }
      }
      return inside;
    }
  }

  /** Collects segments; those that follow one another become one line. */
  final class Pieces {
    private final List<Line> lines = new ArrayList<>();

    private Pieces() {}

    private void add(double x0, double y0, double x1, double y1, boolean follows) {
      Line last = lines.isEmpty() ? new Line() : lines.getLast();
      int size = last.size();
      if (!follows || size == 0 || last.x(size - 1) != x0 || last.y(size - 1) != y0) {
        last = Line.through(x0, y0);
        lines.add(last);
      }
      last.add(x1, y1);
    }
  }
}
