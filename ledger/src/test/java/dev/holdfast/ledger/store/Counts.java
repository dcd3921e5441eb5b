package dev.holdfast.ledger.store;

/** How many cases a property is tried on: few for the gate, many for the thorough run. */
final class Counts {
  private static final int LONGER = 20;

  private Counts() {}

  static boolean thorough() {
    return "thorough".equals(System.getProperty("holdfast.counts", "gate"));
  }

  /** A count for the gate, or twenty times as many. */
  static int of(int gate) {
    return thorough() ? gate * LONGER : gate;
  }

  /** A count for the gate, or twenty times another that is more than that. */
  static int of(int gate, int usual) {
    return thorough() ? usual * LONGER : gate;
  }
}
