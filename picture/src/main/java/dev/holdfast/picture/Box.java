package dev.holdfast.picture;

/** An upright rectangle on the sheet, in pixels. */
record Box(double x, double y, double width, double height) {
  static Box around(double x, double y, double halfWidth, double halfHeight) {
    return new Box(x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight);
  }

  double right() {
    return x + width;
  }

  double bottom() {
    return y + height;
  }

  double centreX() {
    return x + width / 2;
  }

  double centreY() {
    return y + height / 2;
  }

  boolean overlaps(Box other) {
    return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
  }

  boolean holds(Box other) {
    return other.x >= x && other.y >= y && other.right() <= right() && other.bottom() <= bottom();
  }

  boolean holds(double px, double py) {
    return px >= x && px <= right() && py >= y && py <= bottom();
  }

  Box grown(double by) {
    return new Box(x - by, y - by, width + 2 * by, height + 2 * by);
  }

  /** Its four corners as a closed line. */
  Line outline() {
    return Line.through(x, y, right(), y, right(), bottom(), x, bottom());
  }
}
