package dev.holdfast.server;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a notification that was not taken is sent again: after 5 seconds, then each time after twice
 * as long, at most six hours, and of that between a half and all, by chance, so that those who
 * failed together do not come back together. Three days after it was made nobody tries any more.
 */
final class WebhookRetries {
  static final Duration GIVEN_UP = Duration.ofDays(3);
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofHours(6);
  private static final int MOST_DOUBLINGS = 20;

  private WebhookRetries() {}

  /**
   * How long to wait.
   *
   * @param attempts how many were made, from 1
   */
  static Duration after(int attempts, RandomGenerator random) {
    Duration whole = FIRST.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
    long most = (whole.compareTo(LONGEST) < 0 ? whole : LONGEST).toMillis();
    return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
  }
}
