package dev.holdfast.edge;

import java.time.Duration;

/**
 * How much of a management controller's time is taken, and how much of one's own is given.
 *
 * @param requests the most of one look
 * @param answer how long one answer may take, to its last octet
 * @param all how long a look may take
 * @param pause before an answer that is not ready is asked for again
 */
record RedfishLimits(int requests, Duration answer, Duration all, Duration pause) {
  /** Controllers are slow: some take a second for each resource. */
  static final RedfishLimits USUAL =
      new RedfishLimits(
          1024, Duration.ofSeconds(20), Duration.ofMinutes(5), Duration.ofMillis(500));
}
