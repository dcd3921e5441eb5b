package dev.holdfast.locate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far the logarithms of distances scatter about a {@link CalibrationLine}, depending on where
 * on the line: near pairs scatter more, in proportion, than far ones.
 *
 * <p>Pairs in order of the line's value fall into bins, the later ones larger, since near pairs are
 * few and matter most. The scatter of a bin is a multiple of the median residual. Between the
 * middles of the bins the scatter runs straight, beyond the outermost it stays.
 */
final class CalibrationSpread {
  /** The multiple of the median residual that is the standard deviation of a normal scatter. */
  private static final double NORMAL = 1.48;

  /** No scatter is smaller: a small bin may agree by chance. */
  private static final double LEAST = 0.1;

  private static final int LEAST_BIN = 15;

  /** The first bin holds one pair out of this many, if that is more. */
  private static final int FIRST_BIN_SHARE = 200;

  /** How much larger each bin is than the one before. */
  private static final double GROWTH = 1.6;

  private final double[] middles;
  private final double[] scatters;

  private CalibrationSpread(List<double[]> bins) {
    middles = bins.stream().mapToDouble(bin -> bin[0]).toArray();
    scatters = bins.stream().mapToDouble(bin -> bin[1]).toArray();
  }

  /**
   * Finds the scatter.
   *
   * @param expected the values of the line for all pairs, at least one
   */
  static CalibrationSpread of(double[] expected, double[] actual) {
    int[] order =
        IntStream.range(0, expected.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> expected[i]))
            .mapToInt(i -> i)
            .toArray();
    List<double[]> bins = new ArrayList<>();
    int size = Math.max(LEAST_BIN, order.length / FIRST_BIN_SHARE);
    for (int from = 0; from < order.length; ) {
      int to = Math.min(order.length, from + size);
      if (order.length - to < size) {
        to = order.length;
      }
      int[] bin = Arrays.copyOfRange(order, from, to);
      double middle = Arrays.stream(bin).mapToDouble(i -> expected[i]).sum() / bin.length;
      double[] residuals =
          Arrays.stream(bin).mapToDouble(i -> Math.abs(actual[i] - expected[i])).toArray();
      bins.add(new double[] {middle, Math.max(LEAST, NORMAL * median(residuals))});
      from = to;
      size = (int) (size * GROWTH);
    }
    return new CalibrationSpread(bins);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  /** The scatter of the logarithm of the distance where the line has this value. */
  double at(double expected) {
    int above = 0;
    while (above < middles.length && middles[above] <= expected) {
      above++;
    }
    if (above == 0 || above == middles.length) {
      return scatters[above == 0 ? 0 : above - 1];
    }
    double part = (expected - middles[above - 1]) / (middles[above] - middles[above - 1]);
    return scatters[above - 1] + part * (scatters[above] - scatters[above - 1]);
  }
}
