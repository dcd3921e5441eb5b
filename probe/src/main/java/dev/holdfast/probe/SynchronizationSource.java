package dev.holdfast.probe;

import java.util.Locale;

/**
 * What a clock is kept right by, as its owner says (RFC 8972 section 5.4, the registry of STAMP
 * synchronization sources).
 */
public enum SynchronizationSource {
  /** Reserved: it does not tell. */
  UNTOLD(0),
  /** The Network Time Protocol. */
  NTP(1),
  /** The Precision Time Protocol, IEEE 1588. */
  PTP(2),
  /** The timing supply of a telephone exchange. */
  SSU_BITS(3),
  /** GPS, GLONASS, LORAN-C, BDS or Galileo. */
  RADIO_NAVIGATION(4),
  /** Nothing: it runs by itself. */
  FREE_RUNNING(5);

  private final int code;

  SynchronizationSource(int code) {
    this.code = code;
  }

  /** The code on the wire. */
  public int code() {
    return code;
  }

  /** The stable word of a code, 0 to 255: {@code code-N} where none is assigned. */
  public static String word(int code) {
    for (SynchronizationSource each : values()) {
      if (each.code == code) {
        return each.name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }
    return "code-" + code;
  }
}
