package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.ledger.AuditReport;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.LogAudit;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A log over real sockets. */
final class LogServerTest {
  private static final int SIZE = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private static Path folder = Path.of("");
  private static LogFolder log = LogFolder.at(folder);
  private static LedgerServer server = LedgerServer.start(0, Map.of());
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void serve() {
    Path root = folder.resolve("log");
    log = LogFolder.create(root, List.of(TestLogs.KEY), Optional.empty(), TestLogs.CLOCK);
    try (LogWriter writer =
        LogWriter.open(
            root, List.of(TestLogs.KEY), Witnesses.none(), TestLogs.HURRIED, TestLogs.CLOCK)) {
      for (int i = 0; i < SIZE; i++) {
        writer.append(TestLogs.entry("entry " + i));
      }
    }
    server.close();
    server = LedgerServer.start(0, Map.of("/log/", new LogHandler("/log/", new LogResources(log))));
  }

  @AfterAll
  static void stop() {
    server.close();
    CLIENT.close();
  }

  private static HttpResponse<byte[]> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void the_checkpoint_is_text_that_nobody_keeps() throws Exception {
    HttpResponse<byte[]> response = send("GET", "log/checkpoint");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
    assertThat(response.body()).isEqualTo(log.checkpoint().orElseThrow());
    assertThat(SignedCheckpoint.parse(response.body()).checkpoint().size()).isEqualTo(SIZE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"})
  void a_tile_is_octets_that_everybody_keeps(String path) throws Exception {
    HttpResponse<byte[]> response = send("GET", "log/" + path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(response, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.body()).isEqualTo(log.tile(TileId.require(path)).orElseThrow());
    assertThat(header(response, "Content-Length")).isEqualTo("" + response.body().length);
    assertThat(header(response, "Content-Encoding")).isEmpty();
  }

  @Test
  void a_bundle_is_compressed_for_those_who_take_it() throws Exception {
    HttpResponse<byte[]> plain = send("GET", "log/tile/entries/000");
    HttpResponse<byte[]> zipped =
        send("GET", "log/tile/entries/000", "Accept-Encoding", "br, gzip;q=0.5");

    assertThat(header(plain, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(header(zipped, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(header(zipped, "Content-Encoding")).isEqualTo("gzip");
    assertThat(zipped.body().length).isLessThan(plain.body().length / 2);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      assertThat(in.readAllBytes()).isEqualTo(plain.body());
    }
    assertThat(header(send("GET", "log/tile/0/000", "Accept-Encoding", "gzip"), "Content-Encoding"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "GZIP|true",
        "deflate, x-gzip|true",
        "gzip;q=1.0, identity|true",
        "gzip ; q=0.01|true",
        "''|false",
        "identity|false",
        "gzip;q=0|false",
        "gzip; q=0.000|false",
        "notgzip|false",
        "gzipped|false",
        "*|false"
      })
  void who_takes_gzip_says_so(String header, boolean accepts) {
    assertThat(LogResources.acceptsGzip(header)).isEqualTo(accepts);
  }

  @Test
  void head_tells_the_headers_alone() throws Exception {
    HttpResponse<byte[]> tile = send("HEAD", "log/tile/0/000");
    HttpResponse<byte[]> zipped = send("HEAD", "log/tile/entries/000", "Accept-Encoding", "gzip");
    HttpResponse<byte[]> missing = send("HEAD", "log/tile/0/009");

    assertThat(tile.statusCode()).isEqualTo(200);
    assertThat(header(tile, "Content-Length")).isEqualTo("8192");
    assertThat(tile.body()).isEmpty();
    assertThat(header(zipped, "Content-Encoding")).isEqualTo("gzip");
    assertThat(zipped.body()).isEmpty();
    assertThat(missing.statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "checkpoint/",
        "Checkpoint",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/000",
        "tile/0/002",
        "tile/0/001",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/044",
        "tile/0/001.p/43",
        "tile/0/000.p",
        "tile/0/000/",
        "tile/0/000%2e",
        "tile/-1/000",
        "tile/entries/002",
        ".state/head",
        ".state/writer.lock",
        "%2estate/head",
        "tile/../.state/head",
        "tile/%2e%2e/.state/head",
        "tile/0/..%2f..%2f..%2fcheckpoint",
        "../log/checkpoint",
        "tile/0/000%00"
      })
  void everything_else_is_not_found_and_that_is_not_kept(String path) throws Exception {
    String answer = raw("GET /log/" + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 404").contains("no-store");
    assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4).lines()).hasSize(1);
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server.address(), 5000);
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
  void a_log_cannot_be_changed_over_http(String method) throws Exception {
    HttpResponse<byte[]> response = send(method, "log/checkpoint");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void beside_the_log_there_is_nothing() throws Exception {
    assertThat(send("GET", "").statusCode()).isEqualTo(404);
    assertThat(send("GET", "logs/checkpoint").statusCode()).isEqualTo(404);
    assertThat(send("GET", "checkpoint").statusCode()).isEqualTo(404);
  }

  @Test
  void a_whole_log_is_audited_over_http() throws IOException {
    for (String prefix : List.of("log", "log/")) {
      try (HttpTileSource source = HttpTileSource.at(URI.create(server.uri() + prefix), PATIENCE)) {
        Checkpoint checkpoint =
            SignedCheckpoint.parse(source.checkpoint().orElseThrow()).checkpoint();
        AuditReport report = LogAudit.run(checkpoint.size(), checkpoint.root(), source, done -> {});
        assertThat(report.findings()).isEmpty();
        assertThat(report.entries()).isEqualTo(SIZE);
      }
    }
  }

  @Test
  void a_partial_tile_that_is_gone_is_taken_from_the_full_one() throws IOException {
    try (HttpTileSource source = HttpTileSource.at(URI.create(server.uri() + "log"), PATIENCE)) {
      TileId gone = new TileId(0, 0, 77);
      assertThat(source.tile(gone)).isEmpty();
      assertThat(source.tileOrCut(gone).orElseThrow()).hasSize(77 * 32);
      assertThat(source.tileOrCut(TileId.bundle(0, 1)).orElseThrow())
          .isEqualTo(new byte[] {0, 7, 'e', 'n', 't', 'r', 'y', ' ', '0'});
    }
  }

  @Test
  void clients_that_send_slowly_do_not_block_others() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Socket socket = new Socket();
        socket.connect(server.address(), 5000);
        socket.getOutputStream().write("GET /log/check".getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        slow.add(socket);
      }
      long began = System.nanoTime();
      assertThat(send("GET", "log/checkpoint").statusCode()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void clients_that_do_not_read_do_not_block_others(@TempDir Path other) throws Exception {
    Path root = other.resolve("log");
    LogFolder large =
        LogFolder.create(root, List.of(TestLogs.KEY), Optional.empty(), TestLogs.CLOCK);
    Path bundle = root.resolve("tile/entries/000");
    Files.createDirectories(bundle.getParent());
    Files.write(bundle, new byte[8 << 20]);
    LogHandler handler = new LogHandler("/", new LogResources(large));
    List<Socket> slow = new ArrayList<>();
    try (LedgerServer crowded = LedgerServer.start(0, Map.of("/", handler))) {
      for (int i = 0; i < 50; i++) {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(crowded.address(), 5000);
        OutputStream out = socket.getOutputStream();
        out.write("GET /tile/entries/000 HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
        out.flush();
        slow.add(socket);
      }
      try (HttpTileSource source = HttpTileSource.at(crowded.uri(), PATIENCE)) {
        assertThat(source.checkpoint()).isPresent();
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void more_requests_than_it_can_answer_are_told_to_come_again() throws Exception {
    LogHandler handler = new LogHandler("/log/", new LogResources(log));
    try (LedgerServer none =
            LedgerServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Map.of("/log/", handler),
                0);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(none.uri().resolve("log/checkpoint")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(header(response, "Retry-After")).isEqualTo("1");
    }
  }

  @Test
  void what_fails_inside_is_told_without_what_it_was_about() throws Exception {
    try (LedgerServer failing =
            LedgerServer.start(
                0,
                Map.of(
                    "/a/",
                    exchange -> {
                      throw new IOException("/secret/path");
                    },
                    "/b/",
                    exchange -> {
                      throw new IllegalStateException("/secret/path");
                    }));
        HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("a/", "b/")) {
        HttpResponse<String> response =
            client.send(
                HttpRequest.newBuilder(failing.uri().resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("this server failed to answer\n");
      }
    }
  }

  @Test
  void it_listens_on_this_machine_alone_unless_told_otherwise() {
    assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
    assertThat(server.uri().toString()).matches("http://127\\.0\\.0\\.1:[0-9]+/");
    try (LedgerServer wide = LedgerServer.start(new InetSocketAddress(0), Map.of())) {
      assertThat(wide.address().getAddress().isAnyLocalAddress()).isTrue();
      assertThat(wide.uri().getHost()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void a_port_that_is_taken_is_refused_with_a_code() {
    assertThatThrownBy(() -> LedgerServer.start(server.address().getPort(), Map.of()).close())
        .isInstanceOf(CodedException.class)
        .hasMessageContaining("cannot listen on")
        .extracting(e -> ((CodedException) e).problem().code())
        .isEqualTo(ErrorCode.USAGE);
  }

  @Test
  void the_body_of_a_refusal_is_one_line() throws Exception {
    assertThat(new String(send("GET", "log/nothing").body(), UTF_8))
        .isEqualTo("the log has nothing here\n");
  }
}
