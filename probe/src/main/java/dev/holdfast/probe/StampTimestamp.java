package dev.holdfast.probe;

import java.time.Instant;

/**
 * A time as STAMP writes it: the 64-bit NTP format (RFC 5905 section 6), whole seconds since 1900
 * in the upper half, a binary fraction in the lower; a step is 0.23 nanoseconds.
 *
 * <p>The format repeats every 136 years; the era is that in which the value lies between 1968 and
 * 2104 (RFC 2030 section 3).
 *
 * @param bits the 64 bits as they go over the wire
 */
public record StampTimestamp(long bits) {
  /** Octets on the wire. */
  public static final int LENGTH = 8;

  private static final long EPOCH_1970 = 2_208_988_800L;
  private static final long NANOSECONDS = 1_000_000_000L;

  /**
   * A time of the realtime clock.
   *
   * @param seconds since 1970
   * @param nanoseconds 0 to 999,999,999
   */
  public static StampTimestamp ofEpoch(long seconds, long nanoseconds) {
    return new StampTimestamp(bitsOfEpoch(seconds, nanoseconds));
  }

  /** The bits of a time, for loops that make no objects. */
  public static long bitsOfEpoch(long seconds, long nanoseconds) {
    return ((seconds + EPOCH_1970) << 32) | ((nanoseconds << 32) / NANOSECONDS);
  }

  /** A time, cut to the step of the format. */
  public static StampTimestamp of(Instant time) {
    return ofEpoch(time.getEpochSecond(), time.getNano());
  }

  /** The time, to the nanosecond. */
  public Instant toInstant() {
    long seconds = bits >>> 32;
    long era = seconds < 0x8000_0000L ? 1L << 32 : 0;
    // Rounded up, since the making of the fraction cut it off.
    long nanoseconds = ((bits & 0xFFFF_FFFFL) * NANOSECONDS + 0xFFFF_FFFFL) >>> 32;
    return Instant.ofEpochSecond(seconds + era - EPOCH_1970, nanoseconds);
  }

  /** Nanoseconds from this time to another, negative where that is earlier. */
  public long nanosecondsUntil(StampTimestamp later) {
    long steps = later.bits - bits;
    return (steps >> 32) * NANOSECONDS + (((steps & 0xFFFF_FFFFL) * NANOSECONDS) >>> 32);
  }
}
