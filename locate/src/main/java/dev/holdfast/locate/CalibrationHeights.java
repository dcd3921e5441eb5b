package dev.holdfast.locate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much the heights of hosts scatter: what their own lines add to all their delays, or spare
 * them (see {@link AdviceLikelihood}).
 *
 * <p>It is the scatter under which the delays of the landmarks, at their true places, are
 * likeliest: the variance of a random effect, by greatest likelihood. That uses every delay of the
 * mesh, so it hardly depends on any one landmark; to compare how well estimates do with and without
 * heights would be mostly chance in a small mesh. Where heights explain nothing it comes out as 0.
 */
final class CalibrationHeights {
  /** The scatters that are tried run from 0 in steps of this. */
  private static final double STEP = 0.1;

  private static final int STEPS = 10;

  private CalibrationHeights() {}

  /** The scatter of heights, as a share of a target's least delay. */
  static double scale(CalibrationMesh mesh, CalibrationFit fit) {
    double[] sums = new double[STEPS + 1];
    for (int target = 0; target < mesh.calibrating(); target++) {
      CalibrationTarget delays = CalibrationTarget.of(mesh, target);
      if (delays.enough()) {
        AdviceLikelihood likelihood = new AdviceLikelihood(mesh, fit, delays, 0);
        for (int step = 0; step <= STEPS; step++) {
          sums[step] += likelihood.overHeights(mesh.place(target), step * STEP);
        }
      }
    }
    double greatest = Arrays.stream(sums).max().orElse(0);
    int best = IntStream.rangeClosed(0, STEPS).filter(i -> sums[i] == greatest).min().orElse(0);
    return best * STEP;
  }
}
