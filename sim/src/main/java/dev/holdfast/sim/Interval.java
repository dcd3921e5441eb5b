package dev.holdfast.sim;

/**
 * Within which a number lies that was counted or measured a few times, with a confidence of 95
 * percent.
 */
public record Interval(double low, double high) {
  /** The deviations of a normal number that leave 2.5 percent on each side. */
  private static final double Z = 1.959963984540054;

  private static final double SIDE = 0.025;
  private static final int HALVINGS = 200;

  /** A share of which {@code count} in {@code all} were seen (Wilson, 1927). */
  public static Interval ofShare(int count, int all) {
    if (all < 1 || count < 0 || count > all) {
      throw new IllegalArgumentException("%d of %d".formatted(count, all));
    }
    double share = (double) count / all;
    double middle = (share + Z * Z / (2 * all)) / (1 + Z * Z / all);
    double half =
        Z * Math.sqrt(share * (1 - share) / all + Z * Z / (4.0 * all * all)) / (1 + Z * Z / all);
    return new Interval(
        count == 0 ? 0 : Math.max(0, middle - half), count == all ? 1 : Math.min(1, middle + half));
  }

  /** What is expected of rare events of which so many were seen (exact: Garwood, 1936). */
  public static Interval ofCount(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("a count of " + count);
    }
    double most = count + 10 * Math.sqrt(count + 1.0) + 10;
    return new Interval(
        count == 0 ? 0 : where(count - 1, 1 - SIDE, most), where(count, SIDE, most));
  }

  /** The mean at which no more than so many events have this probability, which falls with it. */
  private static double where(int events, double probability, double most) {
    double low = 0;
    double high = most;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (noMoreThan(events, middle) > probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double noMoreThan(int events, double mean) {
    double logarithm = -mean;
    double sum = Math.exp(logarithm);
    for (int i = 1; i <= events; i++) {
      logarithm += Math.log(mean / i);
      sum += Math.exp(logarithm);
    }
    return sum;
  }

  /** All of it so many times as large. */
  Interval times(double factor) {
    return new Interval(low * factor, high * factor);
  }
}
