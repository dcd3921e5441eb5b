package dev.holdfast.probe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How an agent opens or moves the path of a session: 48 octets from its socket to the landmark's,
 * so that whatever translates addresses between them lets challenges in.
 *
 * <p>{@code HFP1}, the session-sender id (2), zero (2), the session id (16), a counter (8) that
 * only grows, and the first 16 octets of an HMAC-SHA-256 over those 32 under the path key. Nobody
 * answers it; the next challenge shows that it arrived.
 *
 * @param counter from 1; a datagram counts if its counter is greater than any before
 */
public record PathDatagram(int ssid, SessionId session, long counter) {
  /** Octets. */
  public static final int LENGTH = 48;

  private static final int MAGIC = 0x48465031;
  private static final int SSID = 4;
  private static final int SESSION = 8;
  private static final int COUNTER = 24;
  private static final int MAC = 32;

  public PathDatagram {
    if (ssid < 0 || ssid > 0xFFFF || counter < 1) {
      throw new IllegalArgumentException("a path has a session-sender id and a counter from 1");
    }
  }

  /** The octets under a path key. */
  public byte[] octets(StampMac mac) {
    byte[] out = new byte[LENGTH];
    Octets.putInteger(out, 0, MAGIC);
    Octets.putShort(out, SSID, ssid);
    System.arraycopy(session.octets(), 0, out, SESSION, SessionId.LENGTH);
    Octets.putLong(out, COUNTER, counter);
    mac.tag(out, 0, MAC, out, MAC);
    return out;
  }

  /** Whether a packet has the form of one; says nothing of its MAC. */
  public static boolean hasForm(byte[] packet, int length) {
    return length == LENGTH
        && Octets.integer(packet, 0) == MAGIC
        && Octets.unsignedShort(packet, SSID + 2) == 0
        && Octets.longInteger(packet, COUNTER) > 0;
  }

  /** The session-sender id of a packet that has the form. */
  public static int ssidOf(byte[] packet) {
    return Octets.unsignedShort(packet, SSID);
  }

  /** Reads a packet; null where it has not the form, is of another session, or its MAC is wrong. */
  public static @Nullable PathDatagram read(
      byte[] packet, int length, SessionId session, StampMac mac) {
    if (!hasForm(packet, length)
        || !Arrays.equals(packet, SESSION, COUNTER, session.octets(), 0, SessionId.LENGTH)
        || !mac.matches(packet, 0, MAC, packet, MAC)) {
      return null;
    }
    return new PathDatagram(ssidOf(packet), session, Octets.longInteger(packet, COUNTER));
  }
}
