package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.sim.FleetPlan;
import dev.holdfast.sim.SimulatedBoards;
import dev.holdfast.sim.SimulatedChip;
import dev.holdfast.sim.SimulatedFleet;
import dev.holdfast.sim.SimulatedHost;
import dev.holdfast.sim.SimulatedTraffic;
import dev.holdfast.trust.StatementKey;
import dev.holdfast.trust.store.HeldKey;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Chips of a simulated fleet sign for a server; a reader replays one verdict on a desk alone. */
@Timeout(120)
final class ServedChipBundleTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final Duration CYCLE = Duration.ofSeconds(60);

  @TempDir private Path folder = Path.of("");
  private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
  private final HttpClient http = HttpClient.newHttpClient();
  private final SimulatedFleet fleet =
      SimulatedFleet.of(FleetPlan.usual(7, NOON.minus(Duration.ofDays(1))).withChips(160));
  private final SimulatedBoards boards = new SimulatedBoards(fleet);
  private final SimulatedTraffic traffic = SimulatedTraffic.honest(fleet);

  @SuppressWarnings("NullAway.Init") // started before each test
  private HoldfastServer server;

  private String admin = "";

  @BeforeEach
  void start() throws IOException {
    ServerSettings settings =
        ServerSettings.of(folder.resolve("data"), 0).withTick(Duration.ofMillis(100));
    server = HoldfastServer.start(settings, clock::get, new SecureRandom());
    admin = Files.readString(HoldfastServer.adminToken(folder.resolve("data"))).strip();
    try (ServerClient client = client()) {
      client.declare(fleet.declaration());
    }
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  private ServerClient client() {
    return ServerClient.to(URI.create(server.uri()), admin);
  }

  private void measure(ServerClient client) {
    var _ = traffic.cycle(NOON.minus(CYCLE), CYCLE.minus(SimulatedTraffic.SETTLING), client);
  }

  private SimulatedChip chip(String model) {
    return fleet.chips().stream()
        .filter(each -> each.model().startsWith(model))
        .findFirst()
        .orElseThrow();
  }

  /** Some hosts: those of the chips that are asked about. */
  private List<SimulatedHost> attesting() {
    return List.of(chip("H100").host(), chip("H200").host(), chip("B200").host());
  }

  private HttpResponse<byte[]> ask(String token, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri()).resolve("/api/v1/" + path))
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode json(String path) {
    return Json.mapper().readTree(ask(admin, path).body());
  }

  /** Asks until there is a bundle, for ten seconds. */
  private byte[] bundle(SimulatedChip chip) {
    for (int i = 0; i < 100; i++) {
      HttpResponse<byte[]> answer = ask(admin, "chips/" + chip.id() + "/bundle");
      if (answer.statusCode() == 200) {
        return answer.body();
      }
      try {
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("there is no bundle of " + chip.id());
  }

  private String trust(StatementKey declarer, Optional<byte[]> root) {
    String trust =
        "authorities: ['%s']\nlogs: ['%s']\ndeclarers: ['%s']\n"
            .formatted(
                base64(fleet.authority().der()),
                json("entries/0").get("vkey").asString(),
                base64(declarer.spki()));
    return root.map(pem -> trust + "device-roots:\n  - |\n" + new String(pem, UTF_8).indent(4))
        .orElse(trust);
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  private JsonNode verify(byte[] bundle, String trust, int status) {
    Desk desk = new Desk(folder);
    desk.octets("chip.json", bundle).octets("trust.yaml", trust.getBytes(UTF_8));
    Desk.Result result =
        desk.run(
            "verify",
            folder.resolve("chip.json").toString(),
            "--trust",
            folder.resolve("trust.yaml").toString(),
            "--output",
            "json");
    assertThat(result.status()).as(result.out() + result.err()).isEqualTo(status);
    return result.lines().getFirst();
  }

  @Test
  void a_reader_who_trusts_the_server_and_the_maker_finds_the_same_and_others_do_not() {
    SimulatedChip chip = chip("H100");
    try (ServerClient client = client()) {
      measure(client);
      var _ = traffic.attest(boards, attesting(), client.challenge().octets(), NOON, client);
    }
    byte[] bundle = bundle(chip);
    StatementKey own =
        HeldKey.read(folder.resolve("data").resolve("keys").resolve("server.key")).publicKey();
    byte[] root = boards.manufacturer().rootPem();
    JsonNode same = verify(bundle, trust(own, Optional.of(root)), 0);
    assertThat(same.get("result").asString()).isEqualTo("SAME");
    assertThat(same.get("unused")).isEmpty();
    assertThat(same.get("report").toString()).contains("chip-evidence", chip.deviceId());
    JsonNode stranger =
        verify(
            bundle, trust(HeldKey.generate(new SecureRandom()).publicKey(), Optional.of(root)), 1);
    assertThat(stranger.get("result").asString()).isEqualTo("DIFFERS");
    assertThat(stranger.get("unused").toString()).contains("of no key that you let declare");
    JsonNode nvidia = verify(bundle, trust(own, Optional.empty()), 1);
    assertThat(nvidia.get("result").asString()).isEqualTo("DIFFERS");
    assertThat(subjectOnPage(chip)).isEqualTo(chip.deviceId());
  }

  /** What the page of a chip says that its own verdict is about. */
  private String subjectOnPage(SimulatedChip chip) {
    for (JsonNode verdict : json("chips/" + chip.id()).get("verdicts")) {
      if (verdict.get("subject").get("kind").asString().equals("chip")) {
        return verdict.get("subject").get("id").asString();
      }
    }
    throw new AssertionError("no verdict is about the chip");
  }

  @Test
  void a_chip_that_signed_nothing_has_no_bundle_nor_has_one_for_whom_it_was_not_disclosed() {
    SimulatedChip chip = chip("H100");
    try (ServerClient client = client()) {
      measure(client);
      assertThat(ask(admin, "chips/" + chip.id() + "/bundle").statusCode()).isEqualTo(404);
      assertThat(ask(admin, "chips/nobody/bundle").statusCode()).isEqualTo(404);
      var _ = traffic.attest(boards, attesting(), client.challenge().octets(), NOON, client);
    }
    assertThat(bundle(chip)).isNotEmpty();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri()).resolve("/api/v1/tokens"))
            .header("Authorization", "Bearer " + admin)
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"ward\",\"role\":\"auditor\"}"))
            .build();
    try {
      String auditor =
          Json.mapper()
              .readTree(http.send(request, BodyHandlers.ofByteArray()).body())
              .get("token")
              .asString();
      assertThat(ask(auditor, "chips/" + chip.id() + "/bundle").statusCode()).isEqualTo(404);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    clock.set(NOON.plus(Duration.ofMinutes(11)));
    await404(chip);
  }

  /** What has run out is no verdict of now. */
  private void await404(SimulatedChip chip) {
    for (int i = 0; i < 100; i++) {
      if (ask(admin, "chips/" + chip.id() + "/bundle").statusCode() == 404) {
        return;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("it did not run out");
  }
}
