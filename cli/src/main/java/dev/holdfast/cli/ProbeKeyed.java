package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.Timings;
import dev.holdfast.probe.net.SenderSessions;
import dev.holdfast.probe.net.SessionSender;
import dev.holdfast.probe.net.UdpSocket;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;

/** Asks under a session key, with the sender that landmarks use. */
final class ProbeKeyed implements ProbeAsk {
  private final SecureRandom random = new SecureRandom();
  private final SenderSessions sessions = new SenderSessions(random);
  private final SessionId session;
  private final SessionSender sender;

  ProbeKeyed(UdpSocket socket, byte[] key, int ssid) {
    byte[] drawn = new byte[SessionId.LENGTH + key.length];
    random.nextBytes(drawn);
    session = SessionId.of(Arrays.copyOf(drawn, SessionId.LENGTH));
    // Nobody has this path key: the way to the reflector is given, not opened by it.
    byte[] pathKey = Arrays.copyOfRange(drawn, SessionId.LENGTH, drawn.length);
    sessions.open(session, ssid, key, pathKey, Long.MAX_VALUE);
    sender = new SessionSender(socket, sessions, random, random);
    sender.start();
  }

  @Override
  public boolean keyed() {
    return true;
  }

  @Override
  public Timings ask(PeerAddress to, RoundSettings settings) {
    sessions.setPath(session, to);
    try {
      return Timings.of(sender.measure(session, settings).get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CodedException(Problem.of(ErrorCode.PEER_FAILED, "it was interrupted"), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CodedException coded
          ? coded
          : new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    sender.close();
  }
}
