package dev.holdfast.probe;

import java.util.Arrays;

/**
 * Turns a challenge into its answer, in place (RFC 8762 section 4.3.2, RFC 8972 section 4).
 *
 * <p>Never longer than the challenge, never with a signature, at most four HMACs. Silence for a
 * packet that is shorter than 112 octets, whose HMAC is wrong, or that came before. TLVs are sent
 * back: U cleared on those that are understood, M set on one that has not its form, I set on all of
 * them where the HMAC TLV is wrong or something but Extra Padding follows it; it is then left as it
 * came. What Location and Timestamp Information TLVs ask is told into the room that they have, if a
 * good HMAC TLV covers them.
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
   * @param sighting what is told where TLVs under a good HMAC TLV ask
   * @return octets of the answer; 0 for silence
   */
  public static int reflect(
      byte[] packet,
      int length,
      ReflectorSession session,
      long received,
      TransmitClock clock,
      int timeToLive,
      Sighting sighting) {
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
    int macTlv = takeTlvs(packet, length, mac, sighting);
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
    if (macTlv == Challenge.MAC_TLV && packet[Challenge.NONCE_TLV + 1] == Layout.EXTRA_PADDING) {
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
   * Checks the HMAC TLV over the TLVs as they came, then answers all of them.
   *
   * @return where the HMAC TLV begins, if it is good, or 0
   */
  private static int takeTlvs(byte[] packet, int length, StampMac mac, Sighting sighting) {
    int hmac = 0;
    boolean last = true;
    for (int at = Layout.BASE; Tlvs.isWhole(packet, at, length); at = Tlvs.after(packet, at)) {
      if (hmac > 0) {
        last &= packet[at + 1] == Layout.EXTRA_PADDING;
      } else if (packet[at + 1] == Layout.HMAC_TLV) {
        hmac = at;
      }
    }
    boolean good =
        hmac > 0
            && last
            && mac.matches(
                packet,
                Layout.SEQUENCE,
                4,
                Layout.BASE,
                hmac - Layout.BASE,
                packet,
                hmac + Layout.TLV_HEAD);
    Tlvs.answer(
        packet,
        Layout.BASE,
        length,
        good ? hmac : Layout.BASE,
        hmac > 0 && !good ? Layout.FLAG_INTEGRITY : 0,
        true,
        sighting);
    return good ? hmac : 0;
  }
}
