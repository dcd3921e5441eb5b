package dev.holdfast.probe;

/**
 * The TLVs behind a packet, answered in place (RFC 8972 section 4). Makes no objects, but where a
 * Location TLV asks for addresses.
 */
final class Tlvs {
  private Tlvs() {}

  /** Writes the head of a TLV that asks: U is set until somebody understands it. */
  static void ask(byte[] out, int at, int type, int size) {
    out[at] = (byte) Layout.FLAG_UNRECOGNISED;
    out[at + 1] = (byte) type;
    Octets.putShort(out, at + 2, size);
  }

  /** Whether a TLV begins here that ends within the packet and has the form of its type. */
  static boolean isWhole(byte[] packet, int at, int end) {
    return isWithin(packet, at, end) && malformedWithin(packet, at) < 0;
  }

  private static boolean isWithin(byte[] packet, int at, int end) {
    return end - at >= Layout.TLV_HEAD && after(packet, at) <= end;
  }

  static int after(byte[] packet, int at) {
    return SubTlvs.after(packet, at);
  }

  /** Where a TLV that is within the packet has not the form of its type, or -1. */
  private static int malformedWithin(byte[] packet, int at) {
    int value = at + Layout.TLV_HEAD;
    int size = Octets.unsignedShort(packet, at + 2);
    return switch (packet[at + 1]) {
      case Layout.LOCATION -> Location.firstMalformed(packet, value, size);
      case Layout.TIMESTAMP_INFORMATION -> TimestampInformation.firstMalformed(packet, value, size);
      case Layout.HMAC_TLV -> size == StampMac.LENGTH ? -1 : value;
      default -> -1;
    };
  }

  /**
   * Sets the flags of all TLVs and fills those that ask. What follows one that is malformed has no
   * beginning, and is sent back as it came.
   *
   * @param from where the first begins
   * @param end of the packet
   * @param trusted up to where what the TLVs ask may be answered
   * @param integrity the flag I for all of them, or 0
   * @param keyed whether the HMAC TLV is understood
   */
  static void answer(
      byte[] packet,
      int from,
      int end,
      int trusted,
      int integrity,
      boolean keyed,
      Sighting sighting) {
    int at = from;
    for (; isWhole(packet, at, end); at = after(packet, at)) {
      boolean answered =
          switch (packet[at + 1]) {
            case Layout.EXTRA_PADDING -> true;
            case Layout.HMAC_TLV -> keyed;
            case Layout.LOCATION, Layout.TIMESTAMP_INFORMATION ->
                integrity != 0 || (at < trusted && fill(packet, at, sighting));
            default -> false;
          };
      packet[at] = (byte) ((answered ? 0 : Layout.FLAG_UNRECOGNISED) | integrity);
    }
    if (end - at >= Layout.TLV_HEAD) {
      packet[at] = (byte) (malformedFlags(packet[at + 1], keyed) | integrity);
      flagSubTlv(packet, at, end);
    }
  }

  private static int malformedFlags(int type, boolean keyed) {
    boolean understood =
        switch (type) {
          case Layout.EXTRA_PADDING, Layout.LOCATION, Layout.TIMESTAMP_INFORMATION -> true;
          case Layout.HMAC_TLV -> keyed;
          default -> false;
        };
    return Layout.FLAG_MALFORMED | (understood ? 0 : Layout.FLAG_UNRECOGNISED);
  }

  /** Flags the sub-TLV that makes its TLV malformed, where there is one with a head. */
  private static void flagSubTlv(byte[] packet, int at, int end) {
    boolean hasSubTlvs =
        packet[at + 1] == Layout.LOCATION || packet[at + 1] == Layout.TIMESTAMP_INFORMATION;
    if (hasSubTlvs && isWithin(packet, at, end)) {
      int sub = malformedWithin(packet, at);
      if (sub > at + Layout.TLV_HEAD && after(packet, at) - sub >= Layout.TLV_HEAD) {
        packet[sub] = (byte) ((packet[sub] & Layout.FLAG_UNRECOGNISED) | Layout.FLAG_MALFORMED);
      }
    }
  }

  private static boolean fill(byte[] packet, int at, Sighting sighting) {
    int value = at + Layout.TLV_HEAD;
    int size = Octets.unsignedShort(packet, at + 2);
    if (packet[at + 1] == Layout.LOCATION) {
      Location.fill(packet, value, size, sighting.from(), sighting.to());
    } else {
      sighting.stamps().fill(packet, value, size);
    }
    return true;
  }
}
