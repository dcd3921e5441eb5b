package dev.holdfast.probe.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.holdfast.probe.PeerAddress;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** {@code sockaddr_in} and {@code sockaddr_in6} in native memory. */
final class NativeAddress {
  static final int INET = 2;
  static final int INET6 = 10;
  static final int LENGTH = 28;

  private static final int LENGTH_4 = 16;
  private static final ValueLayout.OfShort NETWORK_SHORT =
      JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt NETWORK_INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong NETWORK_LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private NativeAddress() {}

  /** Writes an address for a socket of a family; returns its length, 0 where it cannot go there. */
  static int write(MemorySegment to, int family, long upper, long lower, int port, int scope) {
    to.set(JAVA_SHORT, 0, (short) family);
    to.set(NETWORK_SHORT, 2, (short) port);
    if (family == INET) {
      if (!PeerAddress.isIpv4(upper, lower)) {
        return 0;
      }
      to.set(NETWORK_INT, 4, (int) lower);
      to.set(JAVA_LONG_UNALIGNED, 8, 0);
      return LENGTH_4;
    }
    to.set(JAVA_INT, 4, 0);
    to.set(NETWORK_LONG, 8, upper);
    to.set(NETWORK_LONG, 16, lower);
    to.set(JAVA_INT, 24, scope);
    return LENGTH;
  }

  /** Reads an address. */
  static void read(MemorySegment from, ReceivedDatagram into) {
    into.port = from.get(NETWORK_SHORT, 2) & 0xFFFF;
    if (from.get(JAVA_SHORT, 0) == INET) {
      into.upper = 0;
      into.lower = PeerAddress.mapped(from.get(NETWORK_INT, 4));
      into.scope = 0;
    } else {
      into.upper = from.get(NETWORK_LONG, 8);
      into.lower = from.get(NETWORK_LONG, 16);
      into.scope = from.get(JAVA_INT, 24);
    }
  }
}
