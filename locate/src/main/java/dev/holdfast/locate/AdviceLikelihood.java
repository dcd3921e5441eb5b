package dev.holdfast.locate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How likely each place is, given the delays that landmarks saw to one target.
 *
 * <p>Three things add up to the logarithm of the likelihood:
 *
 * <ul>
 *   <li>each of the nearest landmarks (by delay) says how far the target should be, and the place
 *       loses by how far it is from that. The loss grows as the logarithm of Student's t
 *       distribution does, so that one landmark with a strange route is overruled by the others;
 *   <li>each of them prefers near places to far ones beyond what its delay says, because hosts
 *       stand where landmarks do, in cities and exchanges;
 *   <li>every landmark rules out, softly and up to a limit, what is farther than its delay reaches
 *       in fibre. Softly, because a landmark's stated place may be wrong.
 * </ul>
 *
 * <p>Landmarks with longer delays count for less, by the square: their routes share the errors of
 * one another, so that twenty of them are not twenty witnesses.
 */
final class AdviceLikelihood {
  /** This many landmarks, those of the least delays, say how far the target should be. */
  private static final int NEAREST = 20;

  /** Degrees of freedom of Student's t distribution. */
  private static final double FREEDOM = 3;

  /** The power of the distance by which near places are preferred. */
  private static final double PREFERENCE = 0.5;

  /** Kilometres that light in fibre reaches, there and back, in a millisecond. */
  static final double REACH = 100;

  /** So many kilometres beyond the reach of a landmark cost one unit of the logarithm. */
  private static final double SOFTNESS = 20;

  /** What a landmark out of reach may cost at most. */
  private static final double MOST_LOSS = 10;

  private final double[] expected;
  private final double[] scatter;
  private final double[] weight;
  private final double[][] places;
  private final double[] reach;
  private final double leastDelay;

  /**
   * The likelihood for one target.
   *
   * @param landmarks numbers in the mesh, rising
   * @param delays one for each, not below the least delay of the mesh
   */
  AdviceLikelihood(CalibrationMesh mesh, CalibrationFit fit, int[] landmarks, double[] delays) {
    int[] order =
        IntStream.range(0, landmarks.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> delays[i]))
            .mapToInt(i -> i)
            .toArray();
    leastDelay = delays[order[0]];
    places = new double[order.length][];
    reach = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      places[i] = mesh.place(landmarks[order[i]]);
      reach[i] = REACH * delays[order[i]];
    }
    int nearest = Math.min(NEAREST, order.length);
    expected = new double[nearest];
    scatter = new double[nearest];
    weight = new double[nearest];
    double[] compared = compared(mesh, landmarks, delays);
    for (int i = 0; i < nearest; i++) {
      int landmark = landmarks[order[i]];
      double delay = delays[order[i]];
      CalibrationFit.Expectation expectation =
          fit.expect(delay, mesh.dissimilarity(landmark, compared));
      expected[i] = expectation.value();
      scatter[i] = expectation.scatter();
      weight[i] = (leastDelay / delay) * (leastDelay / delay);
    }
  }

  private static double[] compared(CalibrationMesh mesh, int[] landmarks, double[] delays) {
    double[] byLandmark = new double[mesh.calibrating()];
    Arrays.fill(byLandmark, Double.NaN);
    for (int i = 0; i < landmarks.length && landmarks[i] < byLandmark.length; i++) {
      byLandmark[landmarks[i]] = delays[i];
    }
    return CalibrationMesh.forComparison(byLandmark);
  }

  /** The unit vector of the landmark with the least delay; not to be changed. */
  double[] nearestPlace() {
    return places[0];
  }

  /** How far the target can be from the landmark with the least delay, in kilometres. */
  double nearestReach() {
    return REACH * leastDelay;
  }

  /** The logarithm of the likelihood of a place, up to a constant. */
  double at(double[] place) {
    double[] sum = new double[1];
    at(
        new double[] {place[0]},
        new double[] {place[1]},
        new double[] {place[2]},
        new Disc(place, 0),
        sum);
    return sum[0];
  }

  /** All places within so many kilometres of a unit vector. */
  record Disc(double[] centre, double radius) {}

  /**
   * The logarithms of the likelihoods of many places, up to a constant.
   *
   * <p>Each landmark in turn goes over all places, a loop for each step: that leaves the processor
   * free to overlap roots and logarithms of one place with those of the next.
   *
   * @param x the first components of their unit vectors
   * @param around what all places are in; landmarks whose reach ends elsewhere are not asked
   * @param sums where the answers go
   */
  void at(double[] x, double[] y, double[] z, Disc around, double[] sums) {
    Arrays.fill(sums, 0);
    double[] logarithms = new double[sums.length];
    for (int landmark = 0; landmark < expected.length; landmark++) {
      double[] place = places[landmark];
      for (int i = 0; i < sums.length; i++) {
        logarithms[i] = AdviceSphere.distance(x[i], y[i], z[i], place);
      }
      for (int i = 0; i < sums.length; i++) {
        logarithms[i] = CalibrationFit.logarithmOfDistance(logarithms[i]);
      }
      double middle = expected[landmark];
      double unit = 1 / scatter[landmark];
      double factor = weight[landmark];
      for (int i = 0; i < sums.length; i++) {
        double off = (logarithms[i] - middle) * unit;
        double loss = (FREEDOM + 1) / 2 * Math.log(1 + off * off / FREEDOM);
        sums[i] -= factor * (loss + PREFERENCE * logarithms[i]);
      }
    }
    for (int landmark = 0; landmark < places.length; landmark++) {
      double farthest =
          AdviceSphere.distance(around.centre(), places[landmark]) + around.radius();
      if (farthest > reach[landmark]) {
        ruleOut(x, y, z, places[landmark], reach[landmark], sums);
      }
    }
  }

  private static void ruleOut(
      double[] x, double[] y, double[] z, double[] place, double reach, double[] sums) {
    double cosine = Math.cos(Math.min(Math.PI, reach / AdviceSphere.RADIUS_KM));
    for (int i = 0; i < sums.length; i++) {
      // The cosine of the distance rises with nearness, and costs no arc sine.
      if (x[i] * place[0] + y[i] * place[1] + z[i] * place[2] < cosine) {
        double excess = AdviceSphere.distance(x[i], y[i], z[i], place) - reach;
        sums[i] -= Math.min(MOST_LOSS, Math.max(0, excess) / SOFTNESS);
      }
    }
  }
}
