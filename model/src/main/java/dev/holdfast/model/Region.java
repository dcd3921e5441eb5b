package dev.holdfast.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the bounds leave: the points that violate the bounds of at most f operators.
 *
 * @param empty true where no point is left
 * @param areaKm2 its area on the ellipsoid, land and sea, in square kilometres
 * @param centre its centroid; null where it is empty or has none (the whole Earth)
 * @param radiusKm a distance from the centre within which all of it lies, rounded up
 * @param destinations the destinations that it touches, borders widened by the margin, sorted
 */
public record Region(
    boolean empty,
    double areaKm2,
    @Nullable Position centre,
    double radiusKm,
    List<String> destinations) {
  public Region {
    destinations = List.copyOf(destinations);
    if (!(areaKm2 >= 0 && areaKm2 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("area is not finite and positive: " + areaKm2);
    }
    if (!(radiusKm >= 0 && radiusKm < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("radius is not finite and positive: " + radiusKm);
    }
  }
}
