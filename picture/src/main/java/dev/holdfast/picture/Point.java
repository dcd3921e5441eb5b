package dev.holdfast.picture;

/** A point on the sheet, in pixels, y downwards. */
record Point(double x, double y) {
  double distance(Point other) {
    return Math.hypot(x - other.x, y - other.y);
  }
}
