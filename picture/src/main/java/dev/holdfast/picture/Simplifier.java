package dev.holdfast.picture;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Leaves out points that a line hardly needs (Douglas and Peucker, 1973): none of those left out is
 * farther from the simplified line than the tolerance.
 */
final class Simplifier {
  /** Below what an eye sees, in pixels. */
  static final double TOLERANCE = 0.3;

  private Simplifier() {}

  static Line open(Line line) {
    if (line.size() < 3) {
      return line;
    }
    boolean[] kept = new boolean[line.size()];
    between(line, 0, line.size() - 1, kept);
    return only(line, kept);
  }

  /** Splits a closed line at the point farthest from its first, and simplifies both halves. */
  static Line closed(Line line) {
    if (line.size() < 4) {
      return line;
    }
    Line ring = new Line();
    int farthest = 0;
    double most = -1;
    for (int i = 0; i < line.size(); i++) {
      ring.add(line.x(i), line.y(i));
      double distance = Math.hypot(line.x(i) - line.x(0), line.y(i) - line.y(0));
      if (distance > most) {
        most = distance;
        farthest = i;
      }
    }
    ring.add(line.x(0), line.y(0));
    boolean[] kept = new boolean[ring.size()];
    between(ring, 0, farthest, kept);
    between(ring, farthest, ring.size() - 1, kept);
    kept[ring.size() - 1] = false;
    return only(ring, kept);
  }

  private static void between(Line line, int first, int last, boolean[] kept) {
    kept[first] = true;
    kept[last] = true;
    Deque<int[]> open = new ArrayDeque<>();
    open.push(new int[] {first, last});
    while (!open.isEmpty()) {
      int[] span = open.pop();
      int farthest = -1;
      double most = TOLERANCE;
      for (int i = span[0] + 1; i < span[1]; i++) {
        double distance = distance(line, i, span[0], span[1]);
        if (distance > most) {
          most = distance;
          farthest = i;
        }
      }
      if (farthest >= 0) {
        kept[farthest] = true;
        open.push(new int[] {span[0], farthest});
        open.push(new int[] {farthest, span[1]});
      }
    }
  }

  /** From a point to the stretch between two others. */
  private static double distance(Line line, int i, int from, int to) {
    double dx = line.x(to) - line.x(from);
    double dy = line.y(to) - line.y(from);
    double px = line.x(i) - line.x(from);
    double py = line.y(i) - line.y(from);
    double length = dx * dx + dy * dy;
    double t = length == 0 ? 0 : Math.clamp((px * dx + py * dy) / length, 0, 1);
    return Math.hypot(px - t * dx, py - t * dy);
  }

  private static Line only(Line line, boolean[] kept) {
    Line simplified = new Line();
    for (int i = 0; i < line.size(); i++) {
      if (kept[i]) {
        simplified.add(line.x(i), line.y(i));
      }
    }
    return simplified;
  }
}
