package dev.holdfast.locate;

import dev.holdfast.model.Bound;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The least delays that landmarks saw to one target.
 *
 * @param landmarks their numbers in the mesh, rising
 * @param delays one for each in milliseconds, not below the least delay of the mesh
 */
record CalibrationTarget(int[] landmarks, double[] delays) {
  /** A target needs this many landmarks. */
  private static final int ENOUGH = 3;

  /** A calibrating landmark as a target. */
  static CalibrationTarget of(CalibrationMesh mesh, int number) {
    double[] all = mesh.delays(number);
    int[] known = IntStream.range(0, all.length).filter(i -> !Double.isNaN(all[i])).toArray();
    return new CalibrationTarget(known, Arrays.stream(known).mapToDouble(i -> all[i]).toArray());
  }

  /**
   * A target with the delays of its bounds, those of landmarks that the mesh does not know left
   * out.
   */
  static CalibrationTarget of(CalibrationMesh mesh, List<Bound> bounds) {
    TreeMap<Integer, Double> least = new TreeMap<>();
    for (Bound bound : bounds) {
      OptionalInt number = mesh.number(bound.landmark().id());
      if (number.isPresent()) {
        double delay = CalibrationMesh.floored(bound.roundTrip().milliseconds());
        least.merge(number.getAsInt(), delay, Math::min);
      }
    }
    return new CalibrationTarget(
        least.keySet().stream().mapToInt(i -> i).toArray(),
        least.values().stream().mapToDouble(delay -> delay).toArray());
  }

  /** Whether the landmarks are enough for an estimate. */
  boolean enough() {
    return landmarks.length >= ENOUGH;
  }
}
