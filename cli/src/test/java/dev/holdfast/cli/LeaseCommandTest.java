package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.model.TargetId;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.Ear;
import dev.holdfast.trust.EarProfile;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.JsonWebKeySet;
import dev.holdfast.trust.Lease;
import dev.holdfast.trust.LeaseMaker;
import dev.holdfast.trust.PossessionCheck;
import dev.holdfast.trust.PossessionVerifier;
import dev.holdfast.trust.store.HeldKey;
import dev.holdfast.trust.store.LeaseClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases as a host, a prolog and a server pass them on. */
final class LeaseCommandTest {
  private static final String AUDIENCE = "slurm.example";
  private static final String NONCE = "931d8dd0add203ac";

  @TempDir private Path folder = Path.of("");
  private LedgerDesk desk = new LedgerDesk(folder);
  private String vkey = "";
  private final HeldKey issuer = HeldKey.generate(new SecureRandom());
  private final HeldKey host = HeldKey.generate(new SecureRandom());

  @BeforeEach
  void files() {
    desk = new LedgerDesk(folder);
    host.write(desk.path("host.key"));
    vkey = desk.init();
    desk.append("entry\n");
    keys(issuer);
    lease(Instant.now(), Duration.ofMinutes(50), false);
  }

  private void keys(HeldKey... signers) {
    desk.file("keys.json", set(signers));
  }

  private static byte[] set(HeldKey... signers) {
    return CanonicalJson.octets(
        JsonWebKeySet.write(List.of(signers).stream().map(HeldKey::publicKey).toList()));
  }

  private String lease(Instant from, Duration length, boolean simulated) {
    Instant issued = from.truncatedTo(ChronoUnit.SECONDS);
    String text =
        new LeaseMaker(issuer.signing(), EarProfile.DEFAULT, new Ear.Verifier("Holdfast", "test"))
            .make(
                new Lease(
                    "lease-1",
                    new TargetId("rack-7"),
                    host.publicKey(),
                    new TreeSet<>(Set.of("chip-0")),
                    "hall",
                    new TreeSet<>(Set.of("L-1")),
                    AUDIENCE,
                    issued,
                    issued.plus(length),
                    new String(desk.octets("log/checkpoint"), UTF_8),
                    simulated));
    desk.file("rack.lease", text + "\n");
    return text;
  }

