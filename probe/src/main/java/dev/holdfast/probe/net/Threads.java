package dev.holdfast.probe.net;

/** Waiting for threads to end. */
final class Threads {
  private Threads() {}

  /** Waits for the end of a thread, unless interrupted, which stays noted. */
  static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
