package dev.holdfast.probe.net;

/**
 * One look at both clocks: the realtime clock, which stamps of the kernel are in and which may be
 * set, between two looks at the raw clock, which nobody sets or slews. Nanoseconds. Reused.
 */
public final class ClockReading {
  long rawBefore;
  long realtime;
  long rawAfter;

  /** Takes over what a clock showed, in the order in which it was read. */
  public void set(long rawBefore, long realtime, long rawAfter) {
    this.rawBefore = rawBefore;
    this.realtime = realtime;
    this.rawAfter = rawAfter;
  }

  void set(ClockReading other) {
    set(other.rawBefore, other.realtime, other.rawAfter);
  }

  /** The raw clock before. */
  public long rawBefore() {
    return rawBefore;
  }

  /** The realtime clock, since 1970. */
  public long realtime() {
    return realtime;
  }

  /** The raw clock after. */
  public long rawAfter() {
    return rawAfter;
  }
}
