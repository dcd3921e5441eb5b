package dev.holdfast.edge;

import org.jspecify.annotations.Nullable;

/** What is done with a daemon's threads. */
final class Threads {
  private Threads() {}

  /** Waits for the end of a thread, if there is one. */
  static void join(@Nullable Thread thread) {
    if (thread != null) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
