package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.detect.LeaseDecision;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.EarProfile;
import dev.holdfast.trust.JsonWebKeySet;
import dev.holdfast.trust.Lease;
import dev.holdfast.trust.LeaseCheck;
import dev.holdfast.trust.LeaseVerifier;
import dev.holdfast.trust.store.HeldIdentity;
import dev.holdfast.trust.store.HeldKey;
import dev.holdfast.trust.store.LeaseAnswer;
import dev.holdfast.trust.store.LeaseClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Hosts ask for leases. */
final class LeasesTest {
  private static final String AUDIENCE = "slurm.example";

  @TempDir private Path folder;
  private final List<LeaseStatement> kept = new ArrayList<>();

  private static String body(HeldIdentity host, HeldKey signer, String audience, Instant at) {
    return "{\"audience\":\""
        + AUDIENCE
        + "\",\"certificate\":\""
        + Base64.getEncoder().encodeToString(host.certificate().der())
        + "\",\"proof\":\""
        + LeaseClient.request(host.certificate(), audience, at).sign(signer.signing())
        + "\"}";
  }

  @Test
  void a_host_proves_its_certified_key_and_is_told_all_that_is_missing() {
    try (Desk desk = Desk.in(folder.resolve("server"));
        Signers signers = new Signers(folder.resolve("authority"))) {
      HeldIdentity host = signers.host("rack-7");
      Answer strange = desk.post("/api/v1/leases", body(host, host.key(), AUDIENCE, Desk.NOON));
      strange.requireProblem(400, ErrorCode.CERTIFICATE_REFUSED);
      desk.declare(signers.declaration());
      requireReason(desk, body(host, host.key(), AUDIENCE, Desk.NOON), "no-lease-undeclared");
      desk.declare(
          "{'sites':[{'id':'hall','name':'Hall','operator':'north','destination':'JP',"
              + "'latitude':34.7,'longitude':135.5,'radiusKm':5}],"
              + "'hosts':[{'id':'rack-7','site':'hall'}]}");
      Answer refused =
          requireReason(desk, body(host, host.key(), AUDIENCE, Desk.NOON), "no-lease-rounds-none");
      assertThat(refused.json().get("reasons")).hasSize(2);
      assertThat(refused.text()).contains("No chip is known in host rack-7.");
      HeldKey thief = HeldKey.generate(new SecureRandom());
      requireReason(desk, body(host, thief, AUDIENCE, Desk.NOON), "possession-key");
      requireReason(desk, body(host, host.key(), "other", Desk.NOON), "possession-audience");
      requireReason(
          desk,
          body(host, host.key(), AUDIENCE, Desk.NOON.minus(Duration.ofMinutes(4))),
          "possession-old");
      HeldIdentity landmark = signers.landmark("fra");
      desk.post("/api/v1/leases", body(landmark, landmark.key(), AUDIENCE, Desk.NOON))
          .requireProblem(400, ErrorCode.CERTIFICATE_REFUSED);
      desk.post("/api/v1/leases", "{}").requireProblem(400, ErrorCode.BAD_PARAMETER);
    }
  }

  @Test
  void what_was_answered_stands_in_the_ledger_is_listed_and_outlives_the_views() throws Exception {
    Path data = folder.resolve("server");
    String before;
    try (Desk desk = Desk.in(data);
        Signers signers = new Signers(folder.resolve("authority"))) {
      HeldIdentity host = signers.host("rack-7");
      desk.declare(signers.declaration());
      desk.declare(
          "{'sites':[{'id':'hall','name':'Hall','operator':'north','destination':'JP',"
              + "'latitude':34.7,'longitude':135.5,'radiusKm':5,'simulated':true}],"
              + "'hosts':[{'id':'rack-7','site':'hall'}]}");
      HeldKey thief = HeldKey.generate(new SecureRandom());
      requireReason(desk, body(host, thief, AUDIENCE, Desk.NOON), "possession-key");
      assertThat(listed(desk, 0).text()).doesNotContain("rack-7");
      requireReason(desk, body(host, host.key(), AUDIENCE, Desk.NOON), "no-lease-rounds-none");
      JsonNode kept = listed(desk, 1).items().getFirst();
      assertThat(kept.get("outcome").asString()).isEqualTo("refused");
      assertThat(kept.get("site").asString()).isEqualTo("hall");
      assertThat(kept.get("audience").asString()).isEqualTo(AUDIENCE);
      assertThat(kept.get("simulated").asBoolean()).isTrue();
      assertThat(kept.get("reasons")).hasSize(2);
      // The same again soon is not kept again; later it is.
      requireReason(desk, body(host, host.key(), AUDIENCE, Desk.NOON), "no-lease-rounds-none");
      assertThat(listed(desk, 1).items()).hasSize(1);
      desk.clock.pass(LeaseBook.SAME.plusSeconds(1));
      desk.server.passTime();
      Instant later = desk.clock.instant();
      requireReason(desk, body(host, host.key(), AUDIENCE, later), "no-lease-rounds-none");
      before = listed(desk, 2).text();
      assertThat(desk.get("/api/v1/leases?outcome=granted").items()).isEmpty();
      assertThat(desk.get("/api/v1/leases?host=rack-7&site=hall&limit=1").items()).hasSize(1);
      assertThat(desk.get("/api/v1/sites/hall").json().get("refusedHosts").asInt()).isEqualTo(1);
      Answer chinese = desk.get("/api/v1/leases", "Accept-Language", "zh");
      assertThat(chinese.text()).contains("租约").doesNotContain("{0}");
    }
    long entries = HoldfastServer.rebuild(Desk.settings(data), () -> Desk.NOON, new SecureRandom());
    assertThat(entries).isGreaterThan(4);
    try (Desk desk = Desk.in(data)) {
      assertThat(desk.get("/api/v1/leases").text()).isEqualTo(before);
    }
  }

