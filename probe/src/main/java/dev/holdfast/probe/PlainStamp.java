package dev.holdfast.probe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Packets of the unauthenticated mode, 44 octets (RFC 8762 sections 4.2.1 and 4.3.1), which TWAMP
 * Light (RFC 5357 appendix I) speaks too.
 *
 * <p>For diagnosis and for calibration against routers. Nothing here is keyed, so nothing of it
 * ever bounds a distance.
 */
public final class PlainStamp {
  /** Octets of a packet. */
  public static final int LENGTH = 44;

  private static final int TIMESTAMP = 4;
  private static final int ERROR_ESTIMATE = 12;
  private static final int SSID = 14;
  private static final int RECEIVED = 16;
  private static final int SENDER_SEQUENCE = 24;
  private static final int SENDER_TIMESTAMP = 28;
  private static final int SENDER_ERROR_ESTIMATE = 36;
  private static final int SENDER_TIME_TO_LIVE = 40;

  private PlainStamp() {}

  /**
   * An answer, as its maker gives it.
   *
   * @param sequence the reflector's own number, or the sender's again where it keeps no state
   * @param answered the sender's number
   */
  public record Reply(
      int sequence, int answered, StampTimestamp sent, int ssid, ReflectorWord word) {}

  /** Writes a test packet; returns {@value #LENGTH}. */
  public static int write(byte[] out, int sequence, StampTimestamp timestamp, int ssid) {
    Arrays.fill(out, 0, LENGTH, (byte) 0);
    Octets.putInteger(out, 0, sequence);
    Octets.putLong(out, TIMESTAMP, timestamp.bits());
    Octets.putShort(out, ERROR_ESTIMATE, ErrorEstimate.UNKNOWN.bits());
    Octets.putShort(out, SSID, ssid);
    return LENGTH;
  }

  /** The sequence number of a packet at a place of an array. */
  public static int sequenceAt(byte[] packet, int at) {
    return Octets.integer(packet, at);
  }

  /** The time of a test packet as it was sent. */
  static StampTimestamp timestampOf(byte[] packet) {
    return new StampTimestamp(Octets.longInteger(packet, TIMESTAMP));
  }

  /** Reads an answer; null where it is shorter than {@value #LENGTH} octets. */
  public static @Nullable Reply read(byte[] packet, int length) {
    if (length < LENGTH) {
      return null;
    }
    return new Reply(
        Octets.integer(packet, 0),
        Octets.integer(packet, SENDER_SEQUENCE),
        new StampTimestamp(Octets.longInteger(packet, SENDER_TIMESTAMP)),
        Octets.unsignedShort(packet, SSID),
        new ReflectorWord(
            new StampTimestamp(Octets.longInteger(packet, RECEIVED)),
            new StampTimestamp(Octets.longInteger(packet, TIMESTAMP)),
            packet[SENDER_TIME_TO_LIVE] & 0xFF));
  }

  /**
   * Turns a test packet into its answer, in place, without state: the sequence number comes back as
   * it was. TLVs behind the 44 octets are answered where the sender flagged the first as RFC 8972
   * has it; other octets, such as the padding of TWAMP Light, are sent back as they came.
   *
   * @param sighting what is told where TLVs ask
   * @return octets of the answer; 0 for silence, where the packet is shorter than 44
   */
  public static int reflect(
      byte[] packet,
      int length,
      long received,
      TransmitClock clock,
      int timeToLive,
      Sighting sighting) {
    if (length < LENGTH) {
      return 0;
    }
    int sequence = Octets.integer(packet, 0);
    long sent = Octets.longInteger(packet, TIMESTAMP);
    int error = Octets.unsignedShort(packet, ERROR_ESTIMATE);
    Arrays.fill(packet, RECEIVED, LENGTH, (byte) 0);
    Octets.putShort(packet, ERROR_ESTIMATE, ErrorEstimate.UNKNOWN.bits());
    Octets.putLong(packet, RECEIVED, received);
    Octets.putInteger(packet, SENDER_SEQUENCE, sequence);
    Octets.putLong(packet, SENDER_TIMESTAMP, sent);
    Octets.putShort(packet, SENDER_ERROR_ESTIMATE, error);
    packet[SENDER_TIME_TO_LIVE] = (byte) timeToLive;
    if (length > LENGTH && (packet[LENGTH] & Layout.FLAG_UNRECOGNISED) != 0) {
      Tlvs.answer(packet, LENGTH, length, length, 0, false, sighting);
    }
    Octets.putLong(packet, TIMESTAMP, clock.now());
    return length;
  }
}
