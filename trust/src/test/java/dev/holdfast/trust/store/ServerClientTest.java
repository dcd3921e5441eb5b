package dev.holdfast.trust.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.model.SourceId;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.SignedStatement;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.StatementType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ServerClientTest {
  private static final List<Envelope> STATEMENTS = statements();

  private final List<Duration> waits = new ArrayList<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<byte[]> bodies = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Reply> replies = new ArrayDeque<>();
  private HttpServer server;
  private ServerClient client;

  private record Reply(int status, String retryAfter, String body) {}

  private static List<Envelope> statements() {
    StatementSigner signer = new StatementSigner(HeldKey.generate(new SecureRandom()).signing());
    List<Envelope> said = new ArrayList<>();
    Chain chain = Chain.beginning(new SourceId("landmark:fra-1"));
    try {
      for (int i = 0; i < 3; i++) {
        SignedStatement next =
            signer.sign(
                chain,
                StatementType.ofHoldfast("test", 1),
                Instant.parse("2026-03-01T12:00:00Z"),
                new Content.Inline(ObjectNode.of(Map.of("number", new NumberNode(i)))),
                (name, octets) -> {
                  throw new IOException("too large");
                });
        said.add(next.envelope());
        chain = next.next();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return said;
  }

  @BeforeEach
  void begin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client = client(new Patience(Duration.ofSeconds(20), 3, Duration.ofSeconds(30)));
  }

  private ServerClient client(Patience patience) {
    return new ServerClient(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        "secret-token",
        patience,
        waits::add);
  }

  @AfterEach
  void end() {
    client.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("Content-Type")
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization"));
    bodies.add(exchange.getRequestBody().readAllBytes());
    Reply reply = replies.isEmpty() ? new Reply(200, "", "{\"items\":[]}") : replies.pop();
    if (!reply.retryAfter().isEmpty()) {
      exchange.getResponseHeaders().add("Retry-After", reply.retryAfter());
    }
    byte[] body = reply.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void replies(int status, String retryAfter, String body) {
    replies.add(new Reply(status, retryAfter, body));
  }

  private static String items(String each) {
    return "{\"items\":[" + String.join(",", Collections.nCopies(STATEMENTS.size(), each)) + "]}";
  }

  private void fails(ErrorCode code, String message, Runnable call) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(call::run)
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret-token"));
  }

  @Test
  void statements_go_out_one_a_line_with_the_token_and_each_is_answered() {
    replies(200, "", items("{\"index\":7,\"repeated\":true}"));
    assertThat(client.state(STATEMENTS))
        .hasSize(STATEMENTS.size())
        .containsOnly(new StatementAnswer.Taken(7, true));
    assertThat(requests)
        .containsExactly("POST /api/v1/statements application/x-ndjson Bearer secret-token");
    String[] lines = new String(bodies.getFirst(), UTF_8).split("\n", -1);
    assertThat(lines).hasSize(STATEMENTS.size() + 1);
    assertThat(Envelope.parse(lines[0].getBytes(UTF_8), "line")).isEqualTo(STATEMENTS.getFirst());
  }

  @Test
  void more_statements_than_one_request_takes_go_in_several() {
    List<Envelope> many = Collections.nCopies(2001, STATEMENTS.getFirst());
    int first = 1000;
    replies(200, "", ofSize(first));
    replies(200, "", ofSize(first));
    replies(200, "", ofSize(1));
    assertThat(client.state(many)).hasSize(2001);
    assertThat(bodies).hasSize(3).allMatch(body -> body.length <= ServerClient.LONGEST_REQUEST);
  }

  private static String ofSize(int size) {
    return "{\"items\":[" + String.join(",", Collections.nCopies(size, "{\"index\":1}")) + "]}";
  }

  @Test
  void octets_are_put_under_their_hash() {
    byte[] octets = {1, 2, 3};
    replies(201, "", "");
    client.keep(Sha256.of(octets), octets);
    assertThat(requests.getFirst()).startsWith("PUT /api/v1/blobs/" + Sha256.of(octets).hex());
    assertThat(bodies.getFirst()).isEqualTo(octets);
  }

  @Test
  void a_fleet_is_declared_as_json() {
    client.declare(ObjectNode.of(Map.of("sites", new NumberNode(1))));
    assertThat(requests.getFirst()).startsWith("POST /api/v1/fleet application/json");
    assertThat(new String(bodies.getFirst(), UTF_8)).isEqualTo("{\"sites\":1}");
  }

  @Test
  void a_server_that_is_busy_is_asked_again_when_it_says_but_never_later_than_patience_has_it() {
    replies(429, "2", "");
    replies(503, "86400", "");
    replies(200, "", "");
    client.keep(Sha256.of(new byte[0]), new byte[0]);
    assertThat(waits).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(30));
    assertThat(requests).hasSize(3);
  }

  @Test
  void a_server_that_stays_busy_has_failed() {
    for (int i = 0; i < 3; i++) {
      replies(503, "", "{\"code\":\"HF-8003\"}");
    }
    fails(
        ErrorCode.PEER_FAILED,
        "status 503",
        () -> client.keep(Sha256.of(new byte[0]), new byte[0]));
    assertThat(waits).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
  }

  @Test
  void a_refusal_is_told_with_what_the_server_says() {
    replies(403, "", "{\"code\":\"HF-7001\",\"detail\":\"not yours\"}");
    fails(ErrorCode.PEER_FAILED, "not yours", () -> client.say(STATEMENTS));
  }

  @Test
  void a_statement_that_is_refused_among_others_is_an_error_that_counts_them() {
    replies(200, "", items("{\"problem\":{\"code\":\"HF-4002\",\"detail\":\"a gap\"}}"));
    fails(
        ErrorCode.PEER_FAILED,
        STATEMENTS.size() + " of " + STATEMENTS.size() + " statements were refused",
        () -> client.say(STATEMENTS));
  }

  @Test
  void an_answer_that_fits_no_question_is_the_servers_fault() {
    replies(200, "", "{\"items\":[]}");
    fails(ErrorCode.PEER_FAILED, "0 items", () -> client.say(STATEMENTS));
    replies(200, "", "<html>");
    fails(ErrorCode.PEER_FAILED, "malformed", () -> client.say(STATEMENTS));
  }

  @Test
  void nobody_there_is_told_from_a_server_that_fails() {
    server.stop(0);
    fails(ErrorCode.PEER_UNREACHABLE, "127.0.0.1", () -> client.say(STATEMENTS));
  }

  @Test
  void an_address_of_another_kind_is_a_mistake_of_the_user() {
    fails(
        ErrorCode.USAGE,
        "http",
        () -> ServerClient.to(URI.create("ftp://example.com/"), "secret-token"));
  }
}
