package dev.holdfast.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.sim.BlobsAhead;
import dev.holdfast.sim.FleetPlan;
import dev.holdfast.sim.SimulatedFleet;
import dev.holdfast.sim.SimulatedTraffic;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.store.ServerClient;
import dev.holdfast.trust.store.StatementSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * What a server of many chips takes: to declare them, to start again in a process of its own, and
 * to answer for a chip's page and for filtered lists while statements come in.
 *
 * <p>Arguments: a folder on the disk to be measured, then numbers of chips. Of each number 3,000
 * are a simulated fleet whose statements come in all the while; the others are declared and silent.
 * Client and server share one process and its cores. With {@code start} and a server's folder it
 * only starts that server, says so, and ends.
 */
public final class FleetScale {
  private static final String LAUNCHER = "./holdfast";
  private static final long SEED = 1;
  private static final int MEASURED = 3_000;
  private static final int AT_ONCE = 20_000;
  private static final int ASKED = 400;
  private static final Duration CYCLE = Duration.ofSeconds(5);

  /** Within the window, so that everything counts. */
  private static final Duration BEHIND = Duration.ofMinutes(9);

  private final HoldfastServer server;
  private final ServerClient client;
  private final String token;
  private final SimulatedFleet fleet;
  private final HttpClient http = HttpClient.newHttpClient();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final int chips;

  private FleetScale(
      HoldfastServer server, ServerClient client, String token, SimulatedFleet fleet, int chips) {
    this.server = server;
    this.client = client;
    this.token = token;
    this.fleet = fleet;
    this.chips = chips;
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.out.println(Machine.describe(Path.of(arguments[0])));
    System.out.printf(
        "%d MiB of heap; in milliseconds, p50/p95 of %d requests each, one after another%n",
        Runtime.getRuntime().maxMemory() >> 20, ASKED);
    System.out.println(
        "    chips  declared/s  stated/s  views MB  resident MB     chip page        timeline"
            + "         of a site        by alias         by state");
    for (int i = 1; i < arguments.length; i++) {
      Path folder = Files.createTempDirectory(Path.of(arguments[0]), "fleet-scale");
      try {
        measure(folder, Integer.parseInt(arguments[i]));
      } finally {
        LedgerRates.delete(folder);
      }
    }
  }

  private static HoldfastServer start(Path folder) {
    return HoldfastServer.start(
        ServerSettings.of(folder, 0), InstantSource.system(), new SecureRandom());
  }

  private static void measure(Path folder, int chips) throws IOException, InterruptedException {
    Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(BEHIND.multipliedBy(2));
    SimulatedFleet fleet = SimulatedFleet.of(FleetPlan.usual(SEED, from).withChips(MEASURED));
    try (HoldfastServer server = start(folder)) {
      String token = Files.readString(HoldfastServer.adminToken(folder), UTF_8).strip();
      try (ServerClient client = ServerClient.to(URI.create(server.uri()), token)) {
        new FleetScale(server, client, token, fleet, chips).measure(folder);
      }
    }
    System.out.printf(
        "%9s after a stop, a process of its own listens after %.1f s%n", "", again(folder));
  }

  private void measure(Path folder) throws IOException, InterruptedException {
    client.declare(fleet.declaration());
    long start = System.nanoTime();
    for (int first = MEASURED; first < chips; first += AT_ONCE) {
      client.declare(silent(first, Math.min(chips, first + AT_ONCE)));
    }
    double declared = (chips - MEASURED) * 1e9 / (System.nanoTime() - start);
    Counted counted = new Counted();
    Thread intake = Thread.ofPlatform().daemon().start(() -> measureAlways(counted));
    counted.begun.await();
    long before = counted.statements.get();
    long asking = System.nanoTime();
    Histogram chip = ask(() -> "chips/" + anyChip());
    Histogram timeline = ask(() -> "chips/" + anyChip() + "/timeline");
    Histogram site = ask(() -> "chips?limit=50&site=" + anySite());
    Histogram alias = ask(() -> "chips?limit=50&q=" + encoded(anyChip().substring(0, 9)));
    Histogram state =
        ask(() -> "chips?limit=50&state=" + (random.nextBoolean() ? "PROVED" : "SILENT"));
    double stated = (counted.statements.get() - before) * 1e9 / (System.nanoTime() - asking);
    intake.interrupt();
    intake.join();
    System.out.printf(
        "%,9d  %,10.0f  %,8.0f  %,8d  %,11d  %s  %s  %s  %s  %s%n",
        chips,
        declared,
        stated,
        Files.size(folder.resolve("views.db")) >> 20,
        Machine.resident() >> 20,
        times(chip),
        times(timeline),
        times(site),
        times(alias),
        times(state));
  }

