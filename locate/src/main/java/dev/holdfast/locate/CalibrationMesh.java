package dev.holdfast.locate;

import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Landmarks, numbered, and the least delay that each pair of them saw in either direction.
 *
 * <p>The first numbers are those of the <em>calibrating</em> landmarks: those that measured one
 * another, at most {@value #MOST}, so that a long list of landmarks costs no square of memory. If
 * there are more, those with the most partners calibrate. The others follow: their places are
 * known, and how their delays compare with others' is not. Within both groups the order is that of
 * their names, so nothing depends on the order of the input.
 */
final class CalibrationMesh {
  /** Above this many calibrating landmarks, more hardly tell more of how delays behave. */
  private static final int MOST = 400;

  /**
   * A delay of less counts as this much, in milliseconds: light in fibre goes 10 km there and back
   * meanwhile, the resolution of the model, and its logarithm and inverse stay finite.
   */
  private static final double LEAST_DELAY = 0.1;

  /**
   * Added to a delay before its logarithm is compared with another's, in milliseconds: below about
   * this much, the hosts and their access lines make the differences, not the places.
   */
  private static final double COMPARISON_OFFSET = 2;

  /** Two places must have been measured by this many landmarks in common to be compared. */
  private static final int LEAST_IN_COMMON = 3;

  private final Map<LandmarkId, Integer> numbers = new HashMap<>();
  private final double[][] places;
  private final double[][] delays;
  private final double[][] logarithms;

  private CalibrationMesh(
      Map<LandmarkId, Landmark> landmarks, List<LandmarkId> ordered, int calibrating) {
    places = new double[ordered.size()][];
    for (LandmarkId id : ordered) {
      Landmark landmark = landmarks.get(id);
      if (landmark != null) {
        places[numbers.size()] = AdviceSphere.unitVector(landmark.position());
        numbers.put(id, numbers.size());
      }
    }
    delays = new double[calibrating][calibrating];
    for (double[] row : delays) {
      Arrays.fill(row, Double.NaN);
    }
    logarithms = new double[calibrating][];
  }

  static CalibrationMesh of(
      Map<LandmarkId, Landmark> landmarks, Collection<Measurement> measurements) {
    List<LandmarkId> sorted = landmarks.keySet().stream().sorted().toList();
    int[] partners = partners(sorted, measurements);
    List<Integer> calibrating =
        IntStream.range(0, sorted.size())
            .boxed()
            .filter(i -> partners[i] > 0)
            .sorted(Comparator.comparingInt((Integer i) -> -partners[i]).thenComparingInt(i -> i))
            .limit(MOST)
            .sorted()
            .toList();
    boolean[] taken = new boolean[sorted.size()];
    calibrating.forEach(i -> taken[i] = true);
    IntStream others = IntStream.range(0, sorted.size()).filter(i -> !taken[i]);
    List<LandmarkId> ordered =
        IntStream.concat(calibrating.stream().mapToInt(i -> i), others)
            .mapToObj(sorted::get)
            .toList();
    CalibrationMesh mesh = new CalibrationMesh(landmarks, ordered, calibrating.size());
    mesh.fill(measurements);
    return mesh;
  }

  /** How many others each landmark was measured with, in either direction. */
  private static int[] partners(List<LandmarkId> sorted, Collection<Measurement> measurements) {
    Map<String, Integer> numbers = new HashMap<>();
    for (LandmarkId id : sorted) {
      numbers.put(id.value(), numbers.size());
    }
    int[] partners = new int[sorted.size()];
    measurements.stream()
        .mapToLong(measurement -> {
          int one = numbers.getOrDefault(measurement.landmark().value(), -1);
          int other = numbers.getOrDefault(measurement.target().value(), -1);
          return one < 0 || other < 0 || one == other
              ? -1
              : (long) Math.min(one, other) * sorted.size() + Math.max(one, other);
        })
        .filter(pair -> pair >= 0)
        .sorted()
        .distinct()
        .forEach(pair -> {
          partners[(int) (pair / sorted.size())]++;
          partners[(int) (pair % sorted.size())]++;
        });
    return partners;
  }

  private void fill(Collection<Measurement> measurements) {
    Map<String, Integer> names = new HashMap<>();
    numbers.forEach((id, number) -> names.put(id.value(), number));
    for (Measurement measurement : measurements) {
      int one = names.getOrDefault(measurement.landmark().value(), -1);
      int other = names.getOrDefault(measurement.target().value(), -1);
      if (one >= 0 && other >= 0 && one != other && Math.max(one, other) < delays.length) {
        double delay = floored(measurement.roundTrip().milliseconds());
        if (!(delays[one][other] <= delay)) {
          delays[one][other] = delay;
          delays[other][one] = delay;
        }
      }
    }
    for (int i = 0; i < delays.length; i++) {
      logarithms[i] = forComparison(delays[i]);
    }
  }

  static double floored(double milliseconds) {
    return Math.max(LEAST_DELAY, milliseconds);
  }

  /** How many landmarks calibrate; theirs are the numbers below. */
  int calibrating() {
    return delays.length;
  }

  /** The number of a landmark, unless it is unknown. */
  OptionalInt number(LandmarkId id) {
    Integer number = numbers.get(id);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** The unit vector of any landmark's place; not to be changed. */
  double[] place(int number) {
    return places[number];
  }

  /**
   * The least delays between a calibrating landmark and each of them, in milliseconds; NaN where it
   * was not measured. Not to be changed.
   */
  double[] delays(int number) {
    return delays[number];
  }

  /** Delays in the form in which {@link #dissimilarity} compares them; NaN stays NaN. */
  static double[] forComparison(double[] delays) {
    double[] logarithms = new double[delays.length];
    for (int i = 0; i < delays.length; i++) {
      logarithms[i] = Math.log(delays[i] + COMPARISON_OFFSET);
    }
    return logarithms;
  }

  /**
   * How differently the calibrating landmarks see a landmark and a target: the mean difference of
   * the logarithms of their delays, over those that measured both.
   *
   * @param target what {@link #forComparison} made of the target's delays, one for each calibrating
   *     landmark
   * @return 0 for the same delays upwards; NaN where too few measured both
   */
  double dissimilarity(int number, double[] target) {
    if (number >= logarithms.length) {
      return Double.NaN;
    }
    double[] own = logarithms[number];
    double sum = 0;
    int count = 0;
    for (int i = 0; i < own.length; i++) {
      double difference = Math.abs(own[i] - target[i]);
      if (!Double.isNaN(difference)) {
        sum += difference;
        count++;
      }
    }
    return count >= LEAST_IN_COMMON ? sum / count : Double.NaN;
  }

  /** The dissimilarity of two calibrating landmarks. */
  double dissimilarity(int one, int other) {
    return dissimilarity(one, logarithms[other]);
  }
}
