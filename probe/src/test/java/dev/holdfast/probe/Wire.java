package dev.holdfast.probe;

import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A landmark and a host that talk in memory. */
final class Wire {
  static final byte[] KEY = octets(1, StampMac.KEY_LENGTH);
  static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123456789Z");
  static final long RECEIVED = StampTimestamp.of(NOW.plusMillis(2)).bits();
  static final long TRANSMITTED = StampTimestamp.of(NOW.plusMillis(3)).bits();

  static final PeerAddress FROM = PeerAddress.ofIpv4(0xC0000207, 40_000);
  static final PeerAddress TO = PeerAddress.ofIpv4(0xC6336401, 862);
  static final Sighting SIGHTING = sighting(FROM, TO, TimestampInformation.OF_SOFTWARE);

  private Wire() {}

  static Sighting sighting(PeerAddress from, PeerAddress to, TimestampInformation stamps) {
    record Seen(PeerAddress from, PeerAddress to, TimestampInformation stamps)
        implements Sighting {}
    return new Seen(from, to, stamps);
  }

  static byte[] octets(long seed, int length) {
    byte[] octets = new byte[length];
    new SplittableRandom(seed).nextBytes(octets);
    return octets;
  }

  static StampMac mac() {
    return StampMac.of(KEY);
  }

  static Challenge challenge(int sequence) {
    return new Challenge(
        0x1234,
        sequence,
        StampTimestamp.of(NOW),
        ErrorEstimate.UNKNOWN,
        Nonce.copyOf(octets(sequence, Nonce.LENGTH), 0));
  }

  static byte[] packet(Challenge challenge) {
    byte[] packet = new byte[Challenge.LENGTH];
    challenge.write(packet, 0, mac());
    return packet;
  }

  static ReflectorSession session(int firstSequence) {
    return new ReflectorSession(0x1234, mac(), firstSequence);
  }

  /** What a session answers, or an empty array for silence. */
  static byte[] reflect(byte[] packet, ReflectorSession session) {
    byte[] answer = packet.clone();
    int length =
        Reflection.reflect(
            answer, answer.length, session, RECEIVED, () -> TRANSMITTED, 61, SIGHTING);
    return Arrays.copyOf(answer, length);
  }

  static ReplyCheck check(Challenge sent, byte[] answer) {
    return ReplyChecker.check(sent, answer, answer.length, mac());
  }
}
