package dev.holdfast.probe.net;

import dev.holdfast.probe.ErrorEstimate;
import dev.holdfast.probe.StampTimestamp;

/** Times of a {@link StampClock} as STAMP writes them. */
final class StampClocks {
  /** What challenges say of their clock: nobody depends on it, so nothing is claimed. */
  static final ErrorEstimate ERROR = ErrorEstimate.UNKNOWN;

  private static final long SECOND = 1_000_000_000L;

  private StampClocks() {}

  /** The bits of a realtime in nanoseconds since 1970. */
  static long bits(long realtime) {
    return StampTimestamp.bitsOfEpoch(realtime / SECOND, realtime % SECOND);
  }

  /** The time in nanoseconds since 1970. */
  static StampTimestamp timestamp(long realtime) {
    return new StampTimestamp(bits(realtime));
  }
}
