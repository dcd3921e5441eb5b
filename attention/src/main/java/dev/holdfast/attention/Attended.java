package dev.holdfast.attention;

/**
 * What attention answered for the heads of one query.
 *
 * @param output one blended value a head, {@code heads * valueDimension} numbers; zeros for a head
 *     that saw no row
 * @param logSums for each head the logarithm of the sum of exp(scale * query . key) over the rows
 *     read; minus infinity where there was none. The share of attention that some rows got of all
 *     is exp of the difference of two of these
 */
public record Attended(float[] output, double[] logSums) {
  /** The share, 0 to 1, that a head's rows here have of the attention over the rows of another. */
  public double shareOf(Attended all, int head) {
    return logSums[head] == Double.NEGATIVE_INFINITY
        ? 0
        : Math.min(1, Math.exp(logSums[head] - all.logSums[head]));
  }
}
