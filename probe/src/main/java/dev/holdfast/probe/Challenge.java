package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * A keyed challenge: a Session-Sender test packet in authenticated mode with a nonce, 152 octets.
 *
 * <p>112 octets of RFC 8762, then an Extra Padding TLV with the nonce and an HMAC TLV that covers
 * the sequence number and the nonce (RFC 8972 section 4.8). Without the nonce an answer could be
 * made before the challenge comes, since sequence number and time can be guessed.
 *
 * @param ssid the session, 0 to 65,535, chosen by the sender
 * @param sequence the sender's number, any 32 bits
 * @param timestamp the sender's true, unrounded time
 */
public record Challenge(
    int ssid, int sequence, StampTimestamp timestamp, ErrorEstimate error, Nonce nonce) {
  /** Octets of a challenge, and of its answer. */
  public static final int LENGTH = 152;

  static final int NONCE_TLV = Layout.BASE;
  static final int NONCE = NONCE_TLV + Layout.TLV_HEAD;
  static final int MAC_TLV = NONCE + Nonce.LENGTH;
  static final int MAC = MAC_TLV + Layout.TLV_HEAD;

  /** Octets of TLVs before the HMAC TLV. */
  static final int COVERED_TLVS = MAC_TLV - NONCE_TLV;

  public Challenge {
    if (ssid < 0 || ssid > 0xFFFF) {
      throw new IllegalArgumentException("a session-sender id has 16 bits");
    }
    requireNonNull(timestamp, "timestamp");
    requireNonNull(error, "error");
    requireNonNull(nonce, "nonce");
  }

  /** Writes the packet under a session key; returns {@value #LENGTH}. */
  public int write(byte[] out, int at, StampMac mac) {
    Arrays.fill(out, at, at + LENGTH, (byte) 0);
    Octets.putInteger(out, at + Layout.SEQUENCE, sequence);
    Octets.putLong(out, at + Layout.TIMESTAMP, timestamp.bits());
    Octets.putShort(out, at + Layout.ERROR_ESTIMATE, error.bits());
    Octets.putShort(out, at + Layout.SSID, ssid);
    mac.tag(out, at, Layout.COVERED, out, at + Layout.HMAC);
    Tlvs.ask(out, at + NONCE_TLV, Layout.EXTRA_PADDING, Nonce.LENGTH);
    nonce.write(out, at + NONCE);
    Tlvs.ask(out, at + MAC_TLV, Layout.HMAC_TLV, StampMac.LENGTH);
    mac.tag(out, at + Layout.SEQUENCE, 4, at + NONCE_TLV, COVERED_TLVS, out, at + MAC);
    return LENGTH;
  }

  /**
   * Reads a challenge as it was sent; its HMACs are not checked, which takes the key.
   *
   * @throws IllegalArgumentException where the octets are none
   */
  public static Challenge read(byte[] packet) {
    if (packet.length != LENGTH
        || !isZero(packet, Layout.SEQUENCE + 4, Layout.TIMESTAMP)
        || !isZero(packet, Layout.SSID + 2, Layout.COVERED)
        || !hasHead(packet, NONCE_TLV, Layout.EXTRA_PADDING, Nonce.LENGTH)
        || !hasHead(packet, MAC_TLV, Layout.HMAC_TLV, StampMac.LENGTH)) {
      throw new IllegalArgumentException("it is not a keyed challenge");
    }
    return new Challenge(
        ssidAt(packet, 0),
        sequenceOf(packet, 0),
        new StampTimestamp(Octets.longInteger(packet, Layout.TIMESTAMP)),
        new ErrorEstimate(Octets.unsignedShort(packet, Layout.ERROR_ESTIMATE)),
        Nonce.copyOf(packet, NONCE));
  }

  private static boolean isZero(byte[] packet, int from, int to) {
    for (int i = from; i < to; i++) {
      if (packet[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasHead(byte[] packet, int at, int type, int length) {
    return packet[at] == (byte) Layout.FLAG_UNRECOGNISED
        && packet[at + 1] == type
        && Octets.unsignedShort(packet, at + 2) == length;
  }

  /** The session that a packet names, or -1 where it is too short to name one. */
  public static int ssidOf(byte[] packet, int length) {
    return length < Layout.BASE ? -1 : Octets.unsignedShort(packet, Layout.SSID);
  }

  /** The sender's own sequence number in a challenge. */
  public static int sequenceOf(byte[] packet, int at) {
    return Octets.integer(packet, at + Layout.SEQUENCE);
  }

  /** The session that a challenge at a place of an array names. */
  public static int ssidAt(byte[] packet, int at) {
    return Octets.unsignedShort(packet, at + Layout.SSID);
  }
}
