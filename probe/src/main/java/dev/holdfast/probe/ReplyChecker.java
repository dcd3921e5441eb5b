package dev.holdfast.probe;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a packet is an answer to a challenge that only a holder of the session key can
 * have made, and only after the challenge had arrived.
 *
 * <p>Two MACs are needed, and more. The HMAC of the packet does not cover the nonce, and the HMAC
 * TLV covers only the packet's own sequence number and the TLVs before it. One key serves both
 * directions. So:
 *
 * <ul>
 *   <li>the echoed sequence number, time and error estimate must be those sent, or a challenge that
 *       is bounced back unchanged would pass both HMACs;
 *   <li>the answer's own sequence number must differ from the challenge's, or its HMAC TLV would be
 *       the challenge's own, and somebody without the key could copy it behind an answer that a
 *       distant key-holder made in advance;
 *   <li>the TLVs must be nonce and HMAC and nothing else: what follows the HMAC TLV is covered by
 *       nothing (RFC 8972 section 4.8).
 * </ul>
 *
 * <p>What needs memory is the sender's to check: that the nonce is answered for the first time,
 * that the reflector's sequence number is new, and that the answer came after the challenge left.
 */
public final class ReplyChecker {
  private ReplyChecker() {}

  private static ReplyCheck refuse(Refusal why) {
    return new ReplyCheck.Refused(why);
  }

  /** The challenge that a packet says it answers, by number; the packet has at least 112 octets. */
  public static int answeredSequence(byte[] packet) {
    return Octets.integer(packet, Layout.SENDER_SEQUENCE);
  }

  /** Checks a packet of so many octets at the beginning of an array. */
  public static ReplyCheck check(Challenge sent, byte[] packet, int length, StampMac mac) {
    return checked(sent, packet, length, mac, Challenge.MAC_TLV);
  }

  /**
   * Checks all that can be checked without the session key, as an outsider must: whoever has the
   * key says whether its HMACs are good.
   */
  public static ReplyCheck checkWithoutKey(Challenge sent, byte[] packet) {
    return checked(sent, packet, packet.length, null, Challenge.MAC_TLV);
  }

  /**
   * Checks an answer to a challenge that has more TLVs between nonce and HMAC TLV, which says
   * nothing of them. It bounds nothing.
   *
   * @param macTlv where the HMAC TLV begins, the last of them
   */
  static ReplyCheck check(Challenge sent, byte[] packet, int length, StampMac mac, int macTlv) {
    return checked(sent, packet, length, mac, macTlv);
  }

  private static ReplyCheck checked(
      Challenge sent, byte[] packet, int length, @Nullable StampMac mac, int macTlv) {
    if (length < Layout.BASE) {
      return refuse(Refusal.TOO_SHORT);
    }
    if (length != macTlv + Layout.TLV_HEAD + StampMac.LENGTH) {
      return refuse(Refusal.WRONG_LENGTH);
    }
    if (Octets.unsignedShort(packet, Layout.SSID) != sent.ssid()) {
      return refuse(Refusal.WRONG_SESSION);
    }
    if (mac != null && !mac.matches(packet, 0, Layout.COVERED, packet, Layout.HMAC)) {
      return refuse(Refusal.WRONG_MAC);
    }
    if (Octets.integer(packet, Layout.SENDER_SEQUENCE) != sent.sequence()) {
      return refuse(Refusal.NOT_AWAITED);
    }
    if (Octets.longInteger(packet, Layout.SENDER_TIMESTAMP) != sent.timestamp().bits()) {
      return refuse(Refusal.OTHER_TIMESTAMP);
    }
    if (Octets.unsignedShort(packet, Layout.SENDER_ERROR_ESTIMATE) != sent.error().bits()) {
      return refuse(Refusal.OTHER_ERROR_ESTIMATE);
    }
    int sequence = Octets.integer(packet, Layout.SEQUENCE);
    if (sequence == sent.sequence()) {
      return refuse(Refusal.SEQUENCE_OF_CHALLENGE);
    }
    if (!isHead(packet, Challenge.NONCE_TLV, Layout.EXTRA_PADDING, Nonce.LENGTH)
        || !isHead(packet, macTlv, Layout.HMAC_TLV, StampMac.LENGTH)) {
      return refuse(Refusal.OTHER_TLVS);
    }
    if (packet[Challenge.NONCE_TLV] != 0 || packet[macTlv] != 0) {
      return refuse(Refusal.FLAGGED);
    }
    if (!sent.nonce().is(packet, Challenge.NONCE)) {
      return refuse(Refusal.OTHER_NONCE);
    }
    if (mac != null
        && !mac.matches(
            packet,
            Layout.SEQUENCE,
            4,
            Challenge.NONCE_TLV,
            macTlv - Challenge.NONCE_TLV,
            packet,
            macTlv + Layout.TLV_HEAD)) {
      return refuse(Refusal.WRONG_TLV_MAC);
    }
    return new ReplyCheck.Accepted(sequence, ReflectorWord.of(packet));
  }

  private static boolean isHead(byte[] packet, int at, int type, int length) {
    return packet[at + 1] == type && Octets.unsignedShort(packet, at + 2) == length;
  }
}
