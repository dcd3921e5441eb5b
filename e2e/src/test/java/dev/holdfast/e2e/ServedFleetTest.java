package dev.holdfast.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.sim.SimulatedFleet;
import dev.holdfast.trust.StatementTime;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A simulated fleet speaks to a server on a clock that the test moves; what is read of it then. */
@Timeout(120)
final class ServedFleetTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir private Path folder = Path.of("");
  private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
  private final HttpClient http = HttpClient.newHttpClient();
  private final SimulatedFleet fleet = Said.fleet(160, NOON);

  @SuppressWarnings("NullAway.Init") // started before each test
  private HoldfastServer server;

  private String admin = "";

  @BeforeEach
  void start() throws IOException {
    ServerSettings settings = ServerSettings.of(folder, 0).withTick(Duration.ofMillis(100));
    server = HoldfastServer.start(settings, clock::get, new SecureRandom());
    admin = Files.readString(HoldfastServer.adminToken(folder)).strip();
    try (ServerClient client = ServerClient.to(URI.create(server.uri()), admin)) {
      client.declare(fleet.declaration());
      for (Said each : Said.honest(fleet, NOON.minus(Duration.ofMinutes(1)), 2)) {
        each.transcripts().forEach(client::keep);
        each.said().forEach(client::say);
      }
    }
    await(admin, "hosts?limit=500", items -> items.stream().allMatch(each -> each.has("at")));
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  private JsonFields ask(String token, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri()).resolve("/api/v1/" + path))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    try {
      byte[] answer = http.send(request, BodyHandlers.ofByteArray()).body();
      return JsonFields.read(answer, path, 4 << 20, ErrorCode.PEER_FAILED);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<JsonFields> items(String token, String path) {
    return ask(token, "GET", path, "").items("items", 500);
  }

  private List<String> ids(String token, String path) {
    return items(token, path).stream().map(each -> each.text("id")).toList();
  }

  private void await(String token, String path, Predicate<List<JsonFields>> until) {
    for (int i = 0; i < 200; i++) {
      if (until.test(items(token, path))) {
        return;
      }
      pass(1);
    }
    throw new AssertionError("it never came to be: " + path);
  }

  @Test
  void honest_hosts_are_proved_or_left_open_then_fall_silent_and_are_found_so_once() {
    assertThat(ids(admin, "hosts?state=PROVED")).isNotEmpty();
    assertThat(ids(admin, "hosts?state=REFUTED")).isEmpty();
    assertThat(ids(admin, "hosts?state=CONFLICT")).isEmpty();
    assertThat(ids(admin, "hosts?limit=500")).hasSize(fleet.hosts().size());
    for (String state : List.of("PROVED", "UNPROVEN", "SILENT")) {
      assertThat(items(admin, "sites?limit=500&state=" + state))
          .as("a site is listed under the state that it shows")
          .allSatisfy(site -> assertThat(site.text("state")).isEqualTo(state));
    }
    String chip = ids(admin, "chips?state=PROVED&limit=1").getFirst();
    JsonFields shown = ask(admin, "GET", "chips/" + chip, "");
    assertThat(shown.text("hostState")).isEqualTo("PROVED");
    assertThat(shown.text("state")).as("a key is located, not a chip").isEqualTo("UNPROVEN");
    assertThat(shown.truth("simulated")).isTrue();
    assertThat(shown.text("strip")).as("one day, at its worst").matches("-{29}[pu]");
    clock.set(NOON.plus(Duration.ofMinutes(11)));
    await(admin, "hosts?state=SILENT&limit=500", items -> items.size() == fleet.hosts().size());
    assertThat(items(admin, "findings?kind=silent")).isEmpty();
    clock.set(NOON.plus(Duration.ofMinutes(31)));
    await(admin, "findings?kind=silent&limit=500", items -> items.size() >= fleet.hosts().size());
    clock.set(NOON.plus(Duration.ofMinutes(90)));
    pass(5);
    assertThat(items(admin, "findings?kind=silent&limit=500"))
        .hasSize(fleet.hosts().size())
        .extracting(each -> each.text("subject"))
        .doesNotHaveDuplicates();
  }

  /** Lets some ticks pass. */
  private static void pass(int ticks) {
    try {
      TimeUnit.MILLISECONDS.sleep(100L * ticks);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void
      who_watches_is_told_and_of_verdicts_delays_and_states_an_auditor_sees_the_spans_that_were_disclosed() {
    requireTold();
    String chip = ids(admin, "chips?state=PROVED&limit=1").getFirst();
    String site = ask(admin, "GET", "chips/" + chip, "").text("site");
    String now = auditor("now", site, NOON.minusSeconds(3600), NOON.plusSeconds(3600));
    assertThat(items(now, "verdicts?limit=500"))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.text("site")).isEqualTo(site));
    assertThat(points(now, chip)).isPositive().isEqualTo(points(admin, chip));
    assertThat(ask(now, "GET", "chips/" + chip, "").text("hostState")).isEqualTo("PROVED");
    String before = auditor("before", site, NOON.minusSeconds(7200), NOON.minusSeconds(3600));
    assertThat(ids(before, "chips?limit=500")).contains(chip);
    assertThat(items(before, "verdicts")).isEmpty();
    assertThat(points(before, chip)).isZero();
    JsonFields shown = ask(before, "GET", "chips/" + chip, "");
    assertThat(shown.text("hostState")).isEqualTo("SILENT");
    assertThat(shown.items("discs", 1)).isEmpty();
    assertThat(shown.items("verdicts", 1)).isEmpty();
    assertThat(items(before, "sites?state=PROVED")).isEmpty();
  }

  /** Whoever watches hears what happened before and what happens. */
  private void requireTold() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri()).resolve("/api/v1/events"))
            .header("Authorization", "Bearer " + admin)
            .build();
    try (InputStream in = http.send(request, BodyHandlers.ofInputStream()).body()) {
      String told = new String(in.readNBytes(2000), UTF_8);
      assertThat(told).startsWith(": watching\n\n").contains("event: feed\nid: ", "\"sentence\":");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String auditor(String name, String site, Instant from, Instant until) {
    String token =
        ask(admin, "POST", "tokens", "{'name':'" + name + "','role':'auditor'}").text("token");
    String disclosed =
        "{'auditor':'%s','site':'%s','from':'%s','until':'%s'}"
            .formatted(name, site, StatementTime.print(from), StatementTime.print(until));
    assertThat(ask(admin, "POST", "disclosures", disclosed).has("index")).isTrue();
    return token;
  }

  private long points(String token, String chip) {
    return ask(token, "GET", "chips/" + chip + "/delays", "").items("landmarks", 500).stream()
        .mapToLong(each -> each.items("points", 500).size())
        .sum();
  }
}
