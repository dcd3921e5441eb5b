package dev.holdfast.probe;

import java.util.HexFormat;
import java.util.StringJoiner;

/**
 * Where a datagram came from or goes to: 128 bits of IP address, IPv4 in its mapped form
 * (::ffff:0:0/96, RFC 4291 section 2.5.5.2), and a UDP port. Equal addresses are equal values,
 * whatever socket saw them.
 *
 * @param upper the first 64 bits of the IPv6 address
 * @param lower the last 64 bits
 * @param port 0 to 65,535
 */
public record PeerAddress(long upper, long lower, int port) {
  private static final long MAPPED = 0xFFFF_0000_0000L;
  private static final int GROUPS = 8;

  public PeerAddress {
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("a port has 16 bits");
    }
  }

  /** An address of 4 or 16 octets. */
  public static PeerAddress of(byte[] address, int port) {
    return switch (address.length) {
      case 4 -> ofIpv4(Octets.integer(address, 0), port);
      case 16 ->
          new PeerAddress(Octets.longInteger(address, 0), Octets.longInteger(address, 8), port);
      default -> throw new IllegalArgumentException("an IP address has 4 or 16 octets");
    };
  }

  /** An IPv4 address, its first octet in the highest bits. */
  public static PeerAddress ofIpv4(int address, int port) {
    return new PeerAddress(0, mapped(address), port);
  }

  /** The last 64 bits of an IPv4 address in its mapped form; the first are zero. */
  public static long mapped(int address) {
    return MAPPED | Integer.toUnsignedLong(address);
  }

  /** Whether these 128 bits are an IPv4 address in its mapped form. */
  public static boolean isIpv4(long upper, long lower) {
    return upper == 0 && (lower & ~0xFFFF_FFFFL) == MAPPED;
  }

  /** Whether it is an IPv4 address. */
  public boolean isIpv4() {
    return isIpv4(upper, lower);
  }

  /** Whether it is an address at all, and not 0.0.0.0 or ::, which stand for any or none. */
  public boolean isSpecified() {
    return upper != 0 || (lower != 0 && lower != MAPPED);
  }

  /** The address without the port, 4 octets for IPv4 and 16 else. */
  public byte[] octets() {
    byte[] all = new byte[16];
    Octets.putLong(all, 0, upper);
    Octets.putLong(all, 8, lower);
    return isIpv4() ? new byte[] {all[12], all[13], all[14], all[15]} : all;
  }

  /** As {@code 192.0.2.1:8862} or {@code [2001:db8::1]:8862} (RFC 5952). */
  @Override
  public String toString() {
    return isIpv4() ? ipv4() + ":" + port : "[" + ipv6() + "]:" + port;
  }

  /** The address alone, as {@code 192.0.2.1} or {@code 2001:db8::1} (RFC 5952). */
  public String address() {
    return isIpv4() ? ipv4() : ipv6();
  }

  private String ipv4() {
    StringJoiner text = new StringJoiner(".");
    for (int shift = 24; shift >= 0; shift -= 8) {
      text.add(Long.toString(lower >>> shift & 0xFF));
    }
    return text.toString();
  }

  private int group(int index) {
    long half = index < GROUPS / 2 ? upper : lower;
    return (int) (half >>> (48 - 16 * (index % 4)) & 0xFFFF);
  }

  private String ipv6() {
    int longest = 1;
    int begin = GROUPS;
    for (int from = 0; from < GROUPS; from++) {
      int to = from;
      while (to < GROUPS && group(to) == 0) {
        to++;
      }
      if (to - from > longest) {
        longest = to - from;
        begin = from;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == begin) {
        text.append("::");
        i += longest - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(HexFormat.of().toHexDigits((short) group(i)).replaceFirst("^0{1,3}", ""));
      }
    }
    return text.toString();
  }
}
