package dev.holdfast.probe.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A {@code msghdr} with room for one datagram, the address of its sender and what the kernel says
 * beside it. Belongs to one thread.
 *
 * <p>{@code msghdr}: name (pointer, 0), its length (int, 8), vector (pointer, 16), its length (24),
 * control (pointer, 32), its length (40), flags (int, 48). {@code cmsghdr}: length (0), level (int,
 * 8), type (int, 12), data (16), the next one at a multiple of 8.
 */
final class NativeMessage {
  private static final long HEADER = 56;
  private static final long CONTROL = 512;
  private static final long SECOND = 1_000_000_000L;

  private static final int SOL_IP = 0;
  private static final int SOL_SOCKET = 1;
  private static final int SOL_IPV6 = 41;
  private static final int SCM_TIMESTAMPING = 37;
  private static final int IP_TTL = 2;
  private static final int IPV6_HOPLIMIT = 52;

  private final MemorySegment header;
  private final MemorySegment vector;
  private final MemorySegment name;
  private final MemorySegment control;
  private final MemorySegment data;
  private final MemorySegment state;
  private final long address;

  /** What the kernel said of the last one. */
  long realtime;

  int timeToLive;

  NativeMessage() {
    Arena arena = Arena.ofAuto();
    header = arena.allocate(HEADER, 8);
    vector = arena.allocate(16, 8);
    name = arena.allocate(NativeAddress.LENGTH, 8);
    control = arena.allocate(CONTROL, 8);
    data = arena.allocate(ReceivedDatagram.CAPACITY, 8);
    state = arena.allocate(Linux.state());
    address = header.address();
    vector.set(JAVA_LONG, 0, data.address());
    vector.set(JAVA_LONG, 8, ReceivedDatagram.CAPACITY);
    header.set(JAVA_LONG, 0, name.address());
    header.set(JAVA_LONG, 16, vector.address());
    header.set(JAVA_LONG, 24, 1);
    header.set(JAVA_LONG, 32, control.address());
  }

  /** Receives without waiting; returns octets or a negative error number. */
  int receive(int socket, int flags) {
    header.set(JAVA_INT, 8, NativeAddress.LENGTH);
    header.set(JAVA_LONG, 40, CONTROL);
    header.set(JAVA_INT, 48, 0);
    return Linux.recvmsg(state, socket, address, flags | Linux.MSG_DONTWAIT);
  }

  boolean truncated() {
    return (header.get(JAVA_INT, 48) & Linux.MSG_TRUNC) != 0;
  }

  MemorySegment name() {
    return name;
  }

  void copyData(byte[] into, int length) {
    MemorySegment.copy(data, JAVA_BYTE, 0, into, 0, length);
  }

  /** Reads what came beside the datagram into {@link #realtime} and {@link #timeToLive}. */
  void readControl() {
    realtime = 0;
    timeToLive = 0;
    long end = Math.min(header.get(JAVA_LONG, 40), CONTROL);
    for (long at = 0; at + 16 <= end; ) {
      long length = header(at);
      if (length < 16 || length > end - at) {
        return;
      }
      take(at, length - 16);
      at += length + 7 & ~7L;
    }
  }

  private long header(long at) {
    return control.get(JAVA_LONG, at);
  }

  private void take(long at, long length) {
    int level = control.get(JAVA_INT, at + 8);
    int type = control.get(JAVA_INT, at + 12);
    if (level == SOL_SOCKET && type == SCM_TIMESTAMPING && length >= 16) {
      realtime = control.get(JAVA_LONG, at + 16) * SECOND + control.get(JAVA_LONG, at + 24);
    } else if (length >= 4
        && ((level == SOL_IP && type == IP_TTL) || (level == SOL_IPV6 && type == IPV6_HOPLIMIT))) {
      timeToLive = control.get(JAVA_INT, at + 16);
    }
  }
}
