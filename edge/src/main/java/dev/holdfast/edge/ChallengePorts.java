package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.net.SenderSessions;
import dev.holdfast.probe.net.SessionSender;
import dev.holdfast.probe.net.SocketAddresses;
import dev.holdfast.probe.net.Stamps;
import dev.holdfast.probe.net.UdpSockets;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The UDP ports that a landmark challenges from, each with a socket, room for sessions and a thread
 * of its own.
 */
final class ChallengePorts implements AutoCloseable {
  private final Map<Integer, SenderSessions> sessions = new TreeMap<>();
  private final Map<Integer, SessionSender> senders = new TreeMap<>();

  private ChallengePorts() {}

  /**
   * Takes ports, one behind the other.
   *
   * @param first the first of them; where its port is 0, all are any free ones
   * @throws CodedException SOCKET_FAILED
   */
  static ChallengePorts open(InetSocketAddress first, int count, SecureRandom random) {
    ChallengePorts ports = new ChallengePorts();
    try {
      for (int i = 0; i < count; i++) {
        int port = first.getPort() == 0 ? 0 : first.getPort() + i;
        ports.add(new InetSocketAddress(first.getAddress(), port), random);
      }
    } catch (RuntimeException e) {
      ports.close();
      throw e;
    }
    return ports;
  }

  private void add(InetSocketAddress address, SecureRandom random) {
    SenderSessions own = new SenderSessions(random);
    SessionSender sender =
        new SessionSender(
            UdpSockets.open(address, Stamps.BOTH),
            own,
            new SplittableRandom(random.nextLong()),
            random);
    sessions.put(sender.localAddress().getPort(), own);
    senders.put(sender.localAddress().getPort(), sender);
  }

  /** The sessions of each port. */
  Map<Integer, SenderSessions> sessions() {
    return sessions;
  }

  void start() {
    senders.values().forEach(SessionSender::start);
  }

  /** Measures one round of a session, from its own port, as {@link SessionSender#measure}. */
  CompletableFuture<RoundMeasurement> measure(
      HostedSessions.Hosted session, RoundSettings settings) {
    return requireNonNull(senders.get(session.terms().port()))
        .measure(session.terms().id(), settings);
  }

  /** All addresses. */
  @Override
  public String toString() {
    return senders.values().stream()
        .map(sender -> SocketAddresses.print(sender.localAddress()))
        .collect(Collectors.joining(" "));
  }

  /** Ends the rounds under way and gives the ports back. */
  @Override
  public void close() {
    senders.values().forEach(SessionSender::close);
  }
}
