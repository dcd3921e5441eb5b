package dev.holdfast.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.model.SourceId;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.StatementType;
import dev.holdfast.trust.store.HeldKey;
import dev.holdfast.trust.store.Patience;
import dev.holdfast.trust.store.ServerClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolDeliveryTest {
  private static final StatementType TYPE = StatementType.ofHoldfast("test", 1);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path folder;
  private final StatementSigner signer =
      new StatementSigner(HeldKey.generate(new SecureRandom()).signing());
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> answers = Collections.synchronizedList(new ArrayList<>());
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private HttpServer server;
  private Spool spool;
  private SpoolDelivery delivery;

  @BeforeEach
  void begin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    spool = Spool.open(folder, new SourceId("landmark:fra-1"), 1 << 20);
    delivery = delivery(server.getAddress().getPort());
  }

  private SpoolDelivery delivery(int port) {
    return new SpoolDelivery(
        spool,
        new ServerClient(
            URI.create("http://127.0.0.1:" + port + "/"),
            "secret",
            new Patience(Duration.ofSeconds(20), 1, Duration.ofSeconds(1)),
            time -> {}),
        new DaemonLog(new PrintStream(told, true, UTF_8), LogForm.TEXT, InstantSource.fixed(NOW)));
  }

  @AfterEach
  void end() {
    spool.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    List<String> items = new ArrayList<>();
    for (int i = 0; i < body.lines().count(); i++) {
      items.add(answers.isEmpty() ? "{\"index\":" + i + "}" : answers.removeFirst());
    }
    byte[] reply = ("{\"items\":[" + String.join(",", items) + "]}").getBytes(UTF_8);
    exchange.sendResponseHeaders(200, reply.length);
    exchange.getResponseBody().write(reply);
    exchange.close();
  }

  private void say(String text) {
    var _ =
        spool.say(
            signer,
            TYPE,
            NOW,
            new Content.Inline(ObjectNode.of(Map.of("text", new TextNode(text)))));
  }

  private List<Path> waiting() throws IOException {
    return SmallWorld.files(folder.resolve("statements"));
  }

  @Test
  void what_was_acknowledged_leaves_the_spool_and_what_it_names_goes_before_it()
      throws IOException {
    say("x".repeat(60_000));
    say("small");
    Sha256 blob =
        new Sha256(
            String.valueOf(SmallWorld.files(folder.resolve("blobs")).getFirst().getFileName()));
    assertThat(delivery.deliver()).isTrue();
    assertThat(requests)
        .containsExactly("PUT /api/v1/blobs/" + blob.hex(), "POST /api/v1/statements");
    assertThat(waiting()).isEmpty();
    assertThat(folder.resolve("blobs")).isEmptyDirectory();
    assertThat(delivery.deliver()).isFalse();
    say("next");
    assertThat(spool.waiting(9).getFirst().file().toString()).endsWith("3.json");
  }

  @Test
  void while_nobody_answers_everything_stays() throws IOException {
    say("one");
    server.stop(0);
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(delivery::deliver)
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.PEER_UNREACHABLE));
    assertThat(waiting()).hasSize(1);
  }

  @Test
  void what_is_refused_is_laid_aside_and_tried_again_at_the_next_start() throws IOException {
    answers.add(
        "{\"problem\":{\"code\":\"HF-4005\",\"detail\":\"no such authority\",\"status\":400}}");
    say("refused");
    say("taken");
    assertThat(delivery.deliver()).isTrue();
    assertThat(waiting()).isEmpty();
    assertThat(SmallWorld.files(folder.resolve("refused"))).hasSize(1);
    assertThat(told.toString(UTF_8))
        .contains("HF-4005", "no such authority")
        .doesNotContain("secret");
    spool.tryRefusedAgain();
    assertThat(waiting()).hasSize(1);
    assertThat(delivery.deliver()).isTrue();
    assertThat(waiting()).isEmpty();
  }

  @Test
  void the_server_in_a_configuration_is_read_printed_and_refused_by_its_key() throws IOException {
    String yaml =
        "server:\n  url: 'https://holdfast.example/'\n  token-file: '/etc/holdfast/token'\n";
    DeliverySettings read =
        DeliverySettings.read(ConfigurationFile.parse(yaml, "agent.yaml")).orElseThrow();
    assertThat(read.print()).isEqualTo(yaml);
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() ->
            DeliverySettings.read(
                ConfigurationFile.parse(yaml.replace("https", "ftp"), "agent.yaml")))
        .satisfies(e -> assertThat(e.problem().sentence()).contains("url"));
    Path empty = folder.resolve("token");
    Files.writeString(empty, "\n");
    assertThat(empty.toFile().setReadable(false, false) && empty.toFile().setReadable(true, true))
        .isTrue();
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() ->
            SpoolDelivery.to(
                new DeliverySettings(read.url(), empty),
                spool,
                new DaemonLog(new PrintStream(told, true, UTF_8), LogForm.TEXT, () -> NOW)))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.BAD_CONFIGURATION));
  }
}
