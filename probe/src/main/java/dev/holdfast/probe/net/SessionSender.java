package dev.holdfast.probe.net;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.Challenge;
import dev.holdfast.probe.PathDatagram;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.Refusal;
import dev.holdfast.probe.ReplyCheck;
import dev.holdfast.probe.ReplyChecker;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.StampMac;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Measures rounds: one thread on one socket, for many sessions at once.
 *
 * <p>The stamps that a reflector writes into its answers are its word and are never looked at here:
 * the round trip is what passed at the landmark ({@link RoundTrip}).
 */
public final class SessionSender implements AutoCloseable {
  /**
   * Nanoseconds by which a round trip between stamps of the kernel is usually longer than on the
   * wire, without what drivers and cards take.
   */
  public static final long KERNEL_PRECISION = 1_000;

  /** The same between clocks of the process, which is woken up in between. */
  public static final long PROCESS_PRECISION = 50_000;

  private static final long SECOND = 1_000_000_000L;
  private static final long LONGEST_SLEEP = SECOND;
  private static final int IDS = 1 << 16;

  /** Packets taken in between two challenges where both are waiting. */
  private static final int ROW = 8;

  /** What is counted beside refusals. */
  private enum Event {
    SENT,
    UNSENT,
    RECEIVED,
    ACCEPTED,
    UNSTAMPED,
    PATH,
    BAD_PATH
  }

  private final UdpSocket socket;
  private final SenderSessions sessions;
  private final RandomGenerator jitter;
  private final NonceSource nonces;
  private final StampClock clock;
  private final StampMac mac = StampMac.of(new byte[StampMac.KEY_LENGTH]);
  private final Tally<Event> events = new Tally<>(Event.class);
  private final Tally<Refusal> refused = new Tally<>(Refusal.class);
  private final ClockWatch watch = new ClockWatch();
  private final ClockReading came = new ClockReading();
  private final ReceivedDatagram datagram = new ReceivedDatagram();
  private final TransmitStamp stamp = new TransmitStamp();
  private final @Nullable ActiveRound[] roundOfSsid = new ActiveRound[IDS];
  private final PriorityQueue<ActiveRound> due =
      new PriorityQueue<>(Comparator.comparingLong((ActiveRound round) -> round.due));
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final Object starting = new Object();
  private volatile boolean stopping;
  private @Nullable Thread thread;
  private long nextExpiry;

  /**
   * A sender that is not yet started, and owns the socket from now on.
   *
   * @param jitter draws the gaps between challenges
   * @param secret draws nonces; nobody else may be able to guess them
   */
  public SessionSender(
      UdpSocket socket, SenderSessions sessions, RandomGenerator jitter, RandomGenerator secret) {
    this.socket = requireNonNull(socket, "socket");
    this.sessions = requireNonNull(sessions, "sessions");
    this.jitter = requireNonNull(jitter, "jitter");
    this.nonces = new NonceSource(secret);
    this.clock = socket.newClock();
  }

  private record Request(
      SessionId session, RoundSettings settings, CompletableFuture<RoundMeasurement> future) {}

  /** Starts its thread. */
  public void start() {
    synchronized (starting) {
      if (thread != null || stopping) {
        throw new IllegalStateException("a sender is started once");
      }
      thread = Thread.ofPlatform().name("session-sender").daemon().start(this::run);
    }
  }

  /** Where it sends from and listens. */
  public InetSocketAddress localAddress() {
    return socket.localAddress();
  }

  /** What it did so far. */
  public SenderCounts counts() {
    return new SenderCounts(
        events.get(Event.SENT),
        events.get(Event.UNSENT),
        events.get(Event.RECEIVED),
        events.get(Event.ACCEPTED),
        events.get(Event.UNSTAMPED),
        events.get(Event.PATH),
        events.get(Event.BAD_PATH),
        refused.read());
  }

