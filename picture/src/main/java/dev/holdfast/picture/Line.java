package dev.holdfast.picture;

import java.util.Arrays;

/**
 * Points on the sheet, one after the other, in pixels. Whoever takes a line knows whether it is
 * open or closed; a closed one does not repeat its first point.
 */
final class Line {
  private double[] xy = new double[32];
  private int size;

  /** A line through points given as x, y, x, y. */
  static Line through(double... coordinates) {
    Line line = new Line();
    for (int i = 0; i < coordinates.length; i += 2) {
      line.add(coordinates[i], coordinates[i + 1]);
    }
    return line;
  }

  void add(double x, double y) {
    if (2 * size == xy.length) {
      xy = Arrays.copyOf(xy, 2 * xy.length);
    }
    xy[2 * size] = x;
    xy[2 * size + 1] = y;
    size++;
  }

  int size() {
    return size;
  }

  double x(int i) {
    return xy[2 * i];
  }

  double y(int i) {
    return xy[2 * i + 1];
  }

  Box box() {
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      left = Math.min(left, x(i));
      right = Math.max(right, x(i));
      top = Math.min(top, y(i));
      bottom = Math.max(bottom, y(i));
    }
    return new Box(left, top, right - left, bottom - top);
  }
}
