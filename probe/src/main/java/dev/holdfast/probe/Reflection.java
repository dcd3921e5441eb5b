package dev.holdfast.probe;

import java.util.Arrays;

/**
 * Turns a challenge into its answer, in place (RFC 8762 section 4.3.2, RFC 8972 section 4).
 *
 * <p>Never longer than the challenge, never with a signature, at most four HMACs. Silence for a
 * packet that is shorter than 112 octets, whose HMAC is wrong, or that came before. TLVs are sent
 * back: U cleared on those that are understood, M set where a length runs over the end, I set on
 * all of them where the HMAC TLV is wrong, which is then left as it came.
 */
public final class Reflection {
  private Reflection() {}

  /**
   * Reflects a packet.
   *
   * @param packet the challenge from the first octet on; the answer afterwards
   * @param length octets of the challenge
   * @param received when it came, 64 bits of a {@link StampTimestamp}
   * @param timeToLive of the challenge as it came, 0 where that is not known
   * @return octets of the answer; 0 for silence
   */
  public static int reflect(
      byte[] packet,
      int length,
      ReflectorSession session,
      long received,
      TransmitClock clock,
      int timeToLive) {
    StampMac mac = session.mac();
    if (length < Layout.BASE
        || Octets.unsignedShort(packet, Layout.SSID) != session.ssid()
        || !mac.matches(packet, 0, Layout.COVERED, packet, Layout.HMAC)) {
      return 0;
    }
    int challenged = Octets.integer(packet, Layout.SEQUENCE);
    if (!session.isNew(challenged)) {
      return 0;
    }
    int own = session.takeSequence(challenged);
    int macTlv = takeTlvs(packet, length, mac);
    base(packet, challenged, own, received, timeToLive);
    if (macTlv > 0) {
      mac.tag(
          packet,
          Layout.SEQUENCE,
          4,
          Layout.BASE,
          macTlv - Layout.BASE,
          packet,
          macTlv + Layout.TLV_HEAD);
    }
    if (macTlv >= Challenge.MAC_TLV && packet[Challenge.NONCE_TLV + 1] == Layout.EXTRA_PADDING) {
      session
          .answered()
          .add(
              own,
              Octets.longInteger(packet, Challenge.NONCE),
              Octets.longInteger(packet, Challenge.NONCE + 8));
    }
    Octets.putLong(packet, Layout.TIMESTAMP, clock.now());
    mac.tag(packet, 0, Layout.COVERED, packet, Layout.HMAC);
    return length;
  }

  private static void base(byte[] packet, int challenged, int own, long received, int timeToLive) {
    long sent = Octets.longInteger(packet, Layout.TIMESTAMP);
    int error = Octets.unsignedShort(packet, Layout.ERROR_ESTIMATE);
    Arrays.fill(packet, 4, Layout.TIMESTAMP, (byte) 0);
    Arrays.fill(packet, Layout.SSID + 2, Layout.COVERED, (byte) 0);
    Octets.putInteger(packet, Layout.SEQUENCE, own);
    Octets.putShort(packet, Layout.ERROR_ESTIMATE, ErrorEstimate.UNKNOWN.bits());
    Octets.putLong(packet, Layout.RECEIVED, received);
    Octets.putInteger(packet, Layout.SENDER_SEQUENCE, challenged);
    Octets.putLong(packet, Layout.SENDER_TIMESTAMP, sent);
    Octets.putShort(packet, Layout.SENDER_ERROR_ESTIMATE, error);
    packet[Layout.SENDER_TIME_TO_LIVE] = (byte) timeToLive;
  }

  /**
   * Sets the flags of the TLVs.
   *
   * @return where the HMAC TLV begins whose HMAC was good, or 0
   */
  private static int takeTlvs(byte[] packet, int length, StampMac mac) {
    int at = Layout.BASE;
    while (length - at >= Layout.TLV_HEAD) {
      int type = packet[at + 1] & 0xFF;
      int size = Octets.unsignedShort(packet, at + 2);
      if (size > length - at - Layout.TLV_HEAD
          || (type == Layout.HMAC_TLV && size != StampMac.LENGTH)) {
        packet[at] = (byte) Layout.FLAG_MALFORMED;
        return 0;
      }
      if (type == Layout.HMAC_TLV) {
        return hmacTlv(packet, at, mac);
      }
      at += Layout.TLV_HEAD + size;
    }
    understand(packet, at, 0);
    return 0;
  }

  private static int hmacTlv(byte[] packet, int at, StampMac mac) {
    boolean good =
        mac.matches(
            packet,
            Layout.SEQUENCE,
            4,
            Layout.BASE,
            at - Layout.BASE,
            packet,
            at + Layout.TLV_HEAD);
    int end = at + Layout.TLV_HEAD + StampMac.LENGTH;
    understand(packet, end, good ? 0 : Layout.FLAG_INTEGRITY);
    return good ? at : 0;
  }

  /** Sets the flags of all TLVs up to an end: U unless understood, and one that holds for all. */
  private static void understand(byte[] packet, int end, int flag) {
    int at = Layout.BASE;
    while (at + Layout.TLV_HEAD <= end) {
      int type = packet[at + 1] & 0xFF;
      boolean understood = type == Layout.EXTRA_PADDING || type == Layout.HMAC_TLV;
      packet[at] = (byte) ((understood ? 0 : Layout.FLAG_UNRECOGNISED) | flag);
      at += Layout.TLV_HEAD + Octets.unsignedShort(packet, at + 2);
    }
  }
}
