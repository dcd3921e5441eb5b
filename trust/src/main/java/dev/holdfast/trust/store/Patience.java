package dev.holdfast.trust.store;

import java.time.Duration;

/**
 * How long a client bears with a server.
 *
 * @param answer for the whole answer to one request
 * @param attempts how often one request is sent that the server cannot take now, at least 1
 * @param longestWait between two of them, whatever the server asks for
 */
public record Patience(Duration answer, int attempts, Duration longestWait) {
  public Patience {
    if (answer.isNegative() || answer.isZero() || attempts < 1 || longestWait.isNegative()) {
      throw new IllegalArgumentException("some time for an answer, and at least one attempt");
    }
  }

  /** 30 s for an answer, eight attempts, at most 30 s between them. */
  public static Patience usual() {
    return new Patience(Duration.ofSeconds(30), 8, Duration.ofSeconds(30));
  }
}
