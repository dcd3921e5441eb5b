package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

/**
 * An upper limit on the distance of a target from a landmark.
 *
 * @param atMost the limit, rounded up, grown by the landmark's uncertainty and the bound's age
 * @param roundTrip the delay that it follows from
 * @param ageSeconds how much older it is than the reference time, not negative
 */
public record Bound(Landmark landmark, Distance atMost, Delay roundTrip, double ageSeconds) {
  public Bound {
    requireNonNull(landmark, "landmark");
    requireNonNull(atMost, "atMost");
    requireNonNull(roundTrip, "roundTrip");
    if (!(ageSeconds >= 0 && ageSeconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("age is negative: " + ageSeconds);
    }
  }
}
