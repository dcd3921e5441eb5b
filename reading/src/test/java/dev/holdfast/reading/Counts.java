package dev.holdfast.reading;

/** How many cases a property is tried on: few for the gate, many for the thorough run. */
final class Counts {
  private static final int LONGER = 20;

  private Counts() {}

  /** A count for the gate, or twenty times as many. */
  static int of(int gate) {
    return "thorough".equals(System.getProperty("holdfast.counts", "gate")) ? gate * LONGER : gate;
  }
}
