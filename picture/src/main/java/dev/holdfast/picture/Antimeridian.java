package dev.holdfast.picture;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Mends the cuts that the source makes along the antimeridian: the two sides of a cut get the same
 * points, so that they cancel like any other seam.
 */
final class Antimeridian {
  private Antimeridian() {}

  /** Whether an edge of a ring runs along the antimeridian. */
  static boolean along(double[][] ring, int edge) {
    return Math.abs(ring[0][edge]) == 180 && Math.abs(ring[0][edge + 1]) == 180;
  }

  /** The same rings, with edges along the antimeridian divided wherever another one ends. */
  static List<double[][]> matched(List<double[][]> rings) {
    NavigableSet<Double> ends = new TreeSet<>();
    for (double[][] ring : rings) {
      for (int i = 0; i + 1 < ring[0].length; i++) {
        if (along(ring, i)) {
          ends.add(ring[1][i]);
          ends.add(ring[1][i + 1]);
        }
      }
    }
    return ends.isEmpty() ? rings : rings.stream().map(ring -> divided(ring, ends)).toList();
  }

  private static double[][] divided(double[][] ring, NavigableSet<Double> ends) {
    int length = ring[0].length;
    boolean touches = false;
    for (int i = 0; i + 1 < length; i++) {
      touches |= along(ring, i);
    }
    if (!touches) {
      return ring;
    }
    Line points = new Line();
    for (int i = 0; i < length; i++) {
      points.add(ring[0][i], ring[1][i]);
      if (i + 1 < length && along(ring, i)) {
        double from = ring[1][i];
        double to = ring[1][i + 1];
        var between = ends.subSet(Math.min(from, to), false, Math.max(from, to), false);
        for (double latitude : from < to ? between : between.descendingSet()) {
          points.add(ring[0][i], latitude);
        }
      }
    }
    double[][] divided = new double[2][points.size()];
    for (int i = 0; i < points.size(); i++) {
      divided[0][i] = points.x(i);
      divided[1][i] = points.y(i);
    }
    return divided;
  }
}
