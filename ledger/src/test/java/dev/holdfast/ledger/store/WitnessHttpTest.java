package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.NoteSignature;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.WitnessRequest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A witness and its client over real sockets. */
final class WitnessHttpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final SigningKey LOG = TestLogs.KEY;
  private static final List<SigningKey> SIGNERS =
      List.of(
          TestLogs.key("witness.example/w", KeyAlgorithm.ED25519_COSIGNATURE),
          TestLogs.key("witness.example/w", KeyAlgorithm.MLDSA44_COSIGNATURE));
  private static final TestHistory HISTORY = TestHistory.of(LOG, 40);
  private static final TestHistory FORK = TestHistory.forked(LOG, 3, 40, "'");
  private static final String HASH = CosignedFiles.originHash(LOG.key().name());

  private final Witness witness = open();
  private final LedgerServer server =
      LedgerServer.start(
          0, Map.of("/w/", new WitnessHandler("/w/", new WitnessResources(witness))));
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpWitnessClient client =
      HttpWitnessClient.at(server.uri().resolve("w"), PATIENCE);

  private static Witness open() {
    try {
      return Witness.open(
          new SimulatedDisk(),
          Path.of("/witness"),
          SIGNERS,
          List.of(LOG.key()),
          TestLogs.CLOCK,
          null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  private HttpResponse<String> send(String method, String path, byte[] body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(server.uri().resolve("w/" + path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> add(byte[] body) throws IOException, InterruptedException {
    return send("POST", "add-checkpoint", body);
  }

  private static String type(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  @Test
  void each_answer_has_its_status_and_its_media_type() throws Exception {
    HttpResponse<String> cosigned = add(HISTORY.body(0, 7));
    assertThat(cosigned.statusCode()).isEqualTo(200);
    assertThat(NoteSignature.parseAll(cosigned.body().getBytes(UTF_8))).hasSize(2);

    HttpResponse<String> conflict = add(HISTORY.body(0, 9));
    assertThat(conflict.statusCode()).isEqualTo(409);
    assertThat(type(conflict)).isEqualTo("text/x.tlog.size");
    assertThat(conflict.body()).isEqualTo("7\n");

    assertThat(add(new byte[9]).statusCode()).isEqualTo(400);
    assertThat(add(FORK.body(7, 9)).statusCode()).isEqualTo(422);
    SigningKey stranger = TestLogs.key("stranger.example", KeyAlgorithm.ED25519_NOTE);
    assertThat(add(TestHistory.of(stranger, 3).body(0, 3)).statusCode()).isEqualTo(404);
    SigningKey impostor = TestLogs.key(LOG.key().name(), KeyAlgorithm.ED25519_NOTE);
    HttpResponse<String> forbidden = add(TestHistory.of(impostor, 40).body(7, 9));
    assertThat(forbidden.statusCode()).isEqualTo(403);
    assertThat(type(forbidden)).isEqualTo("text/plain; charset=utf-8");
    assertThat(forbidden.body()).startsWith("HF-3022 ").endsWith("\n");
  }

  @Test
  void a_monitor_finds_the_latest_checkpoint_by_the_hash_of_the_origin() throws Exception {
    String path = HASH + "/checkpoint";
    assertThat(send("GET", path, new byte[0]).statusCode()).isEqualTo(404);

    assertThat(add(HISTORY.body(0, 7)).statusCode()).isEqualTo(200);

    HttpResponse<String> response = send("GET", path, new byte[0]);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(type(response)).isEqualTo("text/plain; charset=utf-8");
    assertThat(SignedCheckpoint.parse(response.body().getBytes(UTF_8)))
        .isEqualTo(witness.latest(HASH).orElseThrow());
    assertThat(send("HEAD", path, new byte[0]).body()).isEmpty();
    for (String other :
        List.of(
            HASH,
            HASH + "/",
            HASH + "/checkpoint/",
            HASH.toUpperCase(java.util.Locale.ROOT) + "/checkpoint",
            "/checkpoint",
            "checkpoint",
            "../witness.lock",
            "")) {
      assertThat(send("GET", other, new byte[0]).statusCode()).as(other).isEqualTo(404);
    }
  }

  @Test
  void other_methods_are_refused_by_name() throws Exception {
    HttpResponse<String> get = send("GET", "add-checkpoint", new byte[0]);
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("Allow")).contains("POST");
    HttpResponse<String> post = send("POST", HASH + "/checkpoint", new byte[0]);
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void a_body_larger_than_any_request_is_refused_and_not_read_to_its_end() throws Exception {
    try {
      assertThat(add(new byte[WitnessRequest.LARGEST + 1]).statusCode()).isEqualTo(400);
      assertThat(add(new byte[8 << 20]).statusCode()).isEqualTo(400);
    } catch (IOException e) {
      // The connection may be cut while the client still sends: it was not read to its end.
      assertThat(add(HISTORY.body(0, 7)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void the_client_gives_each_answer_as_what_it_is() {
    assertThat(client.ask(HISTORY.request(0, 7)))
        .isEqualTo(
            new WitnessClient.Answer.Cosigned(ownSignatures(witness.latest(HASH).orElseThrow())));
    assertThat(client.ask(HISTORY.request(0, 9))).isEqualTo(new WitnessClient.Answer.OtherSize(7));
    assertThat(client.ask(FORK.request(7, 9)))
        .isInstanceOfSatisfying(
            WitnessClient.Answer.Failed.class,
            failed ->
                assertThat(failed.reason()).contains("/w/add-checkpoint: status 422", "HF-3024"));
  }

  private static List<NoteSignature> ownSignatures(SignedCheckpoint signed) {
    return signed.note().signatures().stream()
        .filter(signature -> signature.name().equals("witness.example/w"))
        .toList();
  }

  @Test
  void a_witness_that_is_gone_is_a_failure_that_names_it_and_not_an_exception() {
    server.close();
    assertThat(client.ask(HISTORY.request(0, 7)))
        .isInstanceOfSatisfying(
            WitnessClient.Answer.Failed.class,
            failed -> assertThat(failed.reason()).contains("/w/add-checkpoint"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK\r\nContent-Length: 0|",
        "200 OK\r\nContent-Length: 9|nonsense\n",
        "409 No\r\nContent-Length: 2|7\n",
        "409 No\r\nContent-Type: text/plain\r\nContent-Length: 2|7\n",
        "409 No\r\nContent-Type: text/x.tlog.size\r\nContent-Length: 1|7",
        "409 No\r\nContent-Type: text/x.tlog.size\r\nContent-Length: 3|07\n",
        "409 No\r\nContent-Type: text/x.tlog.size\r\nContent-Length: 3|-7\n",
        "409 No\r\nContent-Type: text/x.tlog.size\r\nContent-Length: 3|7\n\n",
        "409 No\r\nContent-Type: text/x.tlog.size\r\nContent-Length: 20|9223372036854775808\n",
        "302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0|",
        "500 Oh\r\nContent-Length: 3|no\n",
        "200 OK\r\nContent-Length: 500|cut off"
      })
  void an_answer_that_is_none_is_a_failure(String answer) throws IOException {
    String[] parts = answer.split("\\|", 2);
    try (HostileServer hostile = HostileServer.sending(parts[0], parts[1].getBytes(UTF_8))) {
      assertThat(HttpWitnessClient.at(hostile.uri(), PATIENCE).ask(HISTORY.request(0, 7)))
          .isInstanceOfSatisfying(
              WitnessClient.Answer.Failed.class,
              failed ->
                  assertThat(failed.reason())
                      .contains(hostile.uri() + "add-checkpoint")
                      .hasSizeLessThan(400));
    }
  }

  @Test
  void a_size_with_a_parameter_in_its_media_type_is_still_one() throws IOException {
    try (HostileServer hostile =
        HostileServer.sending(
            "409 No\r\nContent-Type: Text/X.tlog.size; charset=utf-8\r\nContent-Length: 2",
            "7\n".getBytes(UTF_8))) {
      assertThat(HttpWitnessClient.at(hostile.uri(), PATIENCE).ask(HISTORY.request(0, 9)))
          .isEqualTo(new WitnessClient.Answer.OtherSize(7));
    }
  }

  @Test
  void an_answer_without_end_is_not_taken() throws IOException {
    try (HostileServer hostile =
        new HostileServer(out -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
          while (true) {
            out.write(new byte[1 << 16]);
          }
        })) {
      assertThat(HttpWitnessClient.at(hostile.uri(), PATIENCE).ask(HISTORY.request(0, 7)))
          .isInstanceOf(WitnessClient.Answer.Failed.class);
    }
  }

  @Test
  void witnesses_of_a_policy_are_reached_where_they_have_an_address() {
    Policy policy =
        new Policy(
            List.of(new Policy.LogKey(LOG.key(), null)),
            List.of(
                new Policy.Witness("here", SIGNERS.get(0).key(), server.uri() + "w"),
                new Policy.Witness("nowhere", SIGNERS.get(1).key(), null)),
            List.of(),
            "here");
    Witnesses witnesses = Witnesses.reach(policy, PATIENCE);

    assertThat(witnesses.clients()).containsOnlyKeys("here");
    assertThat(witnesses.clients().values().iterator().next().ask(HISTORY.request(0, 7)))
        .isInstanceOf(WitnessClient.Answer.Cosigned.class);
  }

  @Test
  void an_address_that_is_none_is_refused_with_the_witness_that_has_it() {
    Policy policy =
        new Policy(
            List.of(),
            List.of(new Policy.Witness("lost", SIGNERS.get(0).key(), "file:///etc/passwd")),
            List.of(),
            "lost");
    assertThatThrownBy(() -> Witnesses.reach(policy, PATIENCE))
        .isInstanceOf(CodedException.class)
        .hasMessageContaining("url of witness lost")
        .extracting(e -> ((CodedException) e).problem().code())
        .isEqualTo(ErrorCode.MALFORMED_POLICY);
  }
}
