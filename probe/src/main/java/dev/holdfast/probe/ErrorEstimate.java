package dev.holdfast.probe;

/**
 * How far a stamp may be off, as its maker says (RFC 4656 section 4.1.2, RFC 8186 section 2.3): a
 * bit S for a clock synchronised to UTC, a bit Z for the PTP format of stamps, a scale of six bits
 * and a multiplier of eight: {@code multiplier * 2^(scale - 32)} seconds.
 *
 * @param bits the 16 bits on the wire
 */
public record ErrorEstimate(int bits) {
  /** A clock of which nothing is known, off by up to a quarter of a second. */
  public static final ErrorEstimate UNKNOWN = of(false, 30, 1);

  public ErrorEstimate {
    if (bits < 0 || bits > 0xFFFF) {
      throw new IllegalArgumentException("an error estimate has 16 bits");
    }
  }

  /**
   * An estimate for stamps in NTP format.
   *
   * @param synchronised whether the clock follows UTC from outside
   * @param scale 0 to 63
   * @param multiplier 1 to 255; zero is not allowed on the wire
   */
  public static ErrorEstimate of(boolean synchronised, int scale, int multiplier) {
    if (scale < 0 || scale > 63 || multiplier < 1 || multiplier > 255) {
      throw new IllegalArgumentException("scale is 0 to 63 and multiplier 1 to 255");
    }
    return new ErrorEstimate((synchronised ? 0x8000 : 0) | scale << 8 | multiplier);
  }
}
