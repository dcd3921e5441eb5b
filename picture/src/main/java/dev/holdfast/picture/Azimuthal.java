package dev.holdfast.picture;

/**
 * An azimuthal projection with north up: directions from the centre are true.
 *
 * <p>A globe is orthographic, as seen from far away. A regional map is equidistant: distances from
 * the centre are true as well, and at 40 degrees from it circles are stretched by a twelfth.
 *
 * <p>Whatever lies beyond the horizon (globe: 90 degrees, regional: 110) is drawn at the horizon in
 * its own direction. That map of the sphere without the antipode of the centre onto the disc is
 * continuous, so a ring drawn this way winds round each visible point as often as the ring on the
 * sphere does: polygons that go over the horizon, over the antimeridian or round a pole fill
 * correctly by themselves. Only where the antipode is inside, inside and outside change places.
 */
final class Azimuthal {
  enum Kind {
    GLOBE,
    REGIONAL
  }

  /** Edges longer than this are divided, so that great circles look like it. */
  private static final double LONGEST_EDGE = Math.toRadians(1.5);

  /** Along the horizon a point at least every so often, in radians of direction. */
  private static final double HORIZON_STEP = 0.05;

  /** Points closer than this to the last one add nothing, in pixels. */
  private static final double FINEST = 0.2;

  private final Kind kind;
  private final double[] centre;
  private final double[] east;
  private final double[] north;
  private final double pixelsPerRadian;
  private final double centreX;
  private final double centreY;
  private final double horizon;

  Azimuthal(Kind kind, double[] centre, double pixelsPerRadian, double centreX, double centreY) {
    this.kind = kind;
    this.centre = centre.clone();
    this.pixelsPerRadian = pixelsPerRadian;
    this.centreX = centreX;
    this.centreY = centreY;
    this.horizon = Math.toRadians(kind == Kind.GLOBE ? 90 : 110);
    double cos = Math.hypot(centre[0], centre[1]);
    double x = cos < 1e-12 ? 1 : centre[0] / cos;
    double y = cos < 1e-12 ? 0 : centre[1] / cos;
    this.east = new double[] {-y, x, 0};
    this.north = new double[] {-centre[2] * x, -centre[2] * y, cos};
  }

  Kind kind() {
    return kind;
  }

  double[] centre() {
    return centre.clone();
  }

  /** At the centre of the map. */
  double pixelsPerKm() {
    return pixelsPerRadian / Sphere.RADIUS_KM;
  }

  double pixelsPerRadian() {
    return pixelsPerRadian;
  }

  boolean beyondHorizon(double[] v) {
    return Sphere.angle(centre, v) > horizon;
  }

  /** Clockwise from north as seen from the centre, in radians. */
  double direction(double[] v) {
    return Math.atan2(Sphere.dot(v, east), Sphere.dot(v, north));
  }

  /** Where a point is drawn: at the horizon if it lies beyond. */
  Point project(double[] v) {
    double radius = radius(Math.min(horizon, Sphere.angle(centre, v)));
    double direction = direction(v);
    return at(radius, direction);
  }

  private Point at(double radius, double direction) {
    return new Point(
        centreX + radius * Math.sin(direction), centreY - radius * Math.cos(direction));
  }

  private double radius(double angle) {
    return pixelsPerRadian * (kind == Kind.GLOBE ? Math.sin(angle) : angle);
  }

  /**
   * What is drawn at a point of the sheet; for a point off the disc, the nearest of its horizon.
   */
  double[] unproject(double x, double y) {
    double dx = (x - centreX) / pixelsPerRadian;
    double dy = (centreY - y) / pixelsPerRadian;
    double radius = Math.hypot(dx, dy);
    if (radius < 1e-12) {
      return centre.clone();
    }
    double angle = kind == Kind.GLOBE ? Math.asin(Math.min(1, radius)) : Math.min(Math.PI, radius);
    double c = Math.cos(angle);
    double s = Math.sin(angle) / radius;
    double[] v = new double[3];
    for (int i = 0; i < 3; i++) {
      v[i] = c * centre[i] + s * (dx * east[i] + dy * north[i]);
    }
    return v;
  }

  /** How far on the Earth something may be that is this near on the sheet, at most, km. */
  double reachKm(double x, double y, double pixels) {
    if (kind == Kind.REGIONAL) {
      return pixels / pixelsPerKm();
    }
    double outer = (Math.hypot(x - centreX, y - centreY) + pixels) / pixelsPerRadian;
    return outer >= 1
        ? Double.POSITIVE_INFINITY
        : pixels / pixelsPerKm() / Math.sqrt(1 - outer * outer);
  }

  /** An open line on the sheet. */
  Line open(SphereLine line) {
    return new Pen().draw(line, false);
  }

  /** A closed line on the sheet. */
  Line closed(SphereLine line) {
    return new Pen().draw(line, true);
  }

  /** Draws one line, point by point. */
  private final class Pen {
    private final Line drawn = new Line();
    private boolean atHorizon;
    private double lastDirection;

    Line draw(SphereLine line, boolean closed) {
      int count = line.size() + (closed && line.size() > 1 ? 1 : 0);
      double[] last = new double[0];
      for (int i = 0; i < count; i++) {
        double[] v = line.vector(i % line.size());
        if (i > 0 && Sphere.dot(last, v) < Math.cos(LONGEST_EDGE)) {
          divide(last, v);
        }
        move(v, i == 0 || i == count - 1);
        last = v;
      }
      return drawn;
    }

    private void divide(double[] from, double[] to) {
      double angle = Sphere.angle(from, to);
      int parts = (int) Math.ceil(angle / LONGEST_EDGE);
      for (int i = 1; i < parts; i++) {
        move(Sphere.towards(from, to, angle * i / parts), false);
      }
    }

    private void move(double[] v, boolean always) {
      double z = Sphere.dot(v, centre);
      double x = Sphere.dot(v, east);
      double y = Sphere.dot(v, north);
      double side = Math.hypot(x, y);
      double angle = Math.atan2(side, z);
      if (angle > horizon) {
        alongHorizon(Math.atan2(x, y));
        return;
      }
      double stretch = kind == Kind.GLOBE || side < 1e-12 ? 1 : angle / side;
      double px = centreX + pixelsPerRadian * stretch * x;
      double py = centreY - pixelsPerRadian * stretch * y;
      int size = drawn.size();
      if (!always
          && size > 0
          && !atHorizon
          && Math.abs(px - drawn.x(size - 1)) < FINEST
          && Math.abs(py - drawn.y(size - 1)) < FINEST) {
        return;
      }
      drawn.add(px, py);
      atHorizon = false;
    }

    private void alongHorizon(double direction) {
      double turn = atHorizon ? Math.IEEEremainder(direction - lastDirection, 2 * Math.PI) : 0;
      int steps = Math.max(1, (int) Math.ceil(Math.abs(turn) / HORIZON_STEP));
      for (int i = 1; i <= steps; i++) {
        Point point = at(radius(horizon), direction - turn + turn * i / steps);
        drawn.add(point.x(), point.y());
      }
      atHorizon = true;
      lastDirection = direction;
    }
  }
}