  /**
   * Measures one round of a session. What depends on the result runs on a thread of its own.
   *
   * <p>It fails with a {@link CodedException}: SESSION_NOT_OPEN, NO_PATH where no path datagram
   * came yet, ROUND_RUNNING; it is cancelled where the sender is closed before the first challenge.
   * A round that is stopped later comes back as it is, marked as interrupted.
   */
  public CompletableFuture<RoundMeasurement> measure(SessionId session, RoundSettings settings) {
    Request request = new Request(session, settings, new CompletableFuture<>());
    requests.add(request);
    if (stopping) {
      request.future.cancel(false);
    }
    socket.wakeup();
    return request.future;
  }

  private void run() {
    while (!stopping && !socket.isClosed()) {
      takeRequests();
      long now = clock.raw();
      if (now >= nextExpiry) {
        nextExpiry = now + SECOND;
        sessions.closeExpired(clock.realtime() / SECOND);
      }
      sendDue(now);
      long wait = due.isEmpty() ? LONGEST_SLEEP : due.peek().due - clock.raw();
      takeStamps();
      takeIn(Math.clamp(wait, 0, LONGEST_SLEEP));
    }
    stopRounds();
  }

  private void takeRequests() {
    for (Request request = requests.poll(); request != null; request = requests.poll()) {
      begin(request);
    }
  }

  private void begin(Request request) {
    long now = clock.realtime() / SECOND;
    SenderSessions.Open open = sessions.begin(request.session, request.settings.challenges(), now);
    if (open == null) {
      fail(request, ErrorCode.SESSION_NOT_OPEN, "no session " + request.session + " is open");
    } else if (sessions.path(open, now) == null) {
      fail(request, ErrorCode.NO_PATH, "session " + request.session + " has no path yet");
    } else if (roundOfSsid[open.ssid()] != null) {
      fail(request, ErrorCode.ROUND_RUNNING, "a round of this session is under way");
    } else {
      ActiveRound round = new ActiveRound(open, request.settings, request.future);
      round.due = clock.raw();
      roundOfSsid[open.ssid()] = round;
      due.add(round);
    }
  }

  private static void fail(Request request, ErrorCode code, String reason) {
    Thread.startVirtualThread(
        () -> request.future.completeExceptionally(new CodedException(Problem.of(code, reason))));
  }

  private void sendDue(long now) {
    for (ActiveRound round = due.peek(); round != null && round.due <= now; round = due.peek()) {
      due.poll();
      if (roundOfSsid[round.session.ssid()] != round) {
        continue;
      }
      if (round.allSent()) {
        finish(round, false);
      } else if (send(round)) {
        round.due =
            now
                + (round.allSent()
                    ? round.settings.patience().toNanos()
                    : round.settings.gap(jitter));
        due.add(round);
      }
      takeStamps();
      takeIn(0);
    }
  }

  /** Sends the next challenge; false where the session is gone, and the round with it. */
  private boolean send(ActiveRound round) {
    long realtime = clock.realtime();
    PeerAddress to = sessions.path(round.session, realtime / SECOND);
    if (to == null) {
      finish(round, true);
      return false;
    }
    Challenge challenge =
        new Challenge(
            round.session.ssid(),
            round.nextSequence(),
            StampClocks.timestamp(realtime),
            StampClocks.ERROR,
            nonces.next());
    byte[] packet = new byte[Challenge.LENGTH];
    mac.rekey(round.session.key());
    challenge.write(packet, 0, mac);
    SentChallenge sent = new SentChallenge(challenge, packet, to);
    round.add(sent);
    clock.read(sent.reading);
    boolean went = socket.send(packet, 0, packet.length, to);
    sent.steps = watch.see(sent.reading);
    events.add(went ? Event.SENT : Event.UNSENT);
    return true;
  }

  private void takeStamps() {
    while (socket.takeTransmitStamp(stamp)) {
      int at = stamp.length - Challenge.LENGTH;
      ActiveRound round = at < 0 ? null : roundOfSsid[Challenge.ssidAt(stamp.octets, at)];
      SentChallenge sent =
          round == null ? null : round.find(Challenge.sequenceOf(stamp.octets, at));
      if (sent != null && sent.transmitted == 0) {
        sent.transmitted = stamp.realtime;
      }
    }
  }