  /** The list, once it has so many. */
  private static Answer listed(Desk desk, int count) throws InterruptedException {
    Answer answer = desk.get("/api/v1/leases");
    for (int i = 0; i < 200 && answer.items().size() < count; i++) {
      Thread.sleep(20);
      answer = desk.get("/api/v1/leases");
    }
    assertThat(answer.items()).hasSize(count);
    return answer;
  }

  private static Answer requireReason(Desk desk, String body, String code) {
    Answer answer = desk.post("/api/v1/leases", body);
    answer.requireProblem(403, ErrorCode.NOT_ALLOWED);
    assertThat(answer.json().get("reasons").get(0).get("code").asString())
        .isEqualTo("reason." + code);
    return answer;
  }

  @Test
  void keys_of_results_check_leases_too() {
    try (Desk desk = Desk.in(folder.resolve("server"))) {
      byte[] set = desk.getAs("", "/.well-known/jwks.json").response().body();
      assertThat(JsonWebKeySet.read(set, "set").apply(desk.server.ownKey().id()))
          .contains(desk.server.ownKey());
      try (LeaseClient client = new LeaseClient(desk.uri("/"))) {
        assertThat(client.keys()).isEqualTo(JsonWebKeySet.read(set, "set"));
      }
    }
  }

  @Test
  void what_is_granted_is_a_lease_that_checks_and_ends_with_what_it_rests_on() {
    HeldKey issuer = HeldKey.generate(new SecureRandom());
    try (Signers signers = new Signers(folder.resolve("authority"))) {
      HeldIdentity host = signers.host("rack-7");
      String key = host.key().publicKey().id().hex();
      Lease lease = granted(issuer, signers, host, key, Desk.NOON.plusSeconds(600));
      assertThat(lease.key()).isEqualTo(host.key().publicKey());
      assertThat(lease.host().value()).isEqualTo("rack-7");
      assertThat(lease.expires()).isEqualTo(Desk.NOON.plusSeconds(600));
      assertThat(lease.simulated()).isFalse();
      assertThat(kept.getLast().answer())
          .isEqualTo(
              new LeaseStatement.Granted(
                  lease.id(), lease.chips(), lease.licences(), lease.expires()));
      assertThat(granted(issuer, signers, host, key, Desk.NOON.plusSeconds(90_000)).expires())
          .isEqualTo(Desk.NOON.plusSeconds(3600));
      assertThat(answer(issuer, signers, host, "0".repeat(64), Desk.NOON.plusSeconds(600)))
          .isInstanceOfSatisfying(
              LeaseAnswer.Refused.class,
              refused ->
                  assertThat(refused.reasons().getFirst().code())
                      .isEqualTo("reason.no-lease-other-key"));
      assertThat(answer(issuer, signers, host, key, Desk.NOON.plusMillis(500)))
          .isInstanceOfSatisfying(
              LeaseAnswer.Refused.class,
              refused ->
                  assertThat(refused.reasons().getFirst().code())
                      .isEqualTo("reason.no-lease-over"));
      assertThat(kept)
          .extracting(LeaseStatement::outcome)
          .containsExactly("granted", "granted", "refused", "refused");
    }
  }

  private Lease granted(
      HeldKey issuer, Signers signers, HeldIdentity host, String key, Instant until) {
    String text = ((LeaseAnswer.Granted) answer(issuer, signers, host, key, until)).lease();
    LeaseCheck check =
        new LeaseVerifier(
                JsonWebKeySet.read(
                    CanonicalJson.octets(JsonWebKeySet.write(List.of(issuer.publicKey()))), "set"),
                EarProfile.DEFAULT,
                Duration.ZERO)
            .check(text, "lease", AUDIENCE, Desk.NOON);
    assertThat(check).isInstanceOf(LeaseCheck.Good.class);
    return ((LeaseCheck.Good) check).lease();
  }

  private LeaseAnswer answer(
      HeldKey issuer, Signers signers, HeldIdentity host, String key, Instant until) {
    LeaseDecision decision =
        new LeaseDecision.Granted(
            "hall",
            key,
            new TreeSet<>(Set.of("chip-0")),
            new TreeSet<>(Set.of("L-1")),
            until,
            false);
    LeaseDesk desk =
        new LeaseDesk(
            (certificate, role, at) -> signers.check(certificate),
            (asked, now) -> decision,
            () -> "log.example\n1\nAAAA\n\n\u2014 log.example AAAA\n",
            issuer::signing,
            () -> Desk.NOON,
            new SecureRandom(),
            kept::add);
    return desk.answer(
        JsonFields.read(
            body(host, host.key(), AUDIENCE, Desk.NOON).getBytes(UTF_8),
            "body",
            1 << 16,
            ErrorCode.BAD_PARAMETER),
        "agent");
  }
}
