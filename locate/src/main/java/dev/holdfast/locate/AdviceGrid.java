package dev.holdfast.locate;

/**
 * A square raster of places about a landmark, and how probable each is.
 *
 * <p>The raster lies on the plane on which distances and directions from the landmark are true
 * (azimuthal equidistant), so neither the poles nor the date line are special. Distances between
 * other places are shorter on the sphere than on the plane.
 */
final class AdviceGrid {
  private static final int HALF_SIDE = 20;
  private static final int SIDE = 2 * HALF_SIDE + 1;

  /** How many places there are. */
  static final int SIZE = SIDE * SIDE;

  private final double[] origin;
  private final double[] eastward;
  private final double[] northward;
  private final double[] x = new double[SIZE];
  private final double[] y = new double[SIZE];
  private final double[] z = new double[SIZE];
  private final double[] probability = new double[SIZE];
  private double east;
  private double north;
  private double halfWidth;
  private double greatestLikelihood;

  /** A grid on the plane about a unit vector, of no width yet. */
  AdviceGrid(double[] origin) {
    this.origin = origin;
    double latitude = Math.atan2(origin[2], Math.hypot(origin[0], origin[1]));
    double longitude = Math.atan2(origin[1], origin[0]);
    eastward = new double[] {-Math.sin(longitude), Math.cos(longitude), 0};
    northward =
        new double[] {
          -Math.sin(latitude) * Math.cos(longitude),
          -Math.sin(latitude) * Math.sin(longitude),
          Math.cos(latitude)
        };
  }

  /** Covers a square about the landmark itself; half its side in kilometres. */
  void cover(AdviceLikelihood likelihood, double half) {
    cover(likelihood, 0, 0, half);
  }

  /**
   * Covers the smallest square about all places that are at least so probable compared with the
   * most probable one, and a step more.
   */
  void narrow(AdviceLikelihood likelihood, double relativeProbability) {
    double least = 0;
    for (double each : probability) {
      least = Math.max(least, each * relativeProbability);
    }
    int left = SIDE;
    int right = -1;
    int bottom = SIDE;
    int top = -1;
    for (int cell = 0; cell < SIZE; cell++) {
      if (probability[cell] > least) {
        left = Math.min(left, cell % SIDE);
        right = Math.max(right, cell % SIDE);
        bottom = Math.min(bottom, cell / SIDE);
        top = Math.max(top, cell / SIDE);
      }
    }
    double step = halfWidth / HALF_SIDE;
    double centreEast = east + ((left + right) / 2.0 - HALF_SIDE) * step;
    double centreNorth = north + ((bottom + top) / 2.0 - HALF_SIDE) * step;
    double half = (Math.max(right - left, top - bottom) / 2.0 + 1) * step;
    cover(likelihood, centreEast, centreNorth, half);
  }

  private void cover(
      AdviceLikelihood likelihood, double centreEast, double centreNorth, double half) {
    east = centreEast;
    north = centreNorth;
    halfWidth = half;
    for (int cell = 0; cell < SIZE; cell++) {
      place(cell);
    }
    double[] middle = {x[SIZE / 2], y[SIZE / 2], z[SIZE / 2]};
    AdviceLikelihood.Disc square = new AdviceLikelihood.Disc(middle, half * Math.sqrt(2));
    likelihood.at(x, y, z, square, probability);
    greatestLikelihood = Double.NEGATIVE_INFINITY;
    for (double each : probability) {
      greatestLikelihood = Math.max(greatestLikelihood, each);
    }
    double sum = 0;
    for (int cell = 0; cell < SIZE; cell++) {
      probability[cell] = Math.exp(probability[cell] - greatestLikelihood);
      sum += probability[cell];
    }
    for (int cell = 0; cell < SIZE; cell++) {
      probability[cell] /= sum;
    }
  }

  private void place(int cell) {
    double toEast = east + (cell % SIDE - HALF_SIDE) * halfWidth / HALF_SIDE;
    double toNorth = north + (cell / SIDE - HALF_SIDE) * halfWidth / HALF_SIDE;
    double distance = Math.sqrt(toEast * toEast + toNorth * toNorth);
    double angle = distance / AdviceSphere.RADIUS_KM;
    double cosine = Math.cos(angle);
    double sine = distance == 0 ? 0 : Math.sin(angle) / distance;
    x[cell] = cosine * origin[0] + sine * (toEast * eastward[0] + toNorth * northward[0]);
    y[cell] = cosine * origin[1] + sine * (toEast * eastward[1] + toNorth * northward[1]);
    z[cell] = cosine * origin[2] + sine * (toEast * eastward[2] + toNorth * northward[2]);
  }

  /** The logarithm of the likelihood of the most probable place. */
  double greatestLikelihood() {
    return greatestLikelihood;
  }

  /** The probability of a place; they add up to 1. */
  double probability(int cell) {
    return probability[cell];
  }

  /** The distance of a place from a unit vector in kilometres. */
  double distance(int cell, double[] from) {
    return AdviceSphere.distance(x[cell], y[cell], z[cell], from);
  }

  /**
   * The place with the least mean distance from where the target may be (the geometric median),
   * which distant small chances do not move as they would move the mean; a unit vector.
   *
   * @param softening kilometres added to distances, so that the search (Weiszfeld's) never divides
   *     by zero
   */
  double[] median(int rounds, double softening) {
    double[] median = new double[3];
    for (int cell = 0; cell < SIZE; cell++) {
      add(median, cell, probability[cell]);
    }
    AdviceSphere.normalise(median);
    for (int round = 0; round < rounds; round++) {
      double[] next = new double[3];
      for (int cell = 0; cell < SIZE; cell++) {
        double dx = x[cell] - median[0];
        double dy = y[cell] - median[1];
        double dz = z[cell] - median[2];
        double chord = Math.sqrt(dx * dx + dy * dy + dz * dz);
        add(next, cell, probability[cell] / (chord + softening / AdviceSphere.RADIUS_KM));
      }
      AdviceSphere.normalise(next);
      median = next;
    }
    return median;
  }

  private void add(double[] sum, int cell, double factor) {
    sum[0] += factor * x[cell];
    sum[1] += factor * y[cell];
    sum[2] += factor * z[cell];
  }
}
