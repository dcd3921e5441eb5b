package dev.holdfast.locate;

import dev.holdfast.model.Position;

/**
 * The sphere that advice is given on. Unlike {@link Ellipsoid} it limits nothing: it is off by half
 * a percent at most, far less than what delays tell.
 *
 * <p>Places are unit vectors: x to longitude 0, y to 90 east, z to the north pole.
 */
final class AdviceSphere {
  static final double RADIUS_KM = 6371;

  private AdviceSphere() {}

  /** The unit vector of a place. */
  static double[] unitVector(Position position) {
    double latitude = Math.toRadians(position.latitude());
    double longitude = Math.toRadians(position.longitude());
    return new double[] {
      Math.cos(latitude) * Math.cos(longitude),
      Math.cos(latitude) * Math.sin(longitude),
      Math.sin(latitude)
    };
  }

  /** The place of a vector that is not zero. */
  static Position position(double[] vector) {
    double latitude = Math.atan2(vector[2], Math.hypot(vector[0], vector[1]));
    double longitude = Math.atan2(vector[1], vector[0]);
    return new Position(Math.toDegrees(latitude), Math.toDegrees(longitude));
  }

  /** The great-circle distance of two unit vectors in kilometres, exact for near ones too. */
  static double distance(double x, double y, double z, double[] other) {
    return distance(x, y, z, other[0], other[1], other[2]);
  }

  /** The great-circle distance of two unit vectors in kilometres. */
  static double distance(double x1, double y1, double z1, double x2, double y2, double z2) {
    double x = x1 - x2;
    double y = y1 - y2;
    double z = z1 - z2;
    double halfChord = Math.sqrt(x * x + y * y + z * z) / 2;
    return 2 * RADIUS_KM * Math.asin(Math.min(1, halfChord));
  }

  /** The great-circle distance of two unit vectors in kilometres. */
  static double distance(double[] one, double[] other) {
    return distance(one[0], one[1], one[2], other);
  }

  /** Makes a vector that is not zero one of unit length. */
  static void normalise(double[] vector) {
    double length =
        Math.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
    for (int axis = 0; axis < 3; axis++) {
      vector[axis] /= length;
    }
  }
}
