package dev.holdfast.model;

/**
 * A length along the surface of the WGS84 ellipsoid.
 *
 * @param kilometres finite and not negative
 */
public record Distance(double kilometres) implements Comparable<Distance> {
  public static final Distance ZERO = new Distance(0);

  public Distance {
    if (!(kilometres >= 0 && kilometres < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("distance is not finite and positive: " + kilometres);
    }
  }

  /** A distance in kilometres. */
  public static Distance ofKilometres(double kilometres) {
    return new Distance(kilometres);
  }

  @Override
  public int compareTo(Distance other) {
    return Double.compare(kilometres, other.kilometres);
  }
}
