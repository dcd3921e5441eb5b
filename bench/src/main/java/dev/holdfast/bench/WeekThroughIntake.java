package dev.holdfast.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.sim.BlobsAhead;
import dev.holdfast.sim.FleetPlan;
import dev.holdfast.sim.SimulatedBoards;
import dev.holdfast.sim.SimulatedFleet;
import dev.holdfast.sim.SimulatedHost;
import dev.holdfast.sim.SimulatedTraffic;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * What days of a simulated fleet cost a real server, from HTTP to its views, and how fast it makes
 * the views again from its ledger.
 *
 * <p>Arguments: a folder on the disk to be measured, the number of chips, and the number of cycles
 * of two hours, twelve of which are a day: in each every host is measured once by six landmarks,
 * and each host's chips sign once a day. The server's clock goes with the fleet's and ticks once a
 * cycle. What the fleet says is made before it is sent and is not counted; the client, which shares
 * the process, is. What is printed for a week, for a year and for a million chips is a multiple of
 * what was measured, and says so.
 */
public final class WeekThroughIntake {
  private static final long SEED = 1;
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration PERIOD = Duration.ofHours(2);
  private static final Duration CYCLE = Duration.ofMinutes(5);
  private static final int CYCLES_A_DAY = 12;
  private static final int AT_ONCE = 100;

  private final AtomicReference<Instant> clock = new AtomicReference<>(FROM);
  private final SimulatedFleet fleet;
  private final Path folder;
  private long rounds;
  private long signatures;
  private long statements;
  private double seconds;
  private double processor;

  private WeekThroughIntake(Path folder, int chips) {
    this.folder = folder;
    fleet = SimulatedFleet.of(FleetPlan.usual(SEED, FROM).withChips(chips));
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "week-through-intake");
    System.out.println(Machine.describe(folder));
    try {
      new WeekThroughIntake(folder, Integer.parseInt(arguments[1]))
          .run(Integer.parseInt(arguments[2]));
    } finally {
      LedgerRates.delete(folder);
    }
  }

  private void run(int cycles) throws IOException, InterruptedException {
    ServerSettings settings = ServerSettings.of(folder, 0).withTick(Duration.ofHours(1));
    try (HoldfastServer server = HoldfastServer.start(settings, clock::get, new SecureRandom());
        ServerClient client =
            ServerClient.to(
                URI.create(server.uri()),
                Files.readString(HoldfastServer.adminToken(folder), UTF_8).strip())) {
      client.declare(fleet.declaration());
      SimulatedTraffic traffic = SimulatedTraffic.honest(fleet);
      SimulatedBoards boards = new SimulatedBoards(fleet);
      for (int i = 0; i < cycles; i++) {
        Instant begin = FROM.plus(PERIOD.multipliedBy(i + 1L));
        SaidCycle cycle = new SaidCycle();
        rounds += traffic.cycle(begin, CYCLE, cycle).rounds();
        Instant now = begin.plus(CYCLE).plus(SimulatedTraffic.SETTLING);
        clock.set(now);
        pass(server);
        List<SimulatedHost> turn = new ArrayList<>();
        for (int each = i % CYCLES_A_DAY; each < fleet.hosts().size(); each += CYCLES_A_DAY) {
          turn.add(fleet.hosts().get(each));
        }
        // Beside an inventory of each host, every statement is a signature.
        signatures +=
            traffic.attest(boards, turn, client.challenge().octets(), now, cycle).statements()
                - turn.size();
        send(client, cycle);
        if ((i + 1) % CYCLES_A_DAY == 0) {
          System.out.printf(
              Locale.ROOT,
              "day %d: %,.1f s, %,.1f s of processor time so far%n",
              (i + 1) / CYCLES_A_DAY,
              seconds,
              processor);
        }
      }
    }
    print(cycles);
    long start = System.nanoTime();
    long ran = ran();
    long entries = HoldfastServer.rebuild(settings, clock::get, new SecureRandom());
    double took = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "rebuilt %,d entries in %.1f s (%.1f s of processor time): %,.0f entries/s%n",
        entries,
        took,
        (ran() - ran) / 1e9,
        entries / took);
  }

  /** Lets the server tick; what that takes is counted. */
  private void pass(HoldfastServer server) throws InterruptedException {
    long start = System.nanoTime();
    long ran = ran();
    server.passTime();
    seconds += (System.nanoTime() - start) / 1e9;
    processor += (ran() - ran) / 1e9;
  }

  /** Nanoseconds that all threads of this process ran, those that have ended among them. */
  private static long ran() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private void send(ServerClient client, SaidCycle cycle) {
    long start = System.nanoTime();
    long ran = ran();
    try (BlobsAhead ahead = new BlobsAhead(client)) {
      cycle.blobs.forEach(ahead::keep);
    }
    for (List<Envelope> said : cycle.statements) {
      for (int i = 0; i < said.size(); i += AT_ONCE) {
        client.say(said.subList(i, Math.min(said.size(), i + AT_ONCE)));
      }
      statements += said.size();
    }
    // What is declared is answered once all before it is in the views.
    ObjectNode whole = fleet.declaration();
    client.declare(ObjectNode.of(Map.of("parties", whole.get("parties").orElseThrow())));
    seconds += (System.nanoTime() - start) / 1e9;
    processor += (ran() - ran) / 1e9;
  }

  private void print(int cycles) throws IOException {
    double days = (double) cycles / CYCLES_A_DAY;
    long octets = octets();
    int chips = fleet.chips().size();
    System.out.printf(
        Locale.ROOT,
        "%,d simulated chips, %,d hosts, %.1f days: %,d rounds and %,d signatures of chips in %,d"
            + " statements%n",
        chips,
        fleet.hosts().size(),
        days,
        rounds,
        signatures,
        statements);
    System.out.printf(
        Locale.ROOT,
        "%.1f s, %.1f s of processor time, client included: %,.0f rounds/s; %,d MB of ledger,"
            + " transcripts and views%n",
        seconds,
        processor,
        rounds / seconds,
        octets / 1_000_000);
    multiple("a week, multiplied from it", 7 / days, octets);
    multiple("a year, multiplied from it", 365 / days, octets);
    multiple("a day of a million chips, multiplied from it", 1e6 / chips / days, octets);
    multiple("a year of a million chips, multiplied from it", 1e6 / chips * 365 / days, octets);
  }

  private void multiple(String what, double times, long octets) {
    System.out.printf(
        Locale.ROOT,
        "%s: %,.1f h of processor time, %,.1f GB%n",
        what,
        processor * times / 3600,
        octets * times / 1e9);
  }

  private long octets() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long octets = 0;
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        octets += Files.size(each);
      }
      return octets;
    }
  }
}
