package dev.holdfast.trust.store;

import java.time.Duration;

/** What lets time pass. */
@FunctionalInterface
public interface Pause {
  /** Returns after some time. */
  void pause(Duration length) throws InterruptedException;
}
