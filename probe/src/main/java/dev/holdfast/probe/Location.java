package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a reflector says that a challenge came from and went to: the Location TLV (RFC 8972 section
 * 4.2). Its word, for diagnosis: it tells of address translation on the way, and bounds nothing.
 *
 * <p>The value is the destination port and the source port, then sub-TLVs. A sender asks with types
 * of its own (Source MAC 1, Destination IP 4, Source IP 7), whose values are zero; the reflector
 * writes the type that says the family (EUI-64 3, Destination IPv4 5 or IPv6 6, Source IPv4 8 or
 * IPv6 9) into the same room. What it does not tell is zero. A socket sees no MAC address, so that
 * one is always zero.
 *
 * @param source an unspecified address or port 0 where it does not tell
 * @param destination the same
 */
public record Location(PeerAddress source, PeerAddress destination) {
  /** Octets of the TLV that asks for both addresses, and of its answer. */
  static final int LENGTH = 48;

  private static final int PORTS = 4;
  private static final int SOURCE_MAC = 1;
  private static final int SOURCE_EUI_48 = 2;
  private static final int SOURCE_EUI_64 = 3;
  private static final int DESTINATION = 4;
  private static final int DESTINATION_IPV4 = 5;
  private static final int DESTINATION_IPV6 = 6;
  private static final int SOURCE = 7;
  private static final int SOURCE_IPV4 = 8;
  private static final int SOURCE_IPV6 = 9;
  private static final int MAC_LENGTH = 8;
  private static final int IP_LENGTH = 16;

  public Location {
    requireNonNull(source, "source");
    requireNonNull(destination, "destination");
  }

  /** Writes the TLV that asks for both addresses; returns {@value #LENGTH}. */
  static int ask(byte[] out, int at) {
    Arrays.fill(out, at, at + LENGTH, (byte) 0);
    Tlvs.ask(out, at, Layout.LOCATION, LENGTH - Layout.TLV_HEAD);
    int sub = at + Layout.TLV_HEAD + PORTS;
    Tlvs.ask(out, sub, SOURCE, IP_LENGTH);
    Tlvs.ask(out, SubTlvs.after(out, sub), DESTINATION, IP_LENGTH);
    return LENGTH;
  }

  /** Writes the TLV that answers {@link #ask}; returns {@value #LENGTH}. */
  int write(byte[] out, int at) {
    ask(out, at);
    out[at] = 0;
    fill(out, at + Layout.TLV_HEAD, LENGTH - Layout.TLV_HEAD, source, destination);
    return LENGTH;
  }

  /** Reads the value of an answer; null where it is malformed. */
  static @Nullable Location read(byte[] octets, int value, int size) {
    if (firstMalformed(octets, value, size) >= 0) {
      return null;
    }
    int sourcePort = Octets.unsignedShort(octets, value + 2);
    int destinationPort = Octets.unsignedShort(octets, value);
    PeerAddress source = new PeerAddress(0, 0, sourcePort);
    PeerAddress destination = new PeerAddress(0, 0, destinationPort);
    for (int at = value + PORTS; at < value + size; at = SubTlvs.after(octets, at)) {
      if ((octets[at] & Layout.FLAG_MALFORMED) != 0) {
        break;
      }
      boolean understood = (octets[at] & Layout.FLAG_UNRECOGNISED) == 0;
      int type = understood ? octets[at + 1] : 0;
      int field = at + Layout.TLV_HEAD;
      switch (type) {
        case DESTINATION_IPV4 -> destination = ipv4(octets, field, destinationPort);
        case DESTINATION_IPV6 -> destination = ipv6(octets, field, destinationPort);
        case SOURCE_IPV4 -> source = ipv4(octets, field, sourcePort);
        case SOURCE_IPV6 -> source = ipv6(octets, field, sourcePort);
        default -> {
          // Of what else there may be nothing is shown.
        }
      }
    }
    return new Location(source, destination);
  }

  private static PeerAddress ipv4(byte[] octets, int at, int port) {
    return PeerAddress.ofIpv4(Octets.integer(octets, at), port);
  }

  private static PeerAddress ipv6(byte[] octets, int at, int port) {
    return new PeerAddress(
        Octets.longInteger(octets, at), Octets.longInteger(octets, at + 8), port);
  }

  /**
   * Where the value of such a TLV is malformed: at a sub-TLV, or at its own beginning where the
   * ports do not fit; -1 where it is well formed.
   */
  static int firstMalformed(byte[] octets, int value, int size) {
    return size < PORTS
        ? value
        : SubTlvs.firstMalformed(octets, value + PORTS, value + size, Location::lengthOf);
  }

  private static int lengthOf(int type) {
    return switch (type) {
      case SOURCE_MAC, SOURCE_EUI_48, SOURCE_EUI_64 -> MAC_LENGTH;
      case DESTINATION, DESTINATION_IPV4, DESTINATION_IPV6, SOURCE, SOURCE_IPV4, SOURCE_IPV6 ->
          IP_LENGTH;
      default -> -1;
    };
  }

  /**
   * Answers in place what a well-formed value asks for. The family is that of the source address
   * for both (RFC 8972 section 4.2.2).
   */
  static void fill(byte[] packet, int value, int size, PeerAddress from, PeerAddress to) {
    Octets.putShort(packet, value, to.port());
    Octets.putShort(packet, value + 2, from.port());
    for (int at = value + PORTS; at < value + size; at = SubTlvs.after(packet, at)) {
      boolean four = from.isIpv4();
      packet[at] = 0;
      switch (packet[at + 1]) {
        case SOURCE_MAC -> {
          packet[at + 1] = SOURCE_EUI_64;
          Octets.putLong(packet, at + Layout.TLV_HEAD, 0);
        }
        case DESTINATION -> address(packet, at, four ? DESTINATION_IPV4 : DESTINATION_IPV6, to);
        case SOURCE -> address(packet, at, four ? SOURCE_IPV4 : SOURCE_IPV6, from);
        default -> packet[at] = (byte) Layout.FLAG_UNRECOGNISED;
      }
    }
  }

  private static void address(byte[] packet, int at, int type, PeerAddress address) {
    int field = at + Layout.TLV_HEAD;
    packet[at + 1] = (byte) type;
    Octets.putLong(packet, field, 0);
    Octets.putLong(packet, field + 8, 0);
    if (type == DESTINATION_IPV6 || type == SOURCE_IPV6) {
      Octets.putLong(packet, field, address.upper());
      Octets.putLong(packet, field + 8, address.lower());
    } else if (address.isIpv4()) {
      Octets.putInteger(packet, field, (int) address.lower());
    }
  }
}
