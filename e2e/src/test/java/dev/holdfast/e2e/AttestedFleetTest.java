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
import dev.holdfast.trust.TrustTier;
import dev.holdfast.trust.store.HeldKey;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
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
    assertThat(identity.fields("signed").truth("fresh")).isTrue();
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
  void what_was_signed_for_an_older_challenge_moves_no_board_and_places_no_chip() {
    byte[] old;
    try (ServerClient client = client()) {
      old = client.challenge().octets();
      clock.set(NOON.plus(Duration.ofMinutes(11)));
      await(() -> !ask("challenge").text("challenge").equals(hex(old)));
      var _ = traffic.attest(boards, attesting(), old, NOON.plus(Duration.ofMinutes(11)), client);
    }
    SimulatedChip chip = chipOf("H100");
    await(() -> hasSigned(chip));
    assertThat(chip(chip).items("identities", 16).getFirst().fields("signed").truth("fresh"))
        .isFalse();
    assertThat(chip(chip).text("state")).isEqualTo("UNPROVEN");
    assertThat(ask("boards?basis=signed").items("items", 500)).isEmpty();
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

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  private JsonFields ask(String path) {
    return JsonFields.read(text(path).getBytes(UTF_8), path, 8 << 20, ErrorCode.PEER_FAILED);
  }

  private String text(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri()).resolve("/api/v1/" + path))
            .header("Authorization", "Bearer " + admin)
            .build();
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
