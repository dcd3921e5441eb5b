package dev.holdfast.probe.net;

/**
 * Lets a number of things through each second, and as many at once after a rest. Belongs to one
 * thread; time is handed in.
 */
final class TokenBucket {
  private static final long SECOND = 1_000_000_000L;

  private final long cost;
  private long credit = SECOND;
  private long last;

  /** A full bucket of so many a second, from a moment on. */
  TokenBucket(int perSecond, long now) {
    this.cost = SECOND / perSecond;
    this.last = now;
  }

  /** Whether one more may pass now, in nanoseconds of a clock that does not go back. */
  boolean take(long now) {
    credit = Math.min(SECOND, credit + Math.clamp(now - last, 0, SECOND));
    last = now;
    if (credit < cost) {
      return false;
    }
    credit -= cost;
    return true;
  }
}
