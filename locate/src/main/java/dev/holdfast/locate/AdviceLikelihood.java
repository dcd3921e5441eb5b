package dev.holdfast.locate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How likely each place is, given the delays that landmarks saw to one target.
 *
 * <p>Four things add up to the logarithm of the likelihood:
 *
 * <ul>
 *   <li>each of the nearest landmarks (by delay) says how far the target should be, and the place
 *       loses by how far it is from that. The loss grows as the logarithm of Student's t
 *       distribution does, so that one landmark with a strange route is overruled by the others;
 *   <li>the target has a <em>height</em> (the word is Octant's: Wong, Stoyanov, Sirer 2007): its
 *       own line makes all its delays longer or shorter than is usual, which shifts what near
 *       landmarks expect more than what far ones do. It is not known, so each place may choose the
 *       height that suits it best, and pays for an unusual one;
 *   <li>each of the nearest landmarks prefers near places to far ones beyond what its delay says,
 *       because hosts stand where landmarks do, in cities and exchanges;
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
  private static final double REACH = 100;

  /** So many kilometres beyond the reach of a landmark cost one unit of the logarithm. */
  private static final double SOFTNESS = 20;

  /** What a landmark out of reach may cost at most. */
  private static final double MOST_LOSS = 10;

  /** The best height is found by weighted least squares, the weights taken anew so often. */
  private static final int HEIGHT_ROUNDS = 2;

  /** Heights up to this many scatters from the usual are weighed, in steps of a half. */
  private static final int WIDEST_HEIGHT = 3;

  /** So many places are worked on at a time: few enough to stay in the processor's cache. */
  private static final int BLOCK = 64;

  private final double[][] places;
  private final double[] reach;
  private final Witness[] witnesses;

  /** What the height costs: half of this, times its square; not finite where there is none. */
  private final double heightCost;

  /**
   * What a near landmark says.
   *
   * @param expected the logarithm of the distance
   * @param unit the inverse of its scatter
   * @param nearness the least delay of all, in parts of this landmark's: the share of the height
   *     that it sees
   */
  private record Witness(double[] place, double expected, double unit, double nearness) {
    double weight() {
      return nearness * nearness;
    }
  }

  /** All places within so many kilometres of a unit vector. */
  record Disc(double[] centre, double radius) {}

  /**
   * The likelihood for one target.
   *
   * @param target with at least one landmark
   * @param heightScale how much heights scatter, as a share of the target's least delay; 0 for none
   */
  AdviceLikelihood(
      CalibrationMesh mesh, CalibrationFit fit, CalibrationTarget target, double heightScale) {
    int[] landmarks = target.landmarks();
    double[] delays = target.delays();
    int[] order =
        IntStream.range(0, landmarks.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> delays[i]))
            .mapToInt(i -> i)
            .toArray();
    places = new double[order.length][];
    reach = new double[order.length];
    witnesses = new Witness[Math.min(NEAREST, order.length)];
    heightCost = 1 / (heightScale * heightScale);
    double[] compared = compared(mesh, landmarks, delays);
    for (int i = 0; i < order.length; i++) {
      int landmark = landmarks[order[i]];
      double delay = delays[order[i]];
      places[i] = mesh.place(landmark);
      reach[i] = REACH * delay;
      if (i < witnesses.length) {
        CalibrationFit.Expectation expectation =
            fit.expect(delay, mesh.dissimilarity(landmark, compared));
        witnesses[i] =
            new Witness(
                places[i],
                expectation.value(),
                1 / expectation.scatter(),
                delays[order[0]] / delay);
      }
    }
  }

  /** The delays by calibrating landmark, in the form for comparison. */
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
    return reach[0];
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

  /**
   * The logarithms of the likelihoods of many places, up to a constant.
   *
   * <p>Each landmark in turn goes over a block of places, a loop for each step: that leaves the
   * processor free to overlap roots and logarithms of one place with those of the next.
   *
   * @param x the first components of their unit vectors
   * @param around what all places are in; landmarks whose reach ends elsewhere are not asked
   * @param sums where the answers go
   */
  void at(double[] x, double[] y, double[] z, Disc around, double[] sums) {
    double[][] logarithms = new double[witnesses.length][BLOCK];
    double[] heights = new double[BLOCK];
    for (int from = 0; from < sums.length; from += BLOCK) {
      int count = Math.min(BLOCK, sums.length - from);
      for (int i = 0; i < witnesses.length; i++) {
        double[] place = witnesses[i].place();
        double[] row = logarithms[i];
        for (int k = 0; k < count; k++) {
          row[k] = AdviceSphere.distance(x[from + k], y[from + k], z[from + k], place);
        }
        for (int k = 0; k < count; k++) {
          row[k] = CalibrationFit.logarithmOfDistance(row[k]);
        }
      }
      if (Double.isFinite(heightCost)) {
        chooseHeights(logarithms, count, heights);
      }
      for (int k = 0; k < count; k++) {
        sums[from + k] = heights[k] == 0 ? 0 : -heightCost * heights[k] * heights[k] / 2;
      }
      for (int i = 0; i < witnesses.length; i++) {
        hear(witnesses[i], logarithms[i], heights, count, from, sums);
      }
    }
    for (int i = 0; i < places.length; i++) {
      if (AdviceSphere.distance(around.centre(), places[i]) + around.radius() > reach[i]) {
        ruleOut(x, y, z, i, sums);
      }
    }
  }

  /**
   * The logarithm of the likelihood of the near landmarks' delays at a place, up to a constant,
   * over all heights, if these scatter normally.
   */
  double overHeights(double[] place, double heightScale) {
    double sum = 0;
    double chances = 0;
    for (int half = -2 * WIDEST_HEIGHT; half <= 2 * WIDEST_HEIGHT; half++) {
      double height = half / 2.0 * heightScale;
      double chance = Math.exp(-half * half / 8.0);
      double loss = 0;
      for (Witness witness : witnesses) {
        double logarithm =
            CalibrationFit.logarithmOfDistance(AdviceSphere.distance(place, witness.place()));
        double off =
            (logarithm - witness.expected() - height * witness.nearness()) * witness.unit();
        loss += witness.weight() * loss(off);
      }
      sum += chance * Math.exp(-loss);
      chances += chance;
    }
    return Math.log(Math.max(Double.MIN_NORMAL, sum / chances));
  }

  /** What a landmark's word costs a place that is so many scatters off it: Student's. */
  private static double loss(double off) {
    return (FREEDOM + 1) / 2 * Math.log(1 + off * off / FREEDOM);
  }

  /** The height that suits each place best: a mean of what landmarks miss, drawn towards zero. */
  private void chooseHeights(double[][] logarithms, int count, double[] heights) {
    Arrays.fill(heights, 0);
    double[] missed = new double[BLOCK];
    double[] weights = new double[BLOCK];
    for (int round = 0; round < HEIGHT_ROUNDS; round++) {
      Arrays.fill(missed, 0);
      Arrays.fill(weights, heightCost);
      for (int i = 0; i < witnesses.length; i++) {
        double expected = witnesses[i].expected();
        double unit = witnesses[i].unit();
        double nearness = witnesses[i].nearness();
        double factor = (FREEDOM + 1) * witnesses[i].weight() * nearness * unit * unit;
        double[] row = logarithms[i];
        for (int k = 0; k < count; k++) {
          double off = row[k] - expected;
          double left = (off - heights[k] * nearness) * unit;
          double trust = factor / (FREEDOM + left * left);
          missed[k] += trust * off;
          weights[k] += trust * nearness;
        }
      }
      for (int k = 0; k < count; k++) {
        heights[k] = missed[k] / weights[k];
      }
    }
  }

  private static void hear(
      Witness witness, double[] logarithms, double[] heights, int count, int from, double[] sums) {
    double expected = witness.expected();
    double unit = witness.unit();
    double nearness = witness.nearness();
    double weight = witness.weight();
    for (int k = 0; k < count; k++) {
      double off = (logarithms[k] - expected - heights[k] * nearness) * unit;
      sums[from + k] -= weight * (loss(off) + PREFERENCE * logarithms[k]);
    }
  }

  private void ruleOut(double[] x, double[] y, double[] z, int landmark, double[] sums) {
    double[] place = places[landmark];
    double cosine = Math.cos(Math.min(Math.PI, reach[landmark] / AdviceSphere.RADIUS_KM));
    for (int i = 0; i < sums.length; i++) {
      // The cosine of the distance rises with nearness, and costs no arc sine.
      if (x[i] * place[0] + y[i] * place[1] + z[i] * place[2] < cosine) {
        double excess = AdviceSphere.distance(x[i], y[i], z[i], place) - reach[landmark];
        sums[i] -= Math.min(MOST_LOSS, Math.max(0, excess) / SOFTNESS);
      }
    }
  }
}
