package dev.holdfast.attention;

import java.util.stream.IntStream;

/** Attention as its formula says, in double precision, all scores held: what kernels must meet. */
final class Oracle {
  private Oracle() {}

  /** As many numbers of a value do not all blend to about zero by chance. */
  private static final int MANY = 32;

  /**
   * Blended values and logarithms of sums, as {@link Attended} but in double precision.
   *
   * @param sizes the same blend of the values without their signs
   */
  record Answer(double[] output, double[] sizes, double[] logSums) {}

  /** The row numbers from 0 to before an end. */
  static int[] before(int end) {
    return IntStream.range(0, end).toArray();
  }

  /** The query that begins at {@code at}, over chosen rows. */
  static Answer attend(Heads heads, float[] queries, int at, Rows rows, int[] chosen) {
    float[][] keys = IntStream.of(chosen).mapToObj(rows::key).toArray(float[][]::new);
    float[][] values = IntStream.of(chosen).mapToObj(rows::value).toArray(float[][]::new);
    double[] output = new double[heads.count() * rows.valueDimension()];
    double[] sizes = new double[output.length];
    double[] logSums = new double[heads.count()];
    for (int head = 0; head < heads.count(); head++) {
      int query = at + head * heads.dimension();
      double[] scores = new double[chosen.length];
      double largest = Double.NEGATIVE_INFINITY;
      for (int row = 0; row < scores.length; row++) {
        for (int i = 0; i < heads.dimension(); i++) {
          scores[row] += (double) queries[query + i] * keys[row][i];
        }
        scores[row] *= heads.scale();
        largest = Math.max(largest, scores[row]);
      }
      double sum = 0;
      int out = head * rows.valueDimension();
      for (int row = 0; row < scores.length; row++) {
        double weight = Math.exp(scores[row] - largest);
        sum += weight;
        for (int i = 0; i < rows.valueDimension(); i++) {
          output[out + i] += weight * values[row][i];
          sizes[out + i] += weight * Math.abs(values[row][i]);
        }
      }
      for (int i = out; sum > 0 && i < out + rows.valueDimension(); i++) {
        output[i] /= sum;
        sizes[i] /= sum;
      }
      logSums[head] = largest + Math.log(sum);
    }
    return new Answer(output, sizes, logSums);
  }

  /**
   * How far an output is from the oracle's: for each head the largest difference over the largest
   * number, and of these the worst. Values of few numbers may blend to about zero; there it is over
   * what was blended.
   */
  static double error(Answer oracle, float[] output, int at, int heads) {
    int dimension = oracle.output.length / heads;
    double[] sizes = dimension < MANY ? oracle.sizes : oracle.output;
    double worst = 0;
    for (int head = 0; head < heads; head++) {
      double difference = 0;
      double largest = 0;
      for (int i = head * dimension; i < (head + 1) * dimension; i++) {
        difference = Math.max(difference, Math.abs(output[at + i] - oracle.output[i]));
        largest = Math.max(largest, Math.abs(sizes[i]));
      }
      worst = Math.max(worst, difference / largest);
    }
    return worst;
  }
}
