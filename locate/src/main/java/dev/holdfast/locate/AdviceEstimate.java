package dev.holdfast.locate;

import java.util.Arrays;

/**
 * Where a target is likely to be.
 *
 * <p>The likelihood is summed over a raster: first a coarse one as wide as the landmark of the
 * least delay reaches, then a finer one over what is left of it. The estimate is the geometric
 * median of the probability, and its spread the distance from there within which nine tenths of the
 * probability lie. The spread is not yet a radius to rely on: {@link Calibration} tells from
 * landmarks how it compares with true errors.
 */
final class AdviceEstimate {
  /** The share of the probability within the spread, and of the targets within the radius. */
  static final double SHARE = 0.9;

  /** Added to the reach of the landmark of the least delay, in kilometres. */
  private static final double MARGIN = 15;

  /** The widest raster, in kilometres from the middle to a side. */
  private static final double WIDEST = 3000;

  /** The second raster holds all that is at least this probable, compared with the best place. */
  private static final double WORTH_A_LOOK = 0.01;

  private static final int MEDIAN_ROUNDS = 15;
  private static final double MEDIAN_SOFTENING = 20;

  /** No spread is smaller, in kilometres: less is below what the model resolves. */
  private static final double LEAST_SPREAD = 25;

  /** How much a unit of the logarithm of the likelihood adds to the score. */
  private static final double LIKELIHOOD_SHARE = 0.1;

  private final AdviceLikelihood likelihood;
  private final double[] centre;
  private final double spread;
  private final double greatestLikelihood;

  AdviceEstimate(AdviceLikelihood likelihood) {
    this.likelihood = likelihood;
    AdviceGrid grid = new AdviceGrid(likelihood.nearestPlace());
    grid.cover(likelihood, Math.min(likelihood.nearestReach() + MARGIN, WIDEST));
    grid.narrow(likelihood, WORTH_A_LOOK);
    centre = grid.median(MEDIAN_ROUNDS, MEDIAN_SOFTENING);
    spread = Math.max(LEAST_SPREAD, spread(grid, centre));
    greatestLikelihood = grid.greatestLikelihood();
  }

  /** The least distance from the centre within which the share of the probability lies. */
  private static double spread(AdviceGrid grid, double[] centre) {
    long[] byDistance = new long[AdviceGrid.SIZE];
    for (int cell = 0; cell < byDistance.length; cell++) {
      // A float that is not negative is ordered as its bits are; the cell is kept beside it.
      long bits = Float.floatToIntBits((float) grid.distance(cell, centre));
      byDistance[cell] = bits << Integer.SIZE | cell;
    }
    Arrays.sort(byDistance);
    double within = 0;
    double reached = 0;
    for (int i = 0; i < byDistance.length && within < SHARE; i++) {
      int cell = (int) byDistance[i];
      within += grid.probability(cell);
      reached = grid.distance(cell, centre);
    }
    return reached;
  }

  /** The unit vector of the estimate; not to be changed. */
  double[] centre() {
    return centre;
  }

  /** How far the probability spreads, in kilometres. */
  double spread() {
    return spread;
  }

  /**
   * How odd it would be if the target were at a place: 0 at the best place, rising with its
   * distance in spreads, slowly where far, and with how much less likely it is than the best place.
   *
   * <p>The two complement each other: the distance sees a claim that is merely far off, the
   * likelihood one that some landmark speaks against.
   *
   * @param place a unit vector
   */
  double rawScore(double[] place) {
    double distance = AdviceSphere.distance(place, centre) / spread;
    double lost = Math.max(0, greatestLikelihood - likelihood.at(place));
    return Math.log1p(distance) + LIKELIHOOD_SHARE * lost;
  }
}
