package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.attest.InventoryJson;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Meter;
import dev.holdfast.model.Reported;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.HostWord;
import dev.holdfast.trust.SignedStatement;
import dev.holdfast.trust.store.HeldIdentity;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What meters say, from a host's statement to a finding. */
final class MetersTest {
  private static final String CHIP = "0000000000000001";

  @TempDir private Path folder = Path.of("");
  private Desk desk;
  private Signers signers;
  private HeldIdentity host;
  private Chain chain;

  @BeforeEach
  void declare() {
    desk = Desk.in(folder.resolve("server"));
    signers = new Signers(folder.resolve("authority"));
    host = signers.host("rack-7");
    chain = Signers.beginning(host);
    desk.declare(signers.declaration());
    desk.declare(
        "{'sites':[{'id':'hall','name':'Hall','operator':'north','destination':'JP',"
            + "'latitude':34.7,'longitude':135.5,'radiusKm':5,'powerKw':0.2}],"
            + "'hosts':[{'id':'rack-7','site':'hall'}]}");
  }

  @AfterEach
  void end() {
    desk.close();
    signers.close();
  }

  private static Inventory inventory(Meter meter) {
    List<Inventory.Chip> chips = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      chips.add(
          new Inventory.Chip(
                  Reported.of("NVIDIA H100 80GB HBM3"),
                  List.of(new Alias(Alias.Kind.PDI, "0x%016x".formatted(i))),
                  Inventory.Seat.UNTOLD,
                  Reported.Absent.MISSING,
                  Reported.Absent.MISSING)
              .metered(i == 1 ? meter : null));
    }
    return new Inventory(
        Inventory.Source.NVML, null, null, Reported.of("580.1"), new TreeMap<>(), chips, List.of());
  }

  /** Says an inventory now. */
  private JsonNode say(ObjectNode inventory) {
    Instant now = desk.clock.instant();
    SignedStatement signed =
        Signers.sign(
            host.key(),
            chain,
            HostWord.Inventory.TYPE,
            now,
            new HostWord.Inventory(host.certificate(), now, inventory).content());
    JsonNode answer = desk.state(signed.envelope().octets()).getFirst();
    if (answer.has("index")) {
      chain = signed.next();
    }
    return answer;
  }

  private List<String> found(String kind) {
    return desk.get("/api/v1/findings?kind=" + kind).each("sentence");
  }

  @Test
  void a_counter_that_stands_still_under_load_is_found_and_shown_as_the_hosts_word() {
    for (double watts : new double[] {300, 310.5}) {
      assertThat(found("telemetry-impossible")).isEmpty();
      desk.clock.pass(Duration.ofHours(1));
      assertThat(say(InventoryJson.write(inventory(new Meter(watts, 5_000_000L)))).has("index"))
          .isTrue();
    }
    assertThat(found("telemetry-impossible"))
        .containsExactly("What the meters of " + CHIP + " say cannot be (replayed).");
    JsonNode told = desk.get("/api/v1/chips/" + CHIP).json().get("identities").get(0).get("told");
    assertThat(told.get("watts").asDouble()).isEqualTo(310.5);
    assertThat(told.get("millijoules").asLong()).isEqualTo(5_000_000);
    assertThat(told.get("source").asString()).isEqualTo("nvml");
  }

  @Test
  void a_site_that_declares_less_than_its_chips_draw_with_nothing_to_do_is_found()
      throws InterruptedException {
    desk.clock.pass(Duration.ofHours(23));
    var _ = say(InventoryJson.write(inventory(new Meter(70.0, null))));
    desk.clock.pass(Duration.ofHours(2));
    desk.server.passTime();
    assertThat(found("power-too-small"))
        .containsExactly("Site hall declares 0.2 kW, too little for the 8 chips there.");
  }

  @Test
  void a_meter_that_cannot_be_is_refused_at_the_door() {
    ObjectNode good = InventoryJson.write(inventory(new Meter(300.0, null)));
    ArrayNode chips = (ArrayNode) good.get("chips").orElseThrow();
    TreeMap<String, JsonTree> chip =
        new TreeMap<>(((ObjectNode) chips.items().getFirst()).members());
    chip.put("meter", ObjectNode.of(Map.of("watts", new NumberNode(-1))));
    TreeMap<String, JsonTree> members = new TreeMap<>(good.members());
    members.put("chips", new ArrayNode(List.of(ObjectNode.of(chip))));
    JsonNode problem = say(ObjectNode.of(members)).get("problem");
    assertThat(problem.get("code").asString()).isEqualTo(ErrorCode.MALFORMED_INVENTORY.code());
    assertThat(problem.get("field").asString()).isEqualTo("/chips/0/meter");
  }

  @Test
  void a_server_whose_views_know_a_site_that_the_watch_does_not_says_that_it_is_behind() {
    assertThat(desk.server.watchIsBehind()).isFalse();
    Path data = folder.resolve("server");
    desk.close();
    try (Views views = Views.open(data)) {
      views.writer().execute("DELETE FROM watch");
    }
    desk = Desk.in(data);
    assertThat(desk.server.watchIsBehind()).isTrue();
    desk.close();
    long entries = HoldfastServer.rebuild(Desk.settings(data), desk.clock, new SecureRandom());
    assertThat(entries).isPositive();
    desk = Desk.in(data);
    assertThat(desk.server.watchIsBehind()).isFalse();
  }
}
