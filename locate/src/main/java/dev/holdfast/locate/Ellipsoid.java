package dev.holdfast.locate;

import dev.holdfast.model.Position;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;
import net.sf.geographiclib.GeodesicMask;

/**
 * The WGS84 ellipsoid: geodesic distances, and limits on them that cost no more than a square root.
 *
 * <p>A point is met in two forms: as the unit normal of the ellipsoid there (its geodetic latitude
 * and longitude), and in Earth-centred coordinates in kilometres. Between two points let {@code c}
 * be the straight chord and {@code s} the geodesic. Two theorems tie them together, with {@code r =
 * b²/a} and {@code R = a²/b} the least and the greatest radius of curvature of the ellipsoid:
 *
 * <ul>
 *   <li>Schur: a curve bent at most like a circle of radius r has at least that circle's chord, so
 *       {@code c >= 2r sin(s/2r)};
 *   <li>Blaschke: a body bent at least like a ball of radius R contains, with two points, every arc
 *       of radius R between them. A geodesic runs outside that spindle, and the nearest-point map
 *       onto a convex body shortens curves, so {@code s >= 2R asin(c/2R)}, or {@code c <= 2R
 *       sin(s/2R)}.
 * </ul>
 *
 * <p>The two differ by 20 m at 1,000 km and 20 km at 10,000 km; where that matters, {@link
 * #geodesic} gives the distance to 15 nm (Karney 2013, doi:10.1007/s00190-012-0578-z).
 */
final class Ellipsoid {
  /** Equatorial radius, km. */
  static final double A = 6378.137;

  /** Flattening. */
  static final double F = 1 / 298.257223563;

  /** Polar radius, km. */
  static final double B = A * (1 - F);

  /** Square of the first eccentricity. */
  static final double E2 = F * (2 - F);

  /** The least radius of curvature, on the equator along the meridian, km. */
  static final double LEAST_RADIUS = B * B / A;

  /** The greatest radius of curvature, at the poles, km. */
  static final double GREATEST_RADIUS = A * A / B;

  /** No two points are further apart: half a meridian, rounded up, km. */
  static final double FARTHEST = 20003.9315;

  /** Beyond this geodesic length the sine in Schur's limit no longer grows; see innerChord. */
  private static final double MONOTONE = 19_800;

  private Ellipsoid() {}

  /** The geodesic distance in kilometres. */
  static double geodesic(double latitude1, double longitude1, double latitude2, double longitude2) {
    GeodesicData data =
        Geodesic.WGS84.Inverse(latitude1, longitude1, latitude2, longitude2, GeodesicMask.DISTANCE);
    return data.s12 / 1000;
  }

  /** The geodesic distance in kilometres. */
  static double geodesic(Position a, Position b) {
    return geodesic(a.latitude(), a.longitude(), b.latitude(), b.longitude());
  }

  /** The point reached from a place after some kilometres in a direction (degrees from north). */
  static Position destination(Position from, double azimuth, double kilometres) {
    GeodesicData data =
        Geodesic.WGS84.Direct(from.latitude(), from.longitude(), azimuth, kilometres * 1000);
    return new Position(data.lat2, data.lon2);
  }

  /** If the geodesic is at most s, the chord is at most this. */
  static double outerChord(double s) {
    if (s >= FARTHEST) {
      return Double.POSITIVE_INFINITY;
    }
    double x = s / (2 * GREATEST_RADIUS);
    double x2 = x * x;
    // sin x <= x - x³/6 + x⁵/120, which stops growing at 1.59, just beyond the farthest point.
    return s * (1 - x2 / 6 * (1 - x2 / 20)) + 1e-9;
  }

  /** If the chord is at most this, the geodesic is at most s; negative where none is. */
  static double innerChord(double s) {
    if (s >= FARTHEST) {
      return Double.POSITIVE_INFINITY;
    }
    // Chords of nearly antipodal points belong to two lengths; the shorter cap is on the safe side.
    double t = Math.min(s, MONOTONE);
    double x = t / (2 * LEAST_RADIUS);
    double x2 = x * x;
    // sin x >= x - x³/6 + x⁵/120 - x⁷/5040
    return t * (1 - x2 / 6 * (1 - x2 / 20 * (1 - x2 / 42))) - 1e-9;
  }

  /** The geodesic is at most this if the chord is c, by Schur's theorem. */
  static double farthest(double c) {
    double sine = c / (2 * LEAST_RADIUS) + 1e-15;
    double s = sine < 1 ? 2 * LEAST_RADIUS * Math.asin(sine) : FARTHEST;
    return s > MONOTONE ? FARTHEST : s;
  }

  /** The geodesic is at least this if the chord is c, by Blaschke's theorem. */
  static double nearest(double c) {
    double sine = Math.min(1, c / (2 * GREATEST_RADIUS));
    return Math.max(0, 2 * GREATEST_RADIUS * Math.asin(sine) * (1 - 1e-12) - 1e-9);
  }

  /** How far the two limits leave a geodesic of about s open, km. */
  static double looseness(double s) {
    double x = Math.min(s, FARTHEST);
    return x
        * x
        * x
        / 24
        * (1 / (LEAST_RADIUS * LEAST_RADIUS) - 1 / (GREATEST_RADIUS * GREATEST_RADIUS));
  }

  /** The radius of curvature across the meridian where the unit normal has this z, km. */
  static double normalRadius(double z) {
    return A / Math.sqrt(1 - E2 * z * z);
  }

  /** The factor from solid angle of unit normals to area, km² a steradian, where z is this. */
  static double areaFactor(double z) {
    double w2 = 1 - E2 * z * z;
    return B * B / (w2 * w2);
  }
}
