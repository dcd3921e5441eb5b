package dev.holdfast.bench;

import dev.holdfast.edge.HostedSessions;
import dev.holdfast.edge.RoundSchedule;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.SessionTerms;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.Transcript;
import dev.holdfast.probe.net.SenderSessions;
import dev.holdfast.probe.net.SessionSender;
import dev.holdfast.probe.net.Stamps;
import dev.holdfast.probe.net.UdpSocket;
import dev.holdfast.probe.net.UdpSockets;
import dev.holdfast.trust.KeyId;
import dev.holdfast.trust.Sha256;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * Opens sessions as a landmark does, measures some of them, and tells its memory meanwhile.
 *
 * <p>A port has at most 65,535 sessions, so there are as many senders as are needed. Sessions are
 * opened as after the TLS conversation, which keeps nothing. Measured are those of the first port
 * with the ids that hosts on this machine answer to.
 */
public final class LandmarkMemoryChild {
  private static final int STEPS = 5;
  private static final int MOST_OF_PORT = 65_535;
  private static final int HOSTS = 32;
  private static final int SESSIONS_OF_ONE = 32;
  private static final double MEGA = 1e6;
  private static final int TICK = 50;

  private final SecureRandom random = new SecureRandom();
  private final List<Port> ports = new ArrayList<>();

  private LandmarkMemoryChild() {}

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException {
    new LandmarkMemoryChild().run(Integer.parseInt(arguments[0]));
  }

  /** What a landmark has of one UDP port. */
  private final class Port {
    final UdpSocket socket = UdpSockets.open(BenchSessions.here(0), Stamps.BOTH);
    final int port = socket.localAddress().getPort();
    final SenderSessions sessions = new SenderSessions(random);
    final HostedSessions hosted =
        new HostedSessions(
            Map.of(port, sessions),
            new RoundSchedule(Duration.ofMinutes(1), new SplittableRandom(7)),
            random);
    final List<SessionTerms> answered = new ArrayList<>();
    final SessionSender sender =
        new SessionSender(socket, sessions, new SplittableRandom(8), random);

    Port() {
      sender.start();
    }

    void open(int host) {
      byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(host).array();
      KeyId key = new KeyId(Sha256.of(number).hex());
      SessionTerms terms = hosted.terms(Instant.now(), Duration.ofHours(4));
      hosted.open(
          "host-" + host,
          key,
          terms,
          BenchSessions.key(terms.ssid()),
          new byte[StampMac.KEY_LENGTH]);
      if (indexOf(terms) < HOSTS) {
        answered.add(terms);
      }
    }
  }

  private void run(int count) throws IOException {
    System.out.println("\n| | sessions | heap after a collection MB | resident, most MB |");
    System.out.println("|---|---|---|---|");
    tell("begin");
    for (int step = 0; step < STEPS; step++) {
      open(count * step / STEPS, count * (step + 1) / STEPS);
      tell("opened");
    }
    Instant now = Instant.now();
    double first = look(now);
    double again = look(now.plusMillis(TICK));
    tell("scheduled");
    int answered = measure();
    tell("measured");
    System.out.printf(
        "%n%,d rounds were measured, %,d answers. A look for sessions that are due took %.2f ms when"
            + " all were and %.4f ms when none was; a landmark does that every %d ms.%n",
        HOSTS * SESSIONS_OF_ONE, answered, first, again, TICK);
    for (Port port : ports) {
      port.sender.close();
    }
  }

  private void open(int from, int to) {
    for (int host = from; host < to; host++) {
      if (ports.isEmpty() || ports.getLast().sessions.size() == MOST_OF_PORT) {
        ports.add(new Port());
      }
      ports.getLast().open(host);
    }
  }

  /** Which host answers for a session. */
  private static int indexOf(SessionTerms terms) {
    return (terms.ssid() - 1) / SESSIONS_OF_ONE;
  }

  /** What the daemon does again and again to find who is due; how many milliseconds it took. */
  private double look(Instant now) {
    long began = System.nanoTime();
    ports.forEach(port -> port.hosted.due(now));
    return (System.nanoTime() - began) / MEGA;
  }

  /** Measures a round with each host that answers; how many answers came. */
  private int measure() throws IOException {
    Port port = ports.getFirst();
    try (RunningReflector answering =
        RunningReflector.ours(
            false, port.port, RunningReflector.Waiting.SLEEP, SESSIONS_OF_ONE, HOSTS)) {
      List<CompletableFuture<RoundMeasurement>> rounds = new ArrayList<>();
      for (SessionTerms each : port.answered) {
        PeerAddress address = answering.addresses().get(indexOf(each));
        port.sessions.setPath(each.id(), address);
        rounds.add(port.sender.measure(each.id(), RoundSettings.defaults()));
      }
      List<byte[]> transcripts = new ArrayList<>();
      int answered = 0;
      for (CompletableFuture<RoundMeasurement> each : rounds) {
        RoundMeasurement round = each.join();
        answered += round.accepted();
        transcripts.add(Transcript.of(round).octets());
      }
      tell("measuring, transcripts of " + transcripts.size() + " rounds kept");
      return answered;
    }
  }

  private void tell(String what) throws IOException {
    long self = ProcessHandle.current().pid();
    ManagementFactory.getMemoryMXBean().gc();
    System.out.printf(
        "| %s | %,d | %.1f | %.0f, %.0f |%n",
        what,
        ports.stream().mapToInt(port -> port.sessions.size()).sum(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGA,
        Machine.memory(self, "VmRSS") / MEGA,
        Machine.memory(self, "VmHWM") / MEGA);
  }
}
