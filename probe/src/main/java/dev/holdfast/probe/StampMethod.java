package dev.holdfast.probe;

import java.util.Locale;

/**
 * How a reflector takes its stamps, as it says (RFC 8972 section 5.5, the registry of STAMP
 * timestamping methods).
 */
public enum StampMethod {
  /** Reserved: it does not tell. */
  UNTOLD(0),
  /** With help of the hardware. */
  HARDWARE(1),
  /** By software on the way of the packet: kernel or process. */
  SOFTWARE(2),
  /** By a control plane, away from the packet. */
  CONTROL_PLANE(3);

  private final int code;

  StampMethod(int code) {
    this.code = code;
  }

  /** The code on the wire. */
  public int code() {
    return code;
  }

  /** The stable word of a code, 0 to 255: {@code code-N} where none is assigned. */
  public static String word(int code) {
    for (StampMethod each : values()) {
      if (each.code == code) {
        return each.name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }
    return "code-" + code;
  }
}
