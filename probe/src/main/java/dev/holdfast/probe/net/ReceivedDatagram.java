package dev.holdfast.probe.net;

import dev.holdfast.probe.PeerAddress;

/**
 * A datagram as it came, with what the kernel says of it. Made once and filled again and again, so
 * that a loop makes no objects. Belongs to one thread.
 */
public final class ReceivedDatagram {
  /** The most octets that are kept of one; longer ones are cut off and say so. */
  public static final int CAPACITY = 2048;

  final byte[] octets = new byte[CAPACITY];
  int length;
  boolean truncated;
  long upper;
  long lower;
  int port;
  int scope;
  long realtime;
  int timeToLive;

  /** The octets, of which the first {@link #length} are the datagram; not copied. */
  public byte[] octets() {
    return octets;
  }

  /** How many octets it has. */
  public int length() {
    return length;
  }

  /** Whether it was longer than what is kept. */
  public boolean truncated() {
    return truncated;
  }

  /** Where it came from. */
  public PeerAddress from() {
    return new PeerAddress(upper, lower, port);
  }

  /** When the kernel took it from the driver, nanoseconds since 1970; 0 where it did not say. */
  public long realtime() {
    return realtime;
  }

  /** The time to live or hop limit that it arrived with; 0 where the kernel did not say. */
  public int timeToLive() {
    return timeToLive;
  }
}