  private void takeIn(long wait) {
    for (int i = 0; i < ROW && socket.receive(datagram, i == 0 ? wait : 0); i++) {
      clock.read(came);
      long steps = watch.see(came);
      events.add(Event.RECEIVED);
      if (PathDatagram.hasForm(datagram.octets, datagram.length)) {
        takePath();
      } else {
        takeReply(steps);
      }
    }
  }

  private void takePath() {
    if (sessions.takePath(datagram, mac)) {
      events.add(Event.PATH);
      ActiveRound round = roundOfSsid[PathDatagram.ssidOf(datagram.octets)];
      if (round != null) {
        round.seen(datagram.from());
      }
    } else {
      events.add(Event.BAD_PATH);
    }
  }

  private void takeReply(long steps) {
    int ssid = Challenge.ssidOf(datagram.octets, datagram.length);
    if (ssid < 0) {
      refused.add(Refusal.TOO_SHORT);
      return;
    }
    int sequence = ReplyChecker.answeredSequence(datagram.octets);
    ActiveRound round = roundOfSsid[ssid];
    SentChallenge sent = round == null ? null : round.find(sequence);
    if (round == null || sent == null) {
      refuse(round, refusalOf(ssid, sequence));
      return;
    }
    mac.rekey(round.session.key());
    switch (ReplyChecker.check(sent.challenge, datagram.octets, datagram.length, mac)) {
      case ReplyCheck.Refused(Refusal why) -> refuse(round, why);
      case ReplyCheck.Accepted accepted -> {
        if (sent.answered()) {
          refuse(round, Refusal.DUPLICATE);
        } else if (!sessions.takeAnswer(round.session, accepted.sequence())) {
          refuse(round, Refusal.SEQUENCE_REPEATED);
        } else {
          accept(round, sent, steps);
        }
      }
    }
  }

  /** Why a packet that answers nothing under way is refused. */
  private Refusal refusalOf(int ssid, int sequence) {
    if (!sessions.has(ssid)) {
      return Refusal.WRONG_SESSION;
    }
    return sessions.wasSent(ssid, sequence) ? Refusal.LATE : Refusal.NOT_AWAITED;
  }

  private void refuse(@Nullable ActiveRound round, Refusal why) {
    refused.add(why);
    if (round != null) {
      round.refuse(why);
    }
  }

  private void accept(ActiveRound round, SentChallenge sent, long steps) {
    takeStamps();
    long kernel =
        sent.transmitted != 0 && datagram.realtime != 0 && steps == sent.steps
            ? RoundTrip.between(sent.reading, sent.transmitted, datagram.realtime, came)
            : -1;
    long nanoseconds = kernel >= 0 ? kernel : RoundTrip.outer(sent.reading, came);
    round.accept(
        sent,
        Arrays.copyOf(datagram.octets, datagram.length),
        datagram.from(),
        nanoseconds,
        kernel >= 0);
    events.add(Event.ACCEPTED);
    if (kernel < 0) {
      events.add(Event.UNSTAMPED);
    }
    if (round.allAnswered()) {
      finish(round, false);
    }
  }

  private void finish(ActiveRound round, boolean interrupted) {
    roundOfSsid[round.session.ssid()] = null;
    if (!round.begun()) {
      Thread.startVirtualThread(() -> round.future.cancel(false));
      return;
    }
    RoundMeasurement measured = round.finish(clock.realtime(), interrupted);
    Thread.startVirtualThread(() -> round.future.complete(measured));
  }

  private void stopRounds() {
    for (ActiveRound round : roundOfSsid) {
      if (round != null) {
        finish(round, true);
      }
    }
    for (Request request = requests.poll(); request != null; request = requests.poll()) {
      request.future.cancel(false);
    }
  }

  /** Stops the thread; rounds under way end interrupted; closes the socket. */
  @Override
  public void close() {
    Thread started;
    synchronized (starting) {
      stopping = true;
      started = thread;
    }
    socket.wakeup();
    if (started == null) {
      stopRounds();
    } else if (started != Thread.currentThread()) {
      Threads.join(started);
    }
    socket.close();
  }
}
