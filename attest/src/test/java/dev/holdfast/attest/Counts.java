package dev.holdfast.attest;

/** How much tests try: little at the gate, all of it where asked for. */
final class Counts {
  private Counts() {}

  static boolean thorough() {
    return System.getProperty("holdfast.counts", "gate").equals("thorough");
  }
}
