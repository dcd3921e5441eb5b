package dev.holdfast.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.sim.SimulatedBoards;
import dev.holdfast.sim.SimulatedChip;
import dev.holdfast.sim.SimulatedFleet;
import dev.holdfast.sim.SimulatedHost;
import dev.holdfast.sim.SimulatedTraffic;
import dev.holdfast.trust.EarAppraisal;
import dev.holdfast.trust.EarCheck;
import dev.holdfast.trust.EarProfile;
import dev.holdfast.trust.EarVerifier;
import dev.holdfast.trust.KeyRing;
import dev.holdfast.trust.StatementTime;
import dev.holdfast.trust.TrustTier;
import dev.holdfast.trust.store.HeldKey;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Chips of a simulated fleet sign for their hosts; what a server makes of it. */
@Timeout(120)
final class AttestedFleetTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final Duration CYCLE = Duration.ofSeconds(60);

  @TempDir private Path folder = Path.of("");
  private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
  private final HttpClient http = HttpClient.newHttpClient();
  private final SimulatedFleet fleet = Said.fleet(160, NOON);
  private final SimulatedTraffic traffic = SimulatedTraffic.honest(fleet);
  private final SimulatedBoards boards = new SimulatedBoards(fleet);

  @SuppressWarnings("NullAway.Init") // started before each test
  private HoldfastServer server;

  private String admin = "";

  @BeforeEach
  void start() throws IOException {
    open();
    try (ServerClient client = client()) {
      client.declare(fleet.declaration());
    }
  }

  private void open() throws IOException {
    ServerSettings settings = ServerSettings.of(folder, 0).withTick(Duration.ofMillis(100));
    server = HoldfastServer.start(settings, clock::get, new SecureRandom());
    admin = Files.readString(HoldfastServer.adminToken(folder)).strip();
  }

  private ServerClient client() {
    return ServerClient.to(URI.create(server.uri()), admin);
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  @Test
  void chips_that_sign_have_identities_boards_places_and_results() {
    measureAndAttest();
    hopper();
    blackwell();
    result();
  }

  /** Its switches are signed for, and its hosts' keys are in security chips here. */
  private void hopper() {
    SimulatedChip chip = chipOf("H100");
    await(() -> hasSigned(chip));
    JsonFields identity = chip(chip).items("identities", 16).getFirst();
    assertThat(identity.text("key")).isEqualTo(chip.deviceId());
    assertThat(identity.truth("simulated")).isTrue();
    assertThat(identity.text("link")).isEqualTo("signed");
    assertThat(identity.fields("signed").truth("fresh")).isTrue();
    assertThat(identity.fields("signed").text("root")).startsWith("Simulated").contains("SHA-256");
    assertThat(identity.fields("signed").text("relay")).isEqualTo("not-excluded");
    assertThat(identity.items("aliases", 16))
        .extracting(each -> each.text("kind") + " " + each.text("strength"))
        .contains("rom-serial signed", "device-name signed", "uuid host-declared");
    assertThat(identity.items("boards", 16))
        .extracting(each -> each.text("basis") + " " + each.text("grade"))
        .containsExactlyInAnyOrder("signed intact", "host-declared intact");
    await(() -> chip(chip).text("state").equals(chip(chip).text("hostState")));
    assertThat(chip(chip).items("verdicts", 100))
        .filteredOn(each -> each.fields("subject").text("kind").equals("chip"))
        .isNotEmpty()
        .allSatisfy(each -> {
          assertThat(each.fields("subject").text("binding")).isEqualTo("chip-evidence");
          assertThat(each.texts("assumptions", 20).toString()).contains("relay is not excluded");
        });
  }

  /** What the server makes of a chip verifies under its public key. */
  private void result() {
    SimulatedChip chip = chipOf("H100");
    await(() -> !text("chips/" + chip.id() + "/result").startsWith("{"));
    String result = text("chips/" + chip.id() + "/result?nonce=12345678");
    KeyRing keys = KeyRing.of(List.of(HeldKey.read(folder.resolve("keys/server.key")).publicKey()));
    EarCheck check =
        new EarVerifier(keys, EarProfile.DEFAULT, Duration.ofMinutes(1))
            .check(result, "result", NOON, "12345678");
    assertThat(check).isInstanceOf(EarCheck.Verified.class);
    EarAppraisal appraisal =
        requireNonNull(((EarCheck.Verified) check).ear().submodules().get(chip.deviceId()));
    assertThat(appraisal.status()).isEqualTo(TrustTier.AFFIRMING);
    assertThat(appraisal.subject().board()).isEqualTo("intact");
    assertThat(appraisal.subject().simulated()).isTrue();
    assertThat(appraisal.subject().relayNotExcluded()).isTrue();
    assertThat(appraisal.subject().revocationAge()).isNull();
  }

  /** It signs, but names no switches: its boards have only the hosts' word. */
  private void blackwell() {
    SimulatedChip chip = chipOf("B200");
    await(() -> hasSigned(chip));
    JsonFields identity = chip(chip).items("identities", 16).getFirst();
    assertThat(identity.fields("signed").truth("adjacency")).isFalse();
    assertThat(identity.items("boards", 16))
        .extracting(each -> each.text("basis"))
        .containsExactly("host-declared");
  }

  @Test
  void a_chip_that_is_declared_by_names_of_the_hosts_word_alone_is_not_placed_by_who_claims_them() {
    SimulatedChip chip = chipOf("H100");
    declare(chip, chip.aliases().getFirst());
    measureAndAttest();
    await(() -> hasSigned(chip));
    await(() -> !chip(chip).text("hostState").equals("SILENT"));
    assertThat(chip(chip).items("identities", 16).getFirst().text("link"))
        .isEqualTo("host-declared");
    assertThat(chip(chip).text("state")).isEqualTo("UNPROVEN");
    assertThat(text("chips/" + chip.id())).contains("\"tpm\"").doesNotContain("\"chip-evidence\"");
    for (String none : List.of("/result", "/bundle")) {
      assertThat(text("chips/" + chip.id() + none)).contains(ErrorCode.NOT_THERE.code());
    }
  }

  @Test
  void a_chip_that_nobody_declared_is_listed_by_its_key_until_somebody_declares_it() {
    SimulatedHost host = chipOf("H100").host();
    SimulatedChip stray =
        new SimulatedChip(
            "stray", List.of("GPU-stray", "TAG stray"), "00112233aabbccdd", "H100 SXM5", host);
    SimulatedBoards with = new SimulatedBoards(Said.with(fleet, stray));
    attest(with, host, NOON);
    await(() -> text("chips/" + stray.deviceId()).contains("\"link\":\"signed\""));
    assertThat(ask("chips/" + stray.deviceId()).text("host")).isEqualTo(host.name());

    declare(stray, stray.deviceId());
    attest(with, host, NOON.plusSeconds(1));
    await(() -> hasSigned(stray));
    assertThat(text("chips/" + stray.deviceId())).contains(ErrorCode.NOT_THERE.code());
    assertThat(ask("chips?q=" + stray.deviceId()).items("items", 10))
        .extracting(each -> each.text("id"))
        .containsExactly(stray.id());
  }

  private void attest(SimulatedBoards shown, SimulatedHost host, Instant at) {
    try (ServerClient client = client()) {
      var _ = traffic.attest(shown, List.of(host), client.challenge().octets(), at, client);
    }
  }

  private void declare(SimulatedChip chip, String alias) {
    try (ServerClient client = client()) {
      var _ =
          client.declare(
              """
              {"chips":[{"id":"%s","aliases":["%s"],"model":"%s","host":"%s","simulated":true}]}\
              """
                  .formatted(chip.id(), alias, chip.model(), chip.host().name())
                  .getBytes(UTF_8),
              "application/json");
    }
  }

  @Test
  void an_auditor_sees_of_a_board_only_what_is_at_the_sites_that_were_disclosed_to_it() {
    SimulatedChip chip = chipOf("H100");
    SimulatedHost other =
        fleet.chips().stream()
            .filter(each -> each.model().equals(chip.model()))
            .map(SimulatedChip::host)
            .filter(host -> !host.site().equals(chip.host().site()))
            .findFirst()
            .orElseThrow();
    try (ServerClient client = client()) {
      byte[] challenge = client.challenge().octets();
      var _ = traffic.attest(boards, List.of(chip.host(), other), challenge, NOON, client);
      SimulatedBoards after = new SimulatedBoards(Said.carried(fleet, chip, other));
      var _ = traffic.attest(after, List.of(other), challenge, NOON.plusSeconds(1), client);
    }
    await(() -> !ask("boards?basis=signed&grade=partial").items("items", 500).isEmpty());
    String board =
        ask("boards?basis=signed&grade=partial").items("items", 500).getFirst().text("id");
    assertThat(away(board).text("host")).isEqualTo(other.name());
    assertThat(away(board).texts("elsewhere", 8)).hasSize(1);
    assertThat(text("boards/" + board + "/graph.svg")).contains(other.name());

    String ward = auditor(chip.host().site().id());
    JsonFields seen = away(read(ward, "boards/" + board));
    assertThat(seen.text("key")).isEqualTo(chip.deviceId());
    assertThat(seen.text("host")).isEqualTo("-");
    assertThat(seen.texts("marks", 16)).isEmpty();
    assertThat(seen.texts("elsewhere", 8)).isEmpty();
    assertThat(text(ward, "boards/" + board + "/graph.svg"))
        .contains("<svg")
        .doesNotContain(other.name());
    JsonFields identity = read(ward, "chips/" + chip.id()).items("identities", 16).getFirst();
    assertThat(identity.isNull("signed")).isTrue();
    assertThat(identity.items("boards", 16))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.text("site")).isEqualTo(chip.host().site().id()));

    String late = auditor(chip.host().site().id(), NOON.minusSeconds(7200), NOON.minusSeconds(60));
    assertThat(read(late, "chips/" + chip.id()).items("identities", 16)).isEmpty();
  }

  private JsonFields away(String board) {
    return away(ask("boards/" + board));
  }

  private static JsonFields away(JsonFields board) {
    return board.items("members", 100).stream()
        .filter(each -> each.truth("away"))
        .findFirst()
        .orElseThrow();
  }

  private String auditor(String site) {
    return auditor(site, NOON.minusSeconds(3600), NOON.plusSeconds(3600));
  }

  /** Somebody to whom a span of a site was disclosed. */
  private String auditor(String site, Instant from, Instant until) {
    String name = "ward-" + until.getEpochSecond();
    String token = post("tokens", "{\"name\":\"" + name + "\",\"role\":\"auditor\"}").text("token");
    var _ =
        post(
            "disclosures",
            "{\"auditor\":\"%s\",\"site\":\"%s\",\"from\":\"%s\",\"until\":\"%s\"}"
                .formatted(name, site, StatementTime.print(from), StatementTime.print(until)));
    return token;
  }

  @Test
  void what_was_signed_for_an_older_challenge_moves_no_board_and_places_no_chip() {
    byte[] old;
    try (ServerClient client = client()) {
      old = client.challenge().octets();
      clock.set(NOON.plus(Duration.ofMinutes(11)));
      // The next tick may have begun before the clock moved; the one after it has not.
      nextChallenge();
      nextChallenge();
      var _ = traffic.attest(boards, attesting(), old, NOON.plus(Duration.ofMinutes(11)), client);
    }
    SimulatedChip chip = chipOf("H100");
    await(() -> hasSigned(chip));
    assertThat(chip(chip).items("identities", 16).getFirst().fields("signed").truth("fresh"))
        .isFalse();
    assertThat(chip(chip).text("state")).isEqualTo("UNPROVEN");
    assertThat(ask("boards?basis=signed").items("items", 500)).isEmpty();
  }

  private void nextChallenge() {
    String now = ask("challenge").text("challenge");
    await(() -> !ask("challenge").text("challenge").equals(now));
  }

  @Test
  void views_that_are_made_again_from_the_ledger_are_the_same() throws IOException {
    measureAndAttest();
    await(() ->
        ask("boards?basis=host-declared&limit=500").items("items", 500).size()
            == attesting().size());
    // Until nothing comes any more.
    String[] last = {""};
    await(() -> {
      String now = shown();
      boolean same = now.equals(last[0]);
      last[0] = now;
      return same;
    });
    String before = shown();
    server.close();
    long entries =
        HoldfastServer.rebuild(ServerSettings.of(folder, 0), clock::get, new SecureRandom());
    assertThat(entries).isPositive();
    open();
    assertThat(shown()).isEqualTo(before);
  }

  /** All boards, and what is told of each chip of one host but its region. */
  private String shown() {
    StringBuilder shown = new StringBuilder(text("boards?limit=500")).append('\n');
    for (SimulatedChip chip : fleet.chips().subList(0, 8)) {
      String told = text("chips/" + chip.id());
      shown.append(told, 0, told.indexOf("\"region\"")).append('\n');
    }
    return shown.toString();
  }

  private void measureAndAttest() {
    try (ServerClient client = client()) {
      var _ = traffic.cycle(NOON.minus(CYCLE), CYCLE.minus(SimulatedTraffic.SETTLING), client);
      var _ = traffic.attest(boards, attesting(), client.challenge().octets(), NOON, client);
    }
  }

  /** Some hosts with chips that name their switches, that do not, and that sign nothing. */
  private List<SimulatedHost> attesting() {
    return List.of(chipOf("H100").host(), chipOf("B200").host(), chipOf("MI300X").host());
  }

  private SimulatedChip chipOf(String model) {
    return fleet.chips().stream()
        .filter(each -> each.model().startsWith(model))
        .findFirst()
        .orElseThrow();
  }

  private boolean hasSigned(SimulatedChip chip) {
    return chip(chip).items("identities", 16).stream().anyMatch(each -> !each.isNull("signed"));
  }

  private JsonFields chip(SimulatedChip chip) {
    return ask("chips/" + chip.id());
  }

  private JsonFields ask(String path) {
    return read(admin, path);
  }

  private JsonFields read(String token, String path) {
    return fields(text(token, path), path);
  }

  private static JsonFields fields(String text, String path) {
    return JsonFields.read(text.getBytes(UTF_8), path, 8 << 20, ErrorCode.PEER_FAILED);
  }

  private String text(String path) {
    return text(admin, path);
  }

  private String text(String token, String path) {
    return send(request(token, path).build());
  }

  private JsonFields post(String path, String body) {
    return fields(
        send(
            request(admin, path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build()),
        path);
  }

  private HttpRequest.Builder request(String token, String path) {
    return HttpRequest.newBuilder(URI.create(server.uri()).resolve("/api/v1/" + path))
        .header("Authorization", "Bearer " + token);
  }

  private String send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(Supplier<Boolean> until) {
    for (int i = 0; i < 300; i++) {
      if (until.get()) {
        return;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("it never came to be");
  }
}