  private static String times(Histogram histogram) {
    return String.format(
        Locale.ROOT,
        "%7.1f/%7.1f",
        histogram.getValueAtPercentile(50) / 1e6,
        histogram.getValueAtPercentile(95) / 1e6);
  }

  /**
   * Statements of the simulated fleet without a pause, until interrupted: what was measured in the
   * last minutes, as if it came out of spools.
   */
  private void measureAlways(StatementSink sink) {
    SimulatedTraffic traffic = SimulatedTraffic.honest(fleet);
    Instant begin = Instant.now().minus(BEHIND);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try (BlobsAhead ahead = new BlobsAhead(sink)) {
          var _ = traffic.cycle(begin, CYCLE, ahead);
          begin = begin.plus(CYCLE).plus(SimulatedTraffic.SETTLING);
        }
      }
    } catch (CodedException | IllegalStateException e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw e;
      }
    }
  }

  /** Hands on to the client, and counts. */
  private final class Counted implements StatementSink {
    private final AtomicLong statements = new AtomicLong();
    private final CountDownLatch begun = new CountDownLatch(1);

    @Override
    public void keep(Sha256 name, byte[] octets) {
      client.keep(name, octets);
    }

    @Override
    public void say(List<Envelope> said) {
      client.say(said);
      statements.addAndGet(said.size());
      begun.countDown();
    }
  }

  // ---- chips that nobody measures

  private ObjectNode silent(int first, int end) {
    List<JsonTree> hosts = new ArrayList<>();
    List<JsonTree> declared = new ArrayList<>();
    for (int i = first; i < end; i++) {
      String host = host(i);
      if (i == first || i % FleetPlan.CHIPS_PER_HOST == 0) {
        hosts.add(ObjectNode.of(Map.of("id", new TextNode(host), "site", new TextNode(site(i)))));
      }
      declared.add(
          ObjectNode.of(
              Map.of(
                  "id", new TextNode(chip(i)),
                  "model", new TextNode("SIM-MODEL"),
                  "host", new TextNode(host),
                  "aliases", new ArrayNode(List.of(new TextNode("TAG-" + i))),
                  "simulated", new TruthNode(true))));
    }
    return ObjectNode.of(Map.of("hosts", new ArrayNode(hosts), "chips", new ArrayNode(declared)));
  }

  private static String chip(int number) {
    return String.format(Locale.ROOT, "SCALE%07d", number);
  }

  private static String host(int number) {
    return String.format(Locale.ROOT, "scale-%06d", number / FleetPlan.CHIPS_PER_HOST);
  }

  private String site(int number) {
    return fleet.sites().get(number / FleetPlan.CHIPS_PER_HOST % fleet.sites().size()).id();
  }

  // ---- questions

  /** One of the measured chips as often as one of the silent. */
  private String anyChip() {
    return random.nextBoolean()
        ? fleet.chips().get(random.nextInt(fleet.chips().size())).id()
        : chip(random.nextInt(MEASURED, chips));
  }

  private String anySite() {
    return fleet.sites().get(random.nextInt(fleet.sites().size())).id();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private Histogram ask(Supplier<String> question) throws IOException, InterruptedException {
    Histogram histogram = new Histogram(3);
    for (int i = 0; i < ASKED; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.uri() + "api/v1/" + question.get()))
              .header("Authorization", "Bearer " + token)
              .build();
      long start = System.nanoTime();
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      histogram.recordValue(System.nanoTime() - start);
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            request.uri()
                + " answered "
                + answer.statusCode()
                + " "
                + new String(answer.body(), UTF_8));
      }
    }
    return histogram;
  }

  /** Seconds until a fresh process listens over the same folder. */
  private static double again(Path folder) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(LAUNCHER, "serve", "--data", folder.toString(), "--port", "0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String line = out.readLine();
      double seconds = (System.nanoTime() - start) / 1e9;
      if (line == null) {
        throw new IllegalStateException("the server did not start again");
      }
      return seconds;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