  private Desk.Result check(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("lease", "check", "--lease", desk.at("rack.lease"), "--audience", AUDIENCE));
    if (!List.of(more).contains("--url")) {
      arguments.addAll(List.of("--jwks", desk.at("keys.json")));
    }
    if (!List.of(more).contains("--key") && !List.of(more).contains("--proof")) {
      arguments.addAll(List.of("--key", desk.at("host.key")));
    }
    arguments.addAll(List.of(more));
    return desk.run(arguments.toArray(String[]::new));
  }

  private static void refused(Desk.Result result, String why) {
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("No work may start", why);
  }

  @Test
  void a_host_with_its_key_and_a_lease_may_start() {
    Desk.Result result = check();
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .contains("rack-7 may start: at site hall, 1 chips, licences L-1, until 20")
        .contains("Not checked: who signed the checkpoint");
    assertThat(check("--output", "json").out())
        .startsWith("{\"result\":\"MAY_START\",\"lease\":{\"id\":\"lease-1\",\"host\":\"rack-7\"");
    assertThat(check("--host", "rack-7").status()).isZero();
    refused(check("--host", "rack-8"), "The lease is about host rack-7, not rack-8.");
    assertThat(check("--language", "ja", "--host", "rack-8").out()).contains("ホスト");
  }

  @Test
  void a_lease_in_other_hands_for_others_or_out_of_time_starts_nothing() {
    HeldKey thief = HeldKey.generate(new SecureRandom());
    thief.write(desk.path("thief.key"));
    refused(check("--key", desk.at("thief.key")), "not by the lease’s key");
    Desk.Result other =
        desk.run(
            "lease",
            "check",
            "--lease",
            desk.at("rack.lease"),
            "--audience",
            "k8s.example",
            "--jwks",
            desk.at("keys.json"),
            "--key",
            desk.at("host.key"),
            "--output",
            "json");
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.out())
        .isEqualToIgnoringNewLines(
            "{\"result\":\"MAY_NOT_START\",\"lease\":null,\"reasons\":[\"The lease is for"
                + " slurm.example, not for k8s.example.\"]}");
    lease(Instant.now().minusSeconds(3700), Duration.ofHours(1), false);
    refused(check(), "expired");
    assertThat(check("--skew", "300").status()).isZero();
    lease(Instant.now().plusSeconds(200), Duration.ofMinutes(5), false);
    refused(check(), "issued at");
    assertThat(check("--skew", "301").status()).isEqualTo(2);
    lease(Instant.now(), Duration.ofMinutes(5), true);
    refused(check(), "simulation");
    assertThat(check("--simulated").status()).isZero();
  }

  @Test
  void keys_change_while_the_set_holds_both() {
    HeldKey next = HeldKey.generate(new SecureRandom());
    keys(next, issuer);
    assertThat(check().status()).isZero();
    keys(next);
    refused(check(), "No trusted key has the id");
  }

  @Test
  void a_host_proves_itself_to_somebody_elsewhere_by_a_nonce() {
    String proof =
        desk.ok(
            "lease",
            "prove",
            "--lease",
            desk.at("rack.lease"),
            "--audience",
            AUDIENCE,
            "--nonce",
            NONCE,
            "--key",
            desk.at("host.key"));
    desk.file("proof", proof);
    assertThat(check("--proof", desk.at("proof"), "--nonce", NONCE).status()).isZero();
    refused(
        check("--proof", desk.at("proof"), "--nonce", "another nonce"), "The proof answers the");
    lease(Instant.now(), Duration.ofMinutes(5), false);
    refused(check("--proof", desk.at("proof"), "--nonce", NONCE), "something else");
    assertThat(check("--proof", desk.file("proof", "x"), "--nonce", NONCE).status()).isEqualTo(2);
    assertThat(check("--proof", desk.at("proof")).status()).isEqualTo(2);
    assertThat(check("--proof", desk.at("proof"), "--nonce", "short").status()).isEqualTo(2);
  }

  @Test
  void a_cited_checkpoint_satisfies_the_policy_or_nothing_starts() {
    String other =
        desk.ok("ledger", "init", desk.at("other"), "--origin", "o", "--key", desk.at("o.key"));
    assertThat(check("--policy", desk.file("own", "log " + vkey + "\nquorum none\n")).status())
        .isZero();
    refused(
        check("--policy", desk.file("foreign", "log " + other + "\nquorum none\n")),
        "does not satisfy the policy");
  }

  @Test
  void bad_input_is_no_answer() {
    desk.file("rack.lease", "x");
    assertThat(check().status()).isEqualTo(2);
    desk.file("rack.lease", "a.".repeat(200_000));
    assertThat(check().status()).isEqualTo(2);
    lease(Instant.now(), Duration.ofMinutes(5), false);
    desk.file("keys.json", "{}");
    assertThat(check().status()).isEqualTo(2);
    assertThat(check("--key", desk.at("none.key")).status()).isEqualTo(2);
    assertThat(check("--url", "http://127.0.0.1:1/").status()).isEqualTo(3);
    assertThat(check("--url", "file:///keys").status()).isEqualTo(2);
  }

  @Test
  void a_lease_is_asked_for_with_the_hosts_certificate_and_checked_by_the_servers_keys()
      throws Exception {
    String answer = lease(Instant.now(), Duration.ofMinutes(5), false);
    certificate();
    try (Answering server = new Answering(set(issuer))) {
      server.answer = "{\"lease\":\"" + answer + "\"}";
      assertThat(get(server)).extracting(Desk.Result::status).isEqualTo(0);
      assertThat(Files.readString(desk.path("got.lease"))).isEqualTo(answer + "\n");
      requested(server.asked);
      assertThat(server.bearer).isEqualTo("Bearer hf_agent");
      assertThat(check("--url", server.url()).status()).isZero();
      server.status = 403;
      server.answer =
          "{\"code\":\"HF-6104\",\"reasons\":[{\"code\":\"reason.no-lease-undeclared\","
              + "\"arguments\":[\"rack-7\"]},{\"code\":\"reason.new\",\"arguments\":[\"x\"]}]}";
      Desk.Result refused = get(server);
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.out())
          .contains("No lease:", "Host rack-7 is not declared to be at any site.", "reason.new x");
      server.status = 500;
      server.answer = "{\"code\":\"HF-9001\"}";
      assertThat(get(server).status()).isEqualTo(3);
      assertThat(Files.readString(desk.path("got.lease"))).isEqualTo(answer + "\n");
    }
  }

  @Test
  void an_administrator_has_the_key_of_leases_changed() throws Exception {
    OwnersFiles.create(desk.path("admin.token"), "hf_admin\n".getBytes(UTF_8));
    try (Answering server = new Answering(set(issuer))) {
      server.answer = "{\"key\":\"ab12\"}";
      Desk.Result changed = rotate(server, "text");
      assertThat(changed.status()).isZero();
      assertThat(changed.out()).contains("leases are signed with key ab12 from now on");
      assertThat(server.bearer).isEqualTo("Bearer hf_admin");
      assertThat(rotate(server, "json").out().strip()).isEqualTo("{\"key\":\"ab12\"}");
      server.status = 403;
      server.answer = "{\"code\":\"HF-6104\",\"detail\":\"for admins\"}";
      Desk.Result refused = rotate(server, "text");
      assertThat(refused.status()).isEqualTo(3);
      assertThat(refused.err()).contains("HF-6104 for admins").doesNotContain("hf_admin");
    }
  }

  private Desk.Result rotate(Answering server, String form) {
    return desk.run(
        "lease",
        "rotate",
        "--url",
        server.url(),
        "--token-file",
        desk.at("admin.token"),
        "--output",
        form);
  }

  private Desk.Result get(Answering server) {
    return desk.run(
        "lease",
        "get",
        "--url",
        server.url(),
        "--audience",
        AUDIENCE,
        "--key",
        desk.at("own.key"),
        "--certificate",
        desk.at("own.pem"),
        "--token-file",
        desk.at("agent.token"),
        "--out",
        desk.at("got.lease"));
  }

  private void certificate() {
    OwnersFiles.create(desk.path("agent.token"), "hf_agent\n".getBytes(UTF_8));
    desk.ok("authority", "init", desk.at("ca"), "--name", "ca");
    desk.ok(
        "authority",
        "enrol",
        desk.at("ca"),
        "--role",
        "host",
        "--name",
        "rack-7",
        "--out",
        desk.at("own"));
  }

  /** What was asked is signed by the key that the certificate names. */
  private static void requested(byte[] body) {
    JsonFields asked = JsonFields.read(body, "request", 1 << 16, ErrorCode.MALFORMED_REQUEST);
    IdentityCertificate certificate =
        IdentityCertificate.parse(Base64.getDecoder().decode(asked.text("certificate")), "request");
    assertThat(asked.text("audience")).isEqualTo(AUDIENCE);
    assertThat(
            new PossessionVerifier(Duration.ZERO)
                .check(
                    asked.text("proof"),
                    "request",
                    certificate.key(),
                    LeaseClient.request(certificate, AUDIENCE, Instant.now())))
        .isInstanceOf(PossessionCheck.Good.class);
  }

  /** A server that answers what the test says. */
  private static final class Answering implements AutoCloseable {
    private final HttpServer server;
    private final byte[] keys;
    private volatile int status = 200;
    private volatile String answer = "";
    private volatile byte[] asked = {};
    private volatile String bearer = "";

    Answering(byte[] keys) throws IOException {
      this.keys = keys;
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/.well-known/jwks.json", exchange -> send(exchange, 200, this.keys));
      server.createContext(
          "/api/v1/leases",
          exchange -> {
            asked = exchange.getRequestBody().readAllBytes();
            bearer = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            send(exchange, status, answer.getBytes(UTF_8));
          });
      server.start();
    }

    private static void send(HttpExchange exchange, int status, byte[] octets) throws IOException {
      try (exchange) {
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
      }
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
