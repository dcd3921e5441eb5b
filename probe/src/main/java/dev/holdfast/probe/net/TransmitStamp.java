package dev.holdfast.probe.net;

/**
 * When the kernel handed a datagram to the driver, with the datagram, so that the two are paired by
 * what it says and not by counting. Filled again and again.
 */
public final class TransmitStamp {
  final byte[] octets = new byte[ReceivedDatagram.CAPACITY];
  int length;
  long realtime;

  /** What was sent, with the headers of all layers before it; not copied. */
  public byte[] octets() {
    return octets;
  }

  /** Octets, headers included; the datagram is at the end. */
  public int length() {
    return length;
  }

  /** Nanoseconds since 1970. */
  public long realtime() {
    return realtime;
  }
}
