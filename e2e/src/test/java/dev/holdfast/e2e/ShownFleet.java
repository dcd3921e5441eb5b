package dev.holdfast.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.OwnersFiles;
import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.sim.FleetPlan;
import dev.holdfast.sim.SimulatedBoards;
import dev.holdfast.sim.SimulatedChip;
import dev.holdfast.sim.SimulatedFleet;
import dev.holdfast.sim.SimulatedHost;
import dev.holdfast.sim.SimulatedTraffic;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server that was told of a small simulated fleet and of one cycle of its measurements, and for
 * some of whose hosts the chips signed; one of them was carried to another host since.
 */
final class ShownFleet implements AutoCloseable {
  private static final int CHIPS = 200;
  private static final int SOME_HOSTS = 5;
  private static final Duration CYCLE = Duration.ofSeconds(60);
  private static final long LONGEST_SECONDS = 60;

  private final HoldfastServer server;
  private final SimulatedFleet fleet;
  private final SimulatedTraffic traffic;
  private final String token;
  private final HttpClient http = HttpClient.newHttpClient();

  private ShownFleet(HoldfastServer server, SimulatedFleet fleet, String token) {
    this.server = server;
    this.fleet = fleet;
    this.traffic = SimulatedTraffic.honest(fleet);
    this.token = token;
  }

  /** Starts it, and returns when every host was judged. */
  static ShownFleet start(Path folder) throws IOException, InterruptedException {
    InstantSource clock = InstantSource.system();
    Instant now = clock.instant();
    SimulatedFleet fleet =
        SimulatedFleet.of(
            FleetPlan.usual(1, now.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS))
                .withChips(CHIPS));
    HoldfastServer server =
        HoldfastServer.start(
            ServerSettings.of(folder, 0).withTick(Duration.ofSeconds(1)),
            clock,
            new SecureRandom());
    Path tokenFile = HoldfastServer.adminToken(folder);
    String token = new String(OwnersFiles.read(tokenFile, 1 << 10), UTF_8).strip();
    ShownFleet shown = new ShownFleet(server, fleet, token);
    try (ServerClient client = ServerClient.to(URI.create(server.uri()), token)) {
      client.declare(fleet.declaration());
      var _ = shown.traffic.cycle(now.minus(CYCLE), CYCLE.minus(SimulatedTraffic.SETTLING), client);
      shown.attest(client, clock);
    }
    shown.awaitVerdicts();
    shown.awaitBoards();
    return shown;
  }

  private void awaitVerdicts() throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(LONGEST_SECONDS).toNanos();
    while (!items("hosts").stream().allMatch(host -> host.path("at").isString())) {
      if (System.nanoTime() > end) {
        throw new IOException("not every host was judged within " + LONGEST_SECONDS + " s");
      }
      Thread.sleep(100);
    }
  }

  /**
   * The chips of some hosts sign; then one of them signs again from another host, with that host's
   * switches.
   */
  private void attest(ServerClient client, InstantSource clock) throws InterruptedException {
    byte[] challenge = client.challenge().octets();
    var _ =
        traffic.attest(new SimulatedBoards(fleet), attesting(), challenge, clock.instant(), client);
    SimulatedHost other = carriedTo();
    byte[] next = client.challenge().octets();
    // By the clock of the ledger what was signed between two ticks is of one time.
    while (Arrays.equals(next, challenge)) {
      Thread.sleep(200);
      next = client.challenge().octets();
    }
    var _ =
        traffic.attest(
            new SimulatedBoards(Said.carried(fleet, carried(), other)),
            List.of(other),
            next,
            clock.instant(),
            client);
  }

  /** The chip that is carried to another host: one that names its switches. */
  SimulatedChip carried() {
    return fleet.chips().reversed().stream()
        .filter(each -> each.model().startsWith("H100"))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Both hosts of the chip that is carried, and some others, so that pages have something to say.
   */
  private List<SimulatedHost> attesting() {
    return Stream.concat(
            Stream.of(carried().host(), carriedTo()), fleet.hosts().stream().limit(SOME_HOSTS))
        .distinct()
        .toList();
  }

  private SimulatedHost carriedTo() {
    SimulatedChip carried = carried();
    return fleet.chips().stream()
        .filter(each -> each.model().equals(carried.model()))
        .map(SimulatedChip::host)
        .filter(host -> !host.equals(carried.host()))
        .findFirst()
        .orElseThrow();
  }

  /** The chips of a host that nothing was carried to or from sign once more. */
  SimulatedHost attestAgain() {
    SimulatedHost host =
        fleet.hosts().stream()
            .filter(each -> !each.equals(carriedTo()) && !each.equals(carried().host()))
            .findFirst()
            .orElseThrow();
    try (ServerClient client = ServerClient.to(URI.create(server.uri()), token)) {
      var _ =
          traffic.attest(
              new SimulatedBoards(fleet),
              List.of(host),
              client.challenge().octets(),
              Instant.now(),
              client);
    }
    return host;
  }

  private void awaitBoards() throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(LONGEST_SECONDS).toNanos();
    while (get("boards?basis=signed&grade=partial").path("items").isEmpty()) {
      if (System.nanoTime() > end) {
        throw new IOException("no board was parted within " + LONGEST_SECONDS + " s");
      }
      Thread.sleep(100);
    }
  }

  /** The board that a chip was carried away from. */
  String parted() {
    try {
      return get("boards?basis=signed&grade=partial").path("items").path(0).path("id").asString();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Where it is, without a slash at the end. */
  String uri() {
    return server.uri().replaceAll("/+$", "");
  }

  String token() {
    return token;
  }

  SimulatedFleet fleet() {
    return fleet;
  }

  /** All items of a list of the interface. */
  List<JsonNode> items(String list) throws IOException, InterruptedException {
    return List.copyOf(get(list + "?limit=500").path("items").values());
  }

  /** What the interface answers to an administrator who reads English. */
  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = answer(path, "en");
    if (response.statusCode() != 200) {
      throw new IOException(path + ": status " + response.statusCode());
    }
    return JsonMapper.shared().readTree(response.body());
  }

  /** The whole answer to an administrator who reads a language. */
  HttpResponse<String> answer(String path, String language)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri() + "/api/v1/" + path))
            .header("Authorization", "Bearer " + token)
            .header("Accept-Language", language)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
