package dev.holdfast.probe.net;

import dev.holdfast.probe.Challenge;
import dev.holdfast.probe.Exchange;
import dev.holdfast.probe.PeerAddress;
import org.jspecify.annotations.Nullable;

/** A challenge on its way, and its answer once one counted. Belongs to the sender's thread. */
final class SentChallenge {
  final Challenge challenge;
  final byte[] packet;
  final PeerAddress to;
  final ClockReading reading = new ClockReading();

  /** Steps of the clock seen before. */
  long steps;

  /** The kernel's stamp; 0 where there is none yet. */
  long transmitted;

  private byte @Nullable [] reply;
  private @Nullable PeerAddress from;
  private long roundTrip;

  SentChallenge(Challenge challenge, byte[] packet, PeerAddress to) {
    this.challenge = challenge;
    this.packet = packet;
    this.to = to;
  }

  boolean answered() {
    return reply != null;
  }

  void answer(byte[] octets, PeerAddress sender, long nanoseconds) {
    reply = octets;
    from = sender;
    roundTrip = nanoseconds;
  }

  Exchange toExchange(long begin) {
    return new Exchange(packet, reading.rawBefore - begin, to, reply, roundTrip, from);
  }
}
