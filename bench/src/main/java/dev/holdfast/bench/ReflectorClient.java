package dev.holdfast.bench;

import dev.holdfast.probe.Challenge;
import dev.holdfast.probe.ErrorEstimate;
import dev.holdfast.probe.Nonce;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.PlainStamp;
import dev.holdfast.probe.ReplyCheck;
import dev.holdfast.probe.ReplyChecker;
import dev.holdfast.probe.StampKind;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.StampTimestamp;
import dev.holdfast.probe.net.ReceivedDatagram;
import dev.holdfast.probe.net.StampClock;
import dev.holdfast.probe.net.Stamps;
import dev.holdfast.probe.net.TransmitStamp;
import dev.holdfast.probe.net.UdpSocket;
import dev.holdfast.probe.net.UdpSockets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Asks a reflector one question after the other, and checks every answer as a landmark does. While
 * it waits for one it sleeps or looks without end, as its maker wants.
 *
 * <p>What it measures is from the kernel's stamp of the challenge to the kernel's stamp of the
 * answer: on loopback that is the way through the kernel twice, waking the reflector, and what it
 * does; nothing of what this process does. Where the kernel does not stamp, it is the time that
 * passed here.
 */
final class ReflectorClient implements AutoCloseable {
  private static final long SECOND = 1_000_000_000L;
  private static final long PATIENCE = SECOND / 10;

  private final UdpSocket socket = UdpSockets.open(BenchSessions.here(0), Stamps.BOTH);
  private final StampClock clock = socket.newClock();
  private final SplittableRandom random = new SplittableRandom(1);
  private final StampMac mac = StampMac.of(new byte[StampMac.KEY_LENGTH]);
  private final ReceivedDatagram datagram = new ReceivedDatagram();
  private final TransmitStamp stamp = new TransmitStamp();
  private final byte[] packet = new byte[Challenge.LENGTH];
  private final byte[] chance = new byte[Nonce.LENGTH];
  private final boolean sleeps;
  private int sequence = random.nextInt();
  private long transmitted;

  ReflectorClient(boolean sleeps) {
    this.sleeps = sleeps;
  }

  /** Where it asks from. */
  int port() {
    return socket.localAddress().getPort();
  }

  /** Who stamps. */
  StampKind stamps() {
    return socket.transmitKind() == StampKind.KERNEL && socket.receiveKind() == StampKind.KERNEL
        ? StampKind.KERNEL
        : StampKind.PROCESS;
  }

  /** Asks once; nanoseconds, or -1 where no right answer came in a tenth of a second. */
  long ask(PeerAddress to, boolean keyed) {
    sequence++;
    Challenge challenge = keyed ? challenge() : null;
    int length =
        challenge == null
            ? PlainStamp.write(packet, sequence, now(), 0)
            : challenge.write(packet, 0, mac);
    transmitted = 0;
    long began = System.nanoTime();
    if (!socket.send(packet, 0, length, to)) {
      return -1;
    }
    for (long now = began; now - began < PATIENCE; now = System.nanoTime()) {
      boolean came = socket.receive(datagram, sleeps ? PATIENCE : 0);
      long passed = System.nanoTime() - began;
      takeStamps(length);
      if (came && isAnswer(challenge)) {
        return stamps() == StampKind.PROCESS
            ? passed
            : transmitted == 0 ? -1 : datagram.realtime() - transmitted;
      }
      Thread.onSpinWait();
    }
    return -1;
  }

  private Challenge challenge() {
    int ssid = random.nextInt(1, BenchSessions.OF_ONE + 1);
    random.nextBytes(chance);
    mac.rekey(BenchSessions.key(ssid));
    return new Challenge(ssid, sequence, now(), ErrorEstimate.UNKNOWN, Nonce.copyOf(chance, 0));
  }

  private StampTimestamp now() {
    long realtime = clock.realtime();
    return StampTimestamp.ofEpoch(realtime / SECOND, realtime % SECOND);
  }

  private boolean isAnswer(@Nullable Challenge challenge) {
    if (challenge != null) {
      return ReplyChecker.check(challenge, datagram.octets(), datagram.length(), mac)
          instanceof ReplyCheck.Accepted;
    }
    PlainStamp.Reply reply = PlainStamp.read(datagram.octets(), datagram.length());
    return reply != null && datagram.length() == PlainStamp.LENGTH && reply.answered() == sequence;
  }

  /** A stamp that is left where it is would end every sleep at once. */
  private void takeStamps(int length) {
    while (socket.takeTransmitStamp(stamp)) {
      int at = stamp.length() - length;
      if (at >= 0 && PlainStamp.sequenceAt(stamp.octets(), at) == sequence) {
        transmitted = stamp.realtime();
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
