package dev.holdfast.cli;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.net.PlainSender;
import dev.holdfast.probe.net.UdpSocket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;

/** Asks without a key. */
final class ProbePlain implements ProbeAsk {
  private final UdpSocket socket;

  ProbePlain(UdpSocket socket) {
    this.socket = socket;
  }

  @Override
  public boolean keyed() {
    return false;
  }

  @Override
  public Outcome ask(InetSocketAddress to, int count, Duration interval) {
    PlainSender.Outcome outcome =
        new PlainSender(socket, new SecureRandom())
            .ask(PeerAddress.of(to.getAddress().getAddress(), to.getPort()), count, interval);
    return new Outcome(
        count,
        outcome.answers().stream()
            .map(answer ->
                new Answer(
                    answer.number(), answer.roundTrip(), answer.timeToLive(), answer.turnaround()))
            .toList(),
        outcome.stamps().word(),
        outcome.refused());
  }

  @Override
  public void close() {
    socket.close();
  }
}
