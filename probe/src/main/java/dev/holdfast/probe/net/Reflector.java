package dev.holdfast.probe.net;

import static java.util.Objects.requireNonNull;

import dev.holdfast.probe.Challenge;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.PlainStamp;
import dev.holdfast.probe.Reflection;
import dev.holdfast.probe.Sighting;
import dev.holdfast.probe.TimestampInformation;
import dev.holdfast.probe.TransmitClock;
import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers challenges: one thread on one socket, which makes no objects while it answers, unless a
 * Location TLV asks.
 *
 * <p>It is silent on everything that is not a fresh challenge under the key of a session with that
 * sender; what it is silent on, it counts. From the same socket it keeps the paths of its sessions
 * open: one datagram at once, one every ten seconds, and one every three while nothing is heard.
 *
 * <p>Sleeping, it asks the kernel to wake it; spinning, it asks for packets without end, which
 * takes a whole core and saves what waking up takes, some ten microseconds.
 */
public final class Reflector implements AutoCloseable {
  private static final long SECOND = 1_000_000_000L;
  private static final long LONGEST_SLEEP = SECOND;

  /** How many packets in a row may come before paths are looked at. */
  private static final int ROW = 64;

  /** What is counted beside silence. */
  private enum Event {
    RECEIVED,
    REFLECTED,
    PLAIN,
    PATH
  }

  private final UdpSocket socket;
  private final ReflectorSessions sessions;
  private final ReflectorSettings settings;
  private final StampClock clock;
  private final SourceLimits sources;
  private final ReceivedDatagram datagram = new ReceivedDatagram();
  private final Tally<Event> events = new Tally<>(Event.class);
  private final Tally<Silence> silent = new Tally<>(Silence.class);
  private final TransmitClock transmitClock = this::now;
  private final Sighting sighting;
  private volatile boolean stopping;
  private volatile @Nullable Thread thread;

  /**
   * A reflector that is not yet started, and owns the socket from now on.
   *
   * @param random for the secret of the table of sources
   */
  public Reflector(
      UdpSocket socket,
      ReflectorSessions sessions,
      ReflectorSettings settings,
      RandomGenerator random) {
    this.socket = requireNonNull(socket, "socket");
    this.sessions = requireNonNull(sessions, "sessions");
    this.settings = requireNonNull(settings, "settings");
    this.clock = socket.newClock();
    this.sources = new SourceLimits(settings.perSource(), random.nextLong(), clock.raw());
    this.sighting =
        settings.telling()
            ? new Seen(datagram, SocketAddresses.of(socket.localAddress()))
            : Sighting.NOTHING;
    sessions.whenChanged(socket::wakeup);
  }

  /**
   * What is seen of the datagram in hand. Where it went to is known only as far as the socket is
   * bound to one address.
   */
  private record Seen(ReceivedDatagram datagram, PeerAddress to) implements Sighting {
    @Override
    public PeerAddress from() {
      return datagram.from();
    }

    @Override
    public TimestampInformation stamps() {
      return TimestampInformation.OF_SOFTWARE;
    }
  }

  /** Starts its thread. */
  public void start() {
    if (thread != null) {
      throw new IllegalStateException("a reflector is started once");
    }
    thread = Thread.ofPlatform().name("reflector").daemon().start(this::run);
  }

  /** Where it listens. */
  public InetSocketAddress localAddress() {
    return socket.localAddress();
  }

  /** Sends from its socket, as path datagrams must be; false if it did not go. */
  public boolean send(byte[] octets, PeerAddress to) {
    return socket.send(octets, 0, octets.length, to);
  }

  /** Whether its thread is there. */
  public boolean isRunning() {
    Thread started = thread;
    return started != null && started.isAlive();
  }

  /** What it did so far. */
  public ReflectorCounts counts() {
    return new ReflectorCounts(
        events.get(Event.RECEIVED),
        events.get(Event.REFLECTED),
        events.get(Event.PLAIN),
        events.get(Event.PATH),
        silent.read());
  }

  private void run() {
    while (!stopping && !socket.isClosed()) {
      long due = keepPaths(clock.raw());
      if (settings.spinning()) {
        spin();
      } else {
        sleep(due);
      }
    }
  }

  private void sleep(long due) {
    long wait = Math.clamp(due - clock.raw(), 0, LONGEST_SLEEP);
    for (int i = 0; i < ROW && socket.receive(datagram, i == 0 ? wait : 0); i++) {
      answer();
    }
  }

  private void spin() {
    for (int i = 0; i < ROW; i++) {
      if (socket.receive(datagram, 0)) {
        answer();
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private void answer() {
    events.add(Event.RECEIVED);
    int ssid = Challenge.ssidOf(datagram.octets, datagram.length);
    ReflectedSession found =
        ssid < 0 ? null : ReflectorSessions.find(sessions.all(), ssid, datagram);
    if (datagram.truncated) {
      silent.add(Silence.TOO_LONG);
    } else if (found != null) {
      answerKeyed(found);
    } else if (settings.plain() && datagram.length >= PlainStamp.LENGTH) {
      answerPlain();
    } else {
      silent.add(Silence.NO_SESSION);
    }
  }

  private void answerKeyed(ReflectedSession found) {
    int length =
        Reflection.reflect(
            datagram.octets,
            datagram.length,
            found.session,
            received(),
            transmitClock,
            datagram.timeToLive,
            sighting);
    if (length == 0) {
      silent.add(Silence.NOT_AUTHENTIC);
    } else if (!found.take(settings.perSession(), clock.raw())) {
      silent.add(Silence.LIMITED);
    } else {
      reply(length, Event.REFLECTED);
    }
  }

  private void answerPlain() {
    if (!sources.take(datagram.upper, datagram.lower, clock.raw())) {
      silent.add(Silence.LIMITED);
      return;
    }
    int length =
        PlainStamp.reflect(
            datagram.octets,
            datagram.length,
            received(),
            transmitClock,
            datagram.timeToLive,
            sighting);
    reply(length, Event.PLAIN);
  }

  private void reply(int length, Event event) {
    if (socket.reply(datagram, length)) {
      events.add(event);
    } else {
      silent.add(Silence.NOT_SENT);
    }
  }

  private long received() {
    return datagram.realtime == 0 ? now() : StampClocks.bits(datagram.realtime);
  }

  private long now() {
    return StampClocks.bits(clock.realtime());
  }

  /** Sends what is due; returns when the next is. */
  private long keepPaths(long now) {
    long next = now + LONGEST_SLEEP;
    for (ReflectedSession each : sessions.all()) {
      if (each.pathDue(now) <= now) {
        byte[] path = each.nextPath(now);
        if (path != null && socket.send(path, 0, path.length, each.landmark)) {
          events.add(Event.PATH);
        }
      }
      next = Math.min(next, each.pathDue(now));
    }
    return next;
  }

  /** Stops the thread, waits for it, and closes the socket. */
  @Override
  public void close() {
    stopping = true;
    socket.wakeup();
    Thread started = thread;
    if (started != null && started != Thread.currentThread()) {
      Threads.join(started);
    }
    socket.close();
  }
}
