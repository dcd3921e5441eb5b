package dev.holdfast.probe;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How a round is run.
 *
 * @param challenges how many, 1 to 1,000; a round needs at least 10 answers to count
 * @param spacing between them, on average; each gap is drawn between half of it and one and a half,
 *     so that nobody knows when the next one comes; at most a minute
 * @param patience how long after the last challenge an answer still counts; at most a minute
 */
public record RoundSettings(int challenges, Duration spacing, Duration patience) {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  public RoundSettings {
    if (challenges < 1 || challenges > 1000) {
      throw new IllegalArgumentException("a round has 1 to 1,000 challenges");
    }
    if (spacing.isNegative() || spacing.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("spacing is 0 to 60 s");
    }
    if (patience.isNegative() || patience.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("patience is 0 to 60 s");
    }
  }

  /** 16 challenges, 40 ms apart, and three seconds of patience. */
  public static RoundSettings defaults() {
    return new RoundSettings(16, Duration.ofMillis(40), Duration.ofSeconds(3));
  }

  /** Draws how long to wait between two challenges, in nanoseconds. */
  public long gap(RandomGenerator random) {
    return (long) (spacing.toNanos() * (0.5 + random.nextDouble()));
  }
}
