package dev.holdfast.attention;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What the machine of a test can do. */
public final class Machine {
  private Machine() {}

  /** Skips a test where the machine lacks the instructions. */
  public static void assume(Instructions instructions) {
    assumeTrue(instructions.available(), instructions + " is not available on this machine");
  }
}
