package dev.holdfast.attention;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Blends values by the softmax of scores, panel after panel, without ever holding all scores.
 *
 * <p>For each query it keeps the largest score so far, the sum of weights relative to it and the
 * blended values; when a larger score comes, what was summed shrinks by the difference (Milakov and
 * Gimelshein, "Online normalizer calculation for softmax", arXiv 1805.02867). Sums of single
 * precision are kept short: after {@value #CHUNK} panels they go over into sums of double
 * precision, so that the error does not grow with the number of rows.
 */
final class OnlineSoftmax {
  private static final int CHUNK = 32;

  private final Kernels kernels;
  private final int width;
  private final int dimension;
  private final float[] scores;
  private final float[] blended;
  private final float[] largest;
  private final float[] sums;
  private final double[] total;
  private final double[] totalLargest;
  private final double[] totalSums;
  private int panels;

  OnlineSoftmax(Kernels kernels, int queries, int valueDimension) {
    this.kernels = kernels;
    width = kernels.width();
    dimension = valueDimension;
    scores = new float[queries * width];
    blended = new float[queries * dimension];
    largest = new float[queries];
    sums = new float[queries];
    total = new double[queries * dimension];
    totalLargest = new double[queries];
    totalSums = new double[queries];
    clear();
  }

  /** Begins anew. */
  void clear() {
    panels = 0;
    clearChunk();
    Arrays.fill(total, 0);
    Arrays.fill(totalLargest, Double.NEGATIVE_INFINITY);
    Arrays.fill(totalSums, 0);
  }

  private void clearChunk() {
    Arrays.fill(blended, 0);
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    Arrays.fill(sums, 0);
  }

  /** Where products of queries and a panel go before {@link #add}: {@code [q * width + row]}. */
  float[] scores() {
    return scores;
  }

  /**
   * Takes in the scores of one panel for the queries from {@code first} to before {@code last}.
   *
   * @param rows the panel's rows, from {@code from} on, {@code count} of them
   * @param visible how many of them each query may see, or null for all
   */
  void add(
      Rows of, int[] rows, int from, int count, int first, int last, int @Nullable [] visible) {
    for (int q = first; q < last; q++) {
      weigh(q, visible == null ? count : Math.min(count, visible[q]));
    }
    kernels.blend(
        of.values(), of.valueStride(), dimension, rows, from, count, scores, first, last, blended);
    if (++panels == CHUNK) {
      merge();
    }
  }

  private void weigh(int q, int count) {
    int at = q * width;
    float highest = Math.max(largest[q], kernels.largest(scores, at, count));
    if (highest == Float.NEGATIVE_INFINITY) {
      Arrays.fill(scores, at, at + width, 0);
      return;
    }
    if (highest > largest[q] && sums[q] > 0) {
      float shrink = Exponential.of(largest[q] - highest);
      sums[q] *= shrink;
      kernels.multiply(blended, q * dimension, dimension, shrink);
    }
    largest[q] = highest;
    sums[q] += kernels.soften(scores, at, count, highest);
  }

  private void merge() {
    for (int q = 0; q < sums.length; q++) {
      if (sums[q] > 0) {
        double highest = Math.max(totalLargest[q], largest[q]);
        double old = Math.exp(totalLargest[q] - highest);
        double fresh = Math.exp(largest[q] - highest);
        for (int i = q * dimension; i < (q + 1) * dimension; i++) {
          total[i] = total[i] * old + blended[i] * fresh;
        }
        totalSums[q] = totalSums[q] * old + sums[q] * fresh;
        totalLargest[q] = highest;
      }
    }
    clearChunk();
    panels = 0;
  }

  /** The outputs of the queries from {@code first} on, into {@code output}. */
  void finish(int first, int queries, float[] output, int at) {
    merge();
    for (int q = 0; q < queries; q++) {
      double sum = totalSums[first + q];
      for (int i = 0; i < dimension; i++) {
        output[at + q * dimension + i] =
            sum > 0 ? (float) (total[(first + q) * dimension + i] / sum) : 0;
      }
    }
  }

  /** The outputs of all queries. */
  Attended finish() {
    float[] output = new float[sums.length * dimension];
    finish(0, sums.length, output, 0);
    double[] logSums = new double[sums.length];
    for (int q = 0; q < logSums.length; q++) {
      logSums[q] = totalLargest[q] + Math.log(totalSums[q]);
    }
    return new Attended(output, logSums);
  }
}
