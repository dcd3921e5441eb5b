package dev.holdfast.probe.net;

/**
 * The two clocks that a landmark measures with. Belongs to one thread, unless a maker says
 * otherwise.
 */
public interface StampClock {
  /** Reads the raw clock, the realtime clock, and the raw clock again, as close as it can. */
  void read(ClockReading into);

  /** The raw clock, in nanoseconds from some beginning; never goes back. */
  long raw();

  /** The realtime clock, in nanoseconds since 1970; may jump. */
  long realtime();
}
