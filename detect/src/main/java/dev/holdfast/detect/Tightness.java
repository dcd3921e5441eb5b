package dev.holdfast.detect;

/**
 * Whether the tightest bound on a host has become looser for good: a cumulative sum (Page,
 * "Continuous Inspection Schemes", 1954) of how far the logarithm of each period's tightest bound
 * lies above what it was at first.
 *
 * <p>With a drift of half a deviation and a bar of {@value #BAR} deviations a sum of independent
 * normal numbers passes the bar once in about exp(2 * 0.5 * {@value #BAR}) / (2 * 0.25) = 6.5e6
 * periods (Siegmund's approximation): one false alarm in 1,500 host-years of twelve periods a day.
 * Delays are not independent; the honest fleets of the suite say what it comes to.
 *
 * @param learned periods that made the mean and the deviation
 * @param mean of the logarithms then
 * @param squares sum of squared differences from the mean then
 * @param sum the cumulative sum, in deviations
 */
record Tightness(int learned, double mean, double squares, double sum) {
  static final Tightness UNKNOWN = new Tightness(0, 0, 0, 0);

  static final double BAR = 15;

  private static final int LEARNING = 36;
  private static final double DRIFT = 0.5;

  /** Bounds vary at least by so much: what was quiet by chance makes no later period an alarm. */
  private static final double LEAST_DEVIATION = 0.05;

  /** One period counts for so many deviations at most: one jam makes no alarm. */
  private static final double MOST = 3;

  /** With one more period. */
  Tightness with(double kilometres) {
    double x = Math.log(Math.max(kilometres, 1));
    if (learned < LEARNING) {
      int count = learned + 1;
      double difference = x - mean;
      double next = mean + difference / count;
      return new Tightness(count, next, squares + difference * (x - next), 0);
    }
    double deviation = Math.max(LEAST_DEVIATION, Math.sqrt(squares / (learned - 1)));
    double step = Math.min(MOST, (x - mean) / deviation) - DRIFT;
    return new Tightness(learned, mean, squares, Math.max(0, sum + step));
  }

  /** Whether it has. */
  boolean isLost() {
    return sum > BAR;
  }

  /** How tight the bound used to be, in kilometres. */
  double usual() {
    return Math.exp(mean);
  }
}
