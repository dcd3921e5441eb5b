package dev.holdfast.probe.net;

/**
 * How long a round trip took, at least as long as it truly did, whatever somebody does to the
 * realtime clock meanwhile.
 *
 * <p>Stamps of the kernel are in realtime, which may be set or slewed. So realtime is compared with
 * the raw clock before sending and after receiving. If it moved against the raw clock by more than
 * the greatest slew that is usual (500 ppm, here 600, and a microsecond), it was stepped, and the
 * raw clock around the whole is the answer. Else what realtime fell behind is added to the
 * difference of the stamps; what it got ahead only lengthens it. Where reading the clocks was
 * disturbed, the worst is taken.
 */
final class RoundTrip {
  private static final long STEP = 1_000;
  private static final long SLEW_PPM = 600;
  private static final long MILLION = 1_000_000;

  private RoundTrip() {}

  /** By the process alone: from before sending until after receiving. */
  static long outer(ClockReading sent, ClockReading came) {
    return came.rawAfter - sent.rawBefore;
  }

  /**
   * By the stamps of the kernel, if they can be trusted.
   *
   * @param sent the clocks before sending
   * @param transmitted the stamp of the challenge
   * @param received the stamp of the answer
   * @param came the clocks after receiving
   * @return nanoseconds, never more than {@link #outer}; -1 where the clock was stepped
   */
  static long between(ClockReading sent, long transmitted, long received, ClockReading came) {
    long behind = mostBehind(sent, came);
    long measured = received - transmitted + Math.max(0, behind);
    if (mayBeStepped(sent, came) || measured < 0 || measured > outer(sent, came)) {
      return -1;
    }
    return measured;
  }

  /** Whether realtime may have been stepped between two readings. */
  private static boolean mayBeStepped(ClockReading earlier, ClockReading later) {
    long limit = limit(earlier, later);
    return mostBehind(earlier, later) > limit || mostAhead(earlier, later) > limit;
  }

  /** Whether it was stepped for certain, however the readings were disturbed. */
  static boolean isStepped(ClockReading earlier, ClockReading later) {
    long limit = limit(earlier, later);
    return -mostAhead(earlier, later) > limit || -mostBehind(earlier, later) > limit;
  }

  private static long limit(ClockReading earlier, ClockReading later) {
    return STEP + outer(earlier, later) * SLEW_PPM / MILLION;
  }

  /** The most that realtime can have fallen behind the raw clock. */
  private static long mostBehind(ClockReading earlier, ClockReading later) {
    return (earlier.realtime - earlier.rawBefore) - (later.realtime - later.rawAfter);
  }

  /** The most that it can have got ahead. */
  private static long mostAhead(ClockReading earlier, ClockReading later) {
    return (later.realtime - later.rawBefore) - (earlier.realtime - earlier.rawAfter);
  }
}
