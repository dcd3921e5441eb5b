package dev.holdfast.probe.net;

/**
 * Counts the certain steps of the realtime clock from one reading to the next, so that a step and
 * its undoing within one round trip do not cancel where anything was read in between.
 */
final class ClockWatch {
  private final ClockReading last = new ClockReading();
  private boolean begun;
  private long steps;

  /** How many steps were seen up to this reading. */
  long see(ClockReading reading) {
    if (begun && RoundTrip.isStepped(last, reading)) {
      steps++;
    }
    begun = true;
    last.set(reading);
    return steps;
  }
}
