package dev.holdfast.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.sim.BlobsAhead;
import dev.holdfast.sim.FleetPlan;
import dev.holdfast.sim.SimulatedFleet;
import dev.holdfast.sim.SimulatedIdentity;
import dev.holdfast.sim.SimulatedTraffic;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.KeyId;
import dev.holdfast.trust.StatementKey;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * How many statements a second a server takes in, from HTTP to durable and on into its views,
 * beside how many signatures the same cores check in the same run.
 *
 * <p>Arguments: a folder on the disk to be measured, the number of chips of a simulated fleet, and
 * the number of cycles, each of which measures every host once. Client and server share one process
 * and its cores, so the ratio holds what the client takes, too.
 */
public final class IntakeRates {
  private static final long SEED = 1;
  private static final Duration CYCLE = Duration.ofSeconds(5);

  private final SimulatedFleet fleet;
  private final HoldfastServer server;
  private final ServerClient client;
  private final ExecutorService threads;
  private final int cores = Runtime.getRuntime().availableProcessors();

  private IntakeRates(
      SimulatedFleet fleet, HoldfastServer server, ServerClient client, ExecutorService threads) {
    this.fleet = fleet;
    this.server = server;
    this.client = client;
    this.threads = threads;
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments)
      throws IOException, ExecutionException, InterruptedException {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "intake-rates");
    int chips = Integer.parseInt(arguments[1]);
    int cycles = Integer.parseInt(arguments[2]);
    Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(5));
    System.out.println(Machine.describe(folder));
    SimulatedFleet fleet = SimulatedFleet.of(FleetPlan.usual(SEED, from).withChips(chips));
    try (ExecutorService threads = Executors.newCachedThreadPool();
        HoldfastServer server =
            HoldfastServer.start(
                ServerSettings.of(folder, 0), InstantSource.system(), new SecureRandom());
        ServerClient client =
            ServerClient.to(
                URI.create(server.uri()),
                Files.readString(HoldfastServer.adminToken(folder), UTF_8).strip())) {
      new IntakeRates(fleet, server, client, threads).run(cycles);
    } finally {
      LedgerRates.delete(folder);
    }
  }

  private void run(int cycles) throws ExecutionException, InterruptedException {
    client.declare(fleet.declaration());
    System.out.printf(
        "simulated fleet: %,d chips, %,d hosts, %d landmarks; %d rounds of each host in a cycle%n",
        fleet.chips().size(),
        fleet.hosts().size(),
        fleet.landmarks().size(),
        SimulatedTraffic.NEAR + SimulatedTraffic.FAR);
    SimulatedTraffic traffic = SimulatedTraffic.honest(fleet);
    // No two cycles overlap, and none is ahead of the server's clock.
    Instant begin = Instant.now().minus(CYCLE.plus(SimulatedTraffic.SETTLING).multipliedBy(cycles));
    System.out.println(
        "cycle  statements  octets each   blobs/s  bare verifications/s"
            + "  acknowledged/s  in the views/s  ratio");
    for (int i = 1; i <= cycles; i++) {
      SaidCycle cycle = new SaidCycle();
      var _ = traffic.cycle(begin, CYCLE, cycle);
      begin = begin.plus(CYCLE).plus(SimulatedTraffic.SETTLING);
      double bare = bare(cycle);
      double blobs = keep(cycle);
      long start = System.nanoTime();
      say(cycle);
      double acknowledged = rate(cycle.size(), start);
      settle();
      double settled = rate(cycle.size(), start);
      System.out.printf(
          "%5d  %,10d  %,11.0f  %,8.0f  %,20.0f  %,14.0f  %,14.0f  %5.2f%n",
          i,
          cycle.size(),
          cycle.statements.stream()
              .flatMap(List::stream)
              .mapToInt(each -> each.octets().length)
              .average()
              .orElse(0),
          blobs,
          bare,
          acknowledged,
          settled,
          settled / bare);
    }
    System.out.println("listened at " + server.uri());
  }

  private static double rate(int count, long start) {
    return count * 1e9 / (System.nanoTime() - start);
  }

  /** Checks the signatures of a cycle with known keys on all cores, and nothing else. */
  private double bare(SaidCycle cycle) throws ExecutionException, InterruptedException {
    Map<KeyId, StatementKey> keys = new HashMap<>();
    Stream.concat(
            fleet.hosts().stream().map(each -> each.identity()),
            fleet.landmarks().stream().map(each -> each.identity()))
        .map(SimulatedIdentity::certificate)
        .forEach(each -> keys.put(each.key().id(), each.key()));
    List<Envelope> all = cycle.statements.stream().flatMap(List::stream).toList();
    long start = System.nanoTime();
    List<Future<?>> running = new ArrayList<>();
    for (int core = 0; core < cores; core++) {
      int first = core;
      running.add(
          threads.submit(() -> {
            for (int i = first; i < all.size(); i += cores) {
              Envelope each = all.get(i);
              StatementKey key = keys.get(each.key());
              if (key == null || !key.verifies(each.signedOctets(), each.signature())) {
                throw new IllegalStateException("a signature of the simulation is wrong");
              }
            }
          }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    return rate(all.size(), start);
  }

  private double keep(SaidCycle cycle) {
    long start = System.nanoTime();
    try (BlobsAhead ahead = new BlobsAhead(client)) {
      cycle.blobs.forEach(ahead::keep);
    }
    return rate(cycle.blobs.size(), start);
  }

  /** Twice as many requests at once as there are cores; those of one source are in one. */
  private void say(SaidCycle cycle) throws ExecutionException, InterruptedException {
    List<List<Envelope>> shares = new ArrayList<>();
    for (int i = 0; i < 2 * cores; i++) {
      shares.add(new ArrayList<>());
    }
    for (List<Envelope> said : cycle.statements) {
      for (Envelope each : said) {
        shares.get(Math.floorMod(each.key().hashCode(), shares.size())).add(each);
      }
    }
    List<Future<?>> running = new ArrayList<>();
    for (List<Envelope> share : shares) {
      running.add(
          threads.submit(() -> {
            for (int i = 0; i < share.size(); i += 100) {
              client.say(share.subList(i, Math.min(share.size(), i + 100)));
            }
          }));
    }
    for (Future<?> each : running) {
      each.get();
    }
  }

  /** What is declared is answered once all before it is in the views. */
  private void settle() {
    ObjectNode whole = fleet.declaration();
    client.declare(ObjectNode.of(Map.of("parties", whole.get("parties").orElseThrow())));
  }
}
