package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.Exchange;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.ReplyChecker;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.net.SenderSessions;
import dev.holdfast.probe.net.SessionSender;
import dev.holdfast.probe.net.UdpSocket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** Asks under a session key, with the sender that landmarks use. */
final class ProbeKeyed implements ProbeAsk {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

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
  public Outcome ask(InetSocketAddress to, int count, Duration interval) {
    sessions.setPath(session, PeerAddress.of(to.getAddress().getAddress(), to.getPort()));
    RoundMeasurement round;
    try {
      round = sender.measure(session, new RoundSettings(count, interval, PATIENCE)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CodedException(Problem.of(ErrorCode.PEER_FAILED, "it was interrupted"), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CodedException coded
          ? coded
          : new IllegalStateException(e.getCause());
    }
    return outcome(round);
  }

  private static Outcome outcome(RoundMeasurement round) {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < round.exchanges().size(); i++) {
      Exchange exchange = round.exchanges().get(i);
      byte[] reply = exchange.reply();
      if (reply != null) {
        ReplyChecker.Word word = ReplyChecker.word(reply);
        answers.add(
            new Answer(
                i + 1,
                exchange.roundTripNanoseconds(),
                word.timeToLive(),
                word.received().nanosecondsUntil(word.transmitted())));
      }
    }
    Map<String, Integer> refused = new TreeMap<>();
    round.refused().forEach((why, times) -> refused.put(why.word(), times));
    return new Outcome(round.exchanges().size(), answers, round.receive().word(), refused);
  }

  @Override
  public void close() {
    sender.close();
  }
}
