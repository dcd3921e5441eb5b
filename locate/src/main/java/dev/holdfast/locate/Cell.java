package dev.holdfast.locate;

import dev.holdfast.model.Position;

/**
 * A square of one face of a cube around the Earth, projected from the centre onto the unit normals
 * of the ellipsoid; four children make up each.
 *
 * <p>Six faces cover everything, poles and antimeridian included, and great circles are straight
 * lines on each. A cell is mutable: a search keeps one for each depth and sets it anew.
 */
final class Cell {
  static final int FACES = 6;

  int face;
  double u;
  double v;

  /** Half the side, in the plane of the face, where the whole face has 1. */
  double half;

  /** Unit normal at the centre. */
  double normalX;

  double normalY;
  double normalZ;

  /** Earth-centred coordinates of the centre, km. */
  double x;

  double y;
  double z;

  /** No point of the cell is further from its centre, as an angle between normals. */
  double angle;

  /** No point of the cell is further from its centre, as a geodesic, km. */
  double radius;

  void set(int newFace, double newU, double newV, double newHalf) {
    face = newFace;
    u = newU;
    v = newV;
    half = newHalf;
    double scale = 1 / Math.sqrt(1 + u * u + v * v);
    double sign = face < 3 ? scale : -scale;
    double a = u * scale;
    double b = v * scale;
    switch (face % 3) {
      case 0 -> setNormal(sign, a, b);
      case 1 -> setNormal(b, sign, a);
      default -> setNormal(a, b, sign);
    }
    // A step in the plane of the face turns the normal by at most the step over the distance from
    // the centre of the Earth.
    double nearU = Math.max(0, Math.abs(u) - half);
    double nearV = Math.max(0, Math.abs(v) - half);
    angle = half * Math.sqrt(2 / (1 + nearU * nearU + nearV * nearV));
    radius = angle * Ellipsoid.GREATEST_RADIUS;
  }

  private void setNormal(double newX, double newY, double newZ) {
    normalX = newX;
    normalY = newY;
    normalZ = newZ;
    double n = Ellipsoid.normalRadius(newZ);
    x = n * newX;
    y = n * newY;
    z = n * (1 - Ellipsoid.E2) * newZ;
  }

  /** Makes this the cell without extent at a place. */
  void setPosition(Position position) {
    double phi = Math.toRadians(position.latitude());
    double lambda = Math.toRadians(position.longitude());
    setNormal(Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi));
    half = 0;
    angle = 0;
    radius = 0;
  }

  void setFace(int newFace) {
    set(newFace, 0, 0, 1);
  }

  /** Makes this the quarter q (0 to 3) of another cell. */
  void setChild(Cell parent, int q) {
    double h = parent.half / 2;
    set(parent.face, parent.u + ((q & 1) == 0 ? -h : h), parent.v + (q < 2 ? -h : h), h);
  }

  double latitude() {
    return Math.toDegrees(Math.atan2(normalZ, Math.sqrt(normalX * normalX + normalY * normalY)));
  }

  double longitude() {
    return Math.toDegrees(Math.atan2(normalY, normalX));
  }

  Position position() {
    return new Position(latitude(), longitude());
  }

  /** Its area, km², as exact as one value of the curvature for the whole cell allows. */
  double areaKm2() {
    double d = 1 + u * u + v * v;
    return 4 * half * half / (d * Math.sqrt(d)) * Ellipsoid.areaFactor(normalZ);
  }
}
