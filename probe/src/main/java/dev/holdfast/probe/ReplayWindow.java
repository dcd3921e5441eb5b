package dev.holdfast.probe;

/**
 * Which of the last 64 sequence numbers of 32 bits were seen, as IPsec has it (RFC 4303 section
 * 3.4.3). Numbers may wrap around.
 *
 * <p>It is the caller who keeps the two numbers, so that many sessions need no object each: the
 * highest number seen, and 64 bits of which bit n stands for the highest less n; no bit is set
 * where nothing was seen yet.
 */
public final class ReplayWindow {
  private static final int WIDTH = 64;

  private ReplayWindow() {}

  /** Whether a number was not seen; what is older than the window counts as seen. */
  public static boolean isNew(int highest, long seen, int sequence) {
    int ahead = sequence - highest;
    return seen == 0 || ahead > 0 || (ahead > -WIDTH && (seen & 1L << -ahead) == 0);
  }

  /** The highest number, once one that is new was seen. */
  public static int highest(int highest, long seen, int sequence) {
    return seen == 0 || sequence - highest > 0 ? sequence : highest;
  }

  /** The bits, once a number that is new was seen. */
  public static long seen(int highest, long seen, int sequence) {
    int ahead = sequence - highest;
    if (seen == 0 || ahead >= WIDTH) {
      return 1;
    }
    return ahead > 0 ? seen << ahead | 1 : seen | 1L << -ahead;
  }
}
