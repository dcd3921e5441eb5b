package dev.holdfast.locate;

import java.util.Arrays;
import java.util.Optional;

/**
 * How wrong estimates are: landmarks play the target in turn, and their true places are known.
 *
 * <p>What a landmark measured itself is left out of its trial, but it did take part in the fit of
 * the lines. One landmark among the many moves those too little to matter, and a fit for each would
 * cost a hundred times as much.
 *
 * @param radiusFactor the factor on the spread that took in nine of ten true places
 * @param scoreScale the raw score that 99 of 100 true places stayed within, or the largest if there
 *     were fewer than 99 of them
 */
record CalibrationTrials(double radiusFactor, double scoreScale) {
  /**
   * At most so many landmarks play the target, evenly picked by name: with 99, the next target's
   * score is above the largest of theirs once in a hundred times.
   */
  private static final int MOST = 99;

  /** With fewer trials nothing is said of radius or score. */
  private static final int LEAST = 8;

  /** The share of true places that score at most 1. */
  private static final double SCORE_SHARE = 0.99;

  /** The scale of scores is no smaller: a mesh that suits the model by chance must not alarm. */
  private static final double LEAST_SCALE = 0.01;

  /** Makes all trials; empty where there are too few. */
  static Optional<CalibrationTrials> of(
      CalibrationMesh mesh, CalibrationFit fit, double heightScale) {
    int most = Math.min(mesh.calibrating(), MOST);
    double[] ratios = new double[most];
    double[] scores = new double[most];
    int count = 0;
    for (int trial = 0; trial < most; trial++) {
      int target = trial * mesh.calibrating() / most;
      CalibrationTarget delays = CalibrationTarget.of(mesh, target);
      if (delays.enough()) {
        AdviceEstimate estimate =
            new AdviceEstimate(new AdviceLikelihood(mesh, fit, delays, heightScale));
        double[] truth = mesh.place(target);
        ratios[count] = AdviceSphere.distance(truth, estimate.centre()) / estimate.spread();
        scores[count] = estimate.rawScore(truth);
        count++;
      }
    }
    return count < LEAST
        ? Optional.empty()
        : Optional.of(
            new CalibrationTrials(
                quantile(Arrays.copyOf(ratios, count), AdviceEstimate.SHARE),
                Math.max(LEAST_SCALE, quantile(Arrays.copyOf(scores, count), SCORE_SHARE))));
  }

  /**
   * The least of the values that the next one like them stays within by this chance, or the last.
   */
  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length, (int) Math.ceil(share * (sorted.length + 1))) - 1];
  }
}
