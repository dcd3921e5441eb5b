package dev.holdfast.picture;

import dev.holdfast.model.Position;

/**
 * The Earth as a sphere of unit vectors (x to longitude 0, y to 90 degrees east, z north), for
 * drawing.
 */
final class Sphere {
  /** Mean radius, km. */
  static final double RADIUS_KM = 6371.0088;

  private static final double EQUATOR_KM = 6378.137;
  private static final double FLATTENING = 1 / 298.257223563;

  private Sphere() {}

  static double[] vector(double latitude, double longitude) {
    double phi = Math.toRadians(latitude);
    double lambda = Math.toRadians(longitude);
    return new double[] {
      Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)
    };
  }

  static double[] vector(Position position) {
    return vector(position.latitude(), position.longitude());
  }

  static Position position(double[] v) {
    return new Position(
        Math.toDegrees(Math.atan2(v[2], Math.hypot(v[0], v[1]))),
        Math.toDegrees(Math.atan2(v[1], v[0])));
  }

  static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  /** The angle between two unit vectors, good for small ones too. */
  static double angle(double[] a, double[] b) {
    double x = a[1] * b[2] - a[2] * b[1];
    double y = a[2] * b[0] - a[0] * b[2];
    double z = a[0] * b[1] - a[1] * b[0];
    return Math.atan2(Math.sqrt(x * x + y * y + z * z), dot(a, b));
  }

  /** The point at an angle from one towards another, on their great circle. */
  static double[] towards(double[] from, double[] to, double angle) {
    double cos = dot(from, to);
    double[] side = {to[0] - cos * from[0], to[1] - cos * from[1], to[2] - cos * from[2]};
    double length = Math.sqrt(dot(side, side));
    if (length < 1e-12) {
      return from.clone();
    }
    double c = Math.cos(angle);
    double s = Math.sin(angle) / length;
    return new double[] {
      c * from[0] + s * side[0], c * from[1] + s * side[1], c * from[2] + s * side[2]
    };
  }

  /** A circle around a point, as a closed line of some points. */
  static SphereLine circle(double[] centre, double angle, int points) {
    double[] side = Math.abs(centre[2]) < 0.9 ? new double[] {0, 0, 1} : new double[] {1, 0, 0};
    double[] east =
        unit(
            side[1] * centre[2] - side[2] * centre[1],
            side[2] * centre[0] - side[0] * centre[2],
            side[0] * centre[1] - side[1] * centre[0]);
    double[] north = towards(centre, side, Math.PI / 2);
    SphereLine circle = new SphereLine();
    for (int i = 0; i < points; i++) {
      double turn = 2 * Math.PI * i / points;
      double[] v = new double[3];
      for (int j = 0; j < 3; j++) {
        v[j] =
            Math.cos(angle) * centre[j]
                + Math.sin(angle) * (Math.cos(turn) * north[j] + Math.sin(turn) * east[j]);
      }
      circle.add(v);
    }
    return circle;
  }

  static double[] unit(double x, double y, double z) {
    double length = Math.sqrt(x * x + y * y + z * z);
    return new double[] {x / length, y / length, z / length};
  }

  static double kmToAngle(double kilometres) {
    return Math.min(Math.PI, kilometres / RADIUS_KM);
  }

  /**
   * The distance on the WGS84 ellipsoid, good to some tens of metres (Lambert 1942), so that a
   * label says the same as the sentence under the map.
   */
  static double kilometres(Position a, Position b) {
    double[] u = vector(reduced(a.latitude()), a.longitude());
    double[] v = vector(reduced(b.latitude()), b.longitude());
    double sigma = angle(u, v);
    if (sigma < 1e-9 || sigma > 3.1) {
      return sigma * RADIUS_KM;
    }
    double p = Math.toRadians(reduced(a.latitude()) + reduced(b.latitude())) / 2;
    double q = Math.toRadians(reduced(b.latitude()) - reduced(a.latitude())) / 2;
    double x = (sigma - Math.sin(sigma)) * square(Math.sin(p) * Math.cos(q) / Math.cos(sigma / 2));
    double y = (sigma + Math.sin(sigma)) * square(Math.cos(p) * Math.sin(q) / Math.sin(sigma / 2));
    return EQUATOR_KM * (sigma - FLATTENING / 2 * (x + y));
  }

  private static double reduced(double latitude) {
    double phi = Math.toRadians(latitude);
    return Math.toDegrees(Math.atan2((1 - FLATTENING) * Math.sin(phi), Math.cos(phi)));
  }

  private static double square(double value) {
    return value * value;
  }
}
