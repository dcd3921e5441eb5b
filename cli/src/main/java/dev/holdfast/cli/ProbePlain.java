package dev.holdfast.cli;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.Timings;
import dev.holdfast.probe.net.PlainSender;
import dev.holdfast.probe.net.UdpSocket;
import java.security.SecureRandom;

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
  public Timings ask(PeerAddress to, RoundSettings settings) {
    return new PlainSender(socket, new SecureRandom()).ask(to, settings);
  }

  @Override
  public void close() {
    socket.close();
  }
}
