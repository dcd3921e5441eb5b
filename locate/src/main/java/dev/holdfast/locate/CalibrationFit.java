package dev.holdfast.locate;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What distance is to be expected of a delay, and how surely: two lines with their scatters, one
 * over the delay alone and one over the delay and the dissimilarity, in logarithms throughout.
 *
 * <p>Pairs weigh by the inverse of their delay: a target is located by its nearest landmarks, while
 * most pairs of a mesh are far apart.
 */
final class CalibrationFit {
  /** With fewer calibrating landmarks there is no basis. */
  private static final int LEAST_LANDMARKS = 8;

  /** With fewer pairs there is no basis, for either of the lines. */
  private static final int LEAST_PAIRS = 20;

  /** Added to a distance before its logarithm, in kilometres: the resolution of the model. */
  private static final double DISTANCE_OFFSET = 10;

  /** Added to a dissimilarity before its logarithm: what repetition alone makes. */
  private static final double DISSIMILARITY_OFFSET = 0.02;

  private record Line(CalibrationLine line, CalibrationSpread spread) {
    static Line fit(double[][] explaining, double[] values, double[] weights) {
      CalibrationLine line = CalibrationLine.fit(explaining, values, weights);
      return new Line(line, CalibrationSpread.of(line.at(explaining), values));
    }
  }

  /** What to expect of the logarithm of a distance (see {@link #logarithmOfDistance}). */
  record Expectation(double value, double scatter) {}

  private final Line byDelay;
  private final @Nullable Line byBoth;

  private CalibrationFit(Line byDelay, @Nullable Line byBoth) {
    this.byDelay = byDelay;
    this.byBoth = byBoth;
  }

  /** Fits both lines, or the first alone where few pairs can be compared; empty without basis. */
  static Optional<CalibrationFit> of(CalibrationMesh mesh) {
    Pairs pairs = new Pairs(mesh);
    if (mesh.calibrating() < LEAST_LANDMARKS || pairs.count < LEAST_PAIRS) {
      return Optional.empty();
    }
    double[][] byDelay = {pairs.delays};
    Line first = Line.fit(byDelay, pairs.distances, pairs.weights);
    Line second = null;
    int[] comparable =
        IntStream.range(0, pairs.count)
            .filter(i -> !Double.isNaN(pairs.dissimilarities[i]))
            .toArray();
    if (comparable.length >= LEAST_PAIRS) {
      double[][] byBoth = {only(comparable, pairs.delays), only(comparable, pairs.dissimilarities)};
      second = Line.fit(byBoth, only(comparable, pairs.distances), only(comparable, pairs.weights));
    }
    return Optional.of(new CalibrationFit(first, second));
  }

  private static double[] only(int[] chosen, double[] values) {
    return Arrays.stream(chosen).mapToDouble(i -> values[i]).toArray();
  }

  /** The logarithms that the lines are fitted to, one for each measured pair. */
  private static final class Pairs {
    final int count;
    final double[] delays;
    final double[] distances;
    final double[] dissimilarities;
    final double[] weights;

    Pairs(CalibrationMesh mesh) {
      int most = mesh.calibrating() * (mesh.calibrating() - 1) / 2;
      double[][] columns = new double[4][most];
      int next = 0;
      for (int one = 0; one < mesh.calibrating(); one++) {
        for (int other = one + 1; other < mesh.calibrating(); other++) {
          double delay = mesh.delays(one)[other];
          if (!Double.isNaN(delay)) {
            double distance = AdviceSphere.distance(mesh.place(one), mesh.place(other));
            columns[0][next] = Math.log(delay);
            columns[1][next] = logarithmOfDistance(distance);
            columns[2][next] = Math.log(mesh.dissimilarity(one, other) + DISSIMILARITY_OFFSET);
            columns[3][next] = 1 / delay;
            next++;
          }
        }
      }
      count = next;
      delays = Arrays.copyOf(columns[0], count);
      distances = Arrays.copyOf(columns[1], count);
      dissimilarities = Arrays.copyOf(columns[2], count);
      weights = Arrays.copyOf(columns[3], count);
    }
  }

  static double logarithmOfDistance(double kilometres) {
    return Math.log(kilometres + DISTANCE_OFFSET);
  }

  /**
   * The distance to expect.
   *
   * @param delay in milliseconds, positive
   * @param dissimilarity NaN where unknown; then the delay alone tells
   */
  Expectation expect(double delay, double dissimilarity) {
    double logarithm = Math.log(delay);
    if (byBoth == null || Double.isNaN(dissimilarity)) {
      double value = byDelay.line().at(logarithm);
      return new Expectation(value, byDelay.spread().at(value));
    }
    double value = byBoth.line().at(logarithm, Math.log(dissimilarity + DISSIMILARITY_OFFSET));
    return new Expectation(value, byBoth.spread().at(value));
  }
}
