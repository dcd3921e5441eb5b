package dev.holdfast.attest;

/** How many cases a property is tried on: few for the gate, many for the thorough run. */
final class Counts {
  private static final int LONGER = 100;

  private Counts() {}

  static boolean thorough() {
    return "thorough".equals(System.getProperty("holdfast.counts", "gate"));
  }

  /** A count for the gate, or a hundred times as many. */
  static int of(int gate) {
    return thorough() ? gate * LONGER : gate;
  }
}
