package dev.holdfast.locate;

import dev.holdfast.model.Bound;
import dev.holdfast.model.Position;
import java.util.Arrays;
import java.util.List;

/**
 * How far inside the region a place is, for drawing: a continuous field whose zero line is the
 * region's rim. Good to about half a percent of the distance to the nearest rim; never a basis for
 * a verdict.
 */
public final class RegionField {
  private final Discs discs;
  private final int tolerated;
  private final double[] least;

  /**
   * @param toleratedFaults f, not negative
   */
  public RegionField(List<Bound> bounds, int toleratedFaults) {
    this.discs = new Discs(bounds);
    this.tolerated = toleratedFaults;
    this.least = new double[discs.operators.size()];
  }

  /**
   * Kilometres from a place to the nearest rim that matters, positive inside the region, negative
   * outside; infinite where every place is inside. Not for use by several threads.
   */
  public double depthKm(Position place) {
    if (tolerated >= least.length) {
      return Double.POSITIVE_INFINITY;
    }
    double phi = Math.toRadians(place.latitude());
    double lambda = Math.toRadians(place.longitude());
    double n = Ellipsoid.normalRadius(Math.sin(phi));
    double x = n * Math.cos(phi) * Math.cos(lambda);
    double y = n * Math.cos(phi) * Math.sin(lambda);
    double z = n * (1 - Ellipsoid.E2) * Math.sin(phi);
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int disc = 0; disc < discs.count; disc++) {
      int operator = discs.operator[disc];
      least[operator] = Math.min(least[operator], discs.depth(disc, x, y, z));
    }
    if (tolerated == 0) {
      double smallest = Double.POSITIVE_INFINITY;
      for (double depth : least) {
        smallest = Math.min(smallest, depth);
      }
      return smallest;
    }
    double[] sorted = least.clone();
    Arrays.sort(sorted);
    return sorted[tolerated];
  }

  /** The rim of one bound's disc as a closed line of places, the first repeated at the end. */
  public static List<Position> rim(Bound bound, int places) {
    double radius = Math.min(bound.atMost().kilometres(), Ellipsoid.FARTHEST);
    return java.util.stream.IntStream.rangeClosed(0, places)
        .mapToObj(i ->
            Ellipsoid.destination(
                bound.landmark().position(), 360.0 * (i % places) / places, radius))
        .toList();
  }
}
