package dev.holdfast.bench;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.net.SenderCounts;
import dev.holdfast.probe.net.SenderSessions;
import dev.holdfast.probe.net.SessionSender;
import dev.holdfast.probe.net.Stamps;
import dev.holdfast.probe.net.UdpSocket;
import dev.holdfast.probe.net.UdpSockets;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many challenges a second a landmark sends and measures on one core: rounds of 16 in 2,048
 * sessions with 64 hosts, one after the other in each session, at several loads and as fast as it
 * goes. The landmark's process stays on the first core, all hosts answer on the second.
 *
 * <p>The argument, optional: seconds for each load.
 */
public final class SenderRate {
  private static final int HOSTS = 64;
  private static final int SESSIONS_OF_ONE = 32;
  private static final int CHALLENGES = 16;
  private static final int[] LOADS = {10_000, 25_000, 50_000, 75_000, 0};
  private static final int WARM_UP = 3;

  private final SenderSessions sessions = new SenderSessions(new SplittableRandom(4));
  private final SessionSender sender;
  private final List<SessionId> ids = new ArrayList<>();
  private final LongAdder rounds = new LongAdder();
  private volatile RoundSettings settings = RoundSettings.defaults();
  private volatile boolean stopping;

  private SenderRate(UdpSocket socket) {
    sender = new SessionSender(socket, sessions, new SplittableRandom(5), new SecureRandom());
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 6;
    System.out.println(Machine.describe(Path.of(System.getProperty("java.io.tmpdir"))));
    boolean pinned = Cores.takeFirst();
    UdpSocket socket = UdpSockets.open(BenchSessions.here(0), Stamps.BOTH);
    int port = socket.localAddress().getPort();
    try (RunningReflector hosts =
        RunningReflector.ours(
            pinned, port, RunningReflector.Waiting.SLEEP, SESSIONS_OF_ONE, HOSTS)) {
      System.out.printf(
          "%s; stamps of the %s; %,d sessions with %d hosts, rounds of %d%n%n",
          Cores.describe(pinned),
          socket.transmitKind().word(),
          HOSTS * SESSIONS_OF_ONE,
          HOSTS,
          CHALLENGES);
      SenderRate rate = new SenderRate(socket);
      rate.open(hosts.addresses());
      rate.run(seconds, hosts.pid());
    }
  }

  private void open(List<PeerAddress> hosts) {
    int ssid = 1;
    for (PeerAddress host : hosts) {
      for (int i = 0; i < SESSIONS_OF_ONE; i++) {
        byte[] id = new byte[SessionId.LENGTH];
        id[0] = (byte) (ssid >> 8);
        id[1] = (byte) ssid;
        SessionId session = SessionId.of(id);
        sessions.open(
            session, ssid, BenchSessions.key(ssid), new byte[StampMac.KEY_LENGTH], Long.MAX_VALUE);
        sessions.setPath(session, host);
        ids.add(session);
        ssid++;
      }
    }
  }

  private void run(int seconds, long hosts) throws IOException, InterruptedException {
    System.out.println(
        "| asked for challenges/s | sent/s | answered and accepted, % | refused"
            + " | by stamps of the kernel, % | rounds/s | processor of the landmark, of the hosts %"
            + " | sent for a second of the landmark's processor | landmark had no core, % |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    settings = settings(LOADS[0]);
    sender.start();
    ids.forEach(this::measure);
    for (int load : LOADS) {
      settings = settings(load);
      TimeUnit.SECONDS.sleep(WARM_UP);
      measure(load, seconds, hosts);
    }
    stopping = true;
    sender.close();
  }

  /** Settings with which all sessions together send so many a second; 0 for no pauses at all. */
  private RoundSettings settings(int load) {
    Duration spacing =
        load == 0 ? Duration.ZERO : Duration.ofNanos(1_000_000_000L * ids.size() / load);
    return new RoundSettings(CHALLENGES, spacing, Duration.ofSeconds(1));
  }

  private void measure(SessionId session) {
    var _ =
        sender
            .measure(session, settings)
            .whenComplete((round, failure) -> {
              rounds.increment();
              if (!stopping) {
                measure(session);
              }
            });
  }

  private void measure(int load, int seconds, long hosts) throws IOException, InterruptedException {
    long self = ProcessHandle.current().pid();
    SenderCounts before = sender.counts();
    long roundsBefore = rounds.sum();
    long processorBefore = Machine.processorTime(self);
    long waitingBefore = Machine.waitingTime(self);
    long hostsBefore = Machine.processorTime(hosts);
    long began = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    double took = System.nanoTime() - began;
    double processor = Machine.processorTime(self) - processorBefore;
    double waiting = Machine.waitingTime(self) - waitingBefore;
    double ofHosts = Machine.processorTime(hosts) - hostsBefore;
    SenderCounts after = sender.counts();
    double sent = after.sent() - before.sent();
    double accepted = after.accepted() - before.accepted();
    System.out.printf(
        "| %s | %,.0f | %.2f | %d | %.1f | %,.0f | %.0f, %.0f | %,.0f | %.0f |%n",
        load == 0 ? "all it can" : "%,d".formatted(load),
        sent * 1e9 / took,
        100 * accepted / sent,
        refused(after) - refused(before),
        100 * (accepted - (after.unstamped() - before.unstamped())) / accepted,
        (rounds.sum() - roundsBefore) * 1e9 / took,
        100 * processor / took,
        100 * ofHosts / took,
        sent * 1e9 / processor,
        100 * waiting / took);
  }

  private static long refused(SenderCounts counts) {
    return counts.refused().values().stream().mapToLong(Long::longValue).sum();
  }
}
