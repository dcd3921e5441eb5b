package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.ledger.TileId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader of logs over HTTP, and servers that mean it no good. */
final class HttpTileSourceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final TileId TILE = new TileId(0, 0, 256);
  private static final TileId BUNDLE = TileId.bundle(0, 256);

  private static void assertFails(HostileServer server, TileId tile, String reason) {
    try (HttpTileSource source = HttpTileSource.at(server.uri(), PATIENCE)) {
      assertThatThrownBy(() -> source.tile(tile))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(server.uri() + tile.path())
          .hasMessageContaining(reason);
    }
  }

  private static byte[] zipped(byte[] octets) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(octets);
    }
    return out.toByteArray();
  }

  @Test
  void what_is_not_found_is_empty_and_any_other_status_is_a_failure_that_names_it()
      throws IOException {
    try (HostileServer server = HostileServer.sending("404 No\r\nContent-Length: 0", new byte[0]);
        HttpTileSource source = HttpTileSource.at(server.uri(), PATIENCE)) {
      assertThat(source.tile(TILE)).isEmpty();
      assertThat(source.checkpoint()).isEmpty();
    }
    for (String status : new String[] {"500 Oh", "403 No", "204 Nothing", "410 Gone"}) {
      try (HostileServer server =
          HostileServer.sending(status + "\r\nContent-Length: 0", new byte[0])) {
        assertFails(server, TILE, "status " + status.substring(0, 3));
      }
    }
  }

  @Test
  void a_redirect_is_not_followed() throws IOException {
    try (HostileServer other = HostileServer.sending("200 OK\r\nContent-Length: 2", new byte[2]);
        HostileServer server =
            HostileServer.sending(
                "302 Found\r\nContent-Length: 0\r\nLocation: " + other.uri(), new byte[0])) {
      assertFails(server, TILE, "status 302");
      assertThat(other.requests()).isZero();
    }
  }

  @Test
  void what_a_server_says_of_a_failure_is_quoted_short_and_tame() throws IOException {
    byte[] body = ("\u001b[31mred\u202e" + "x".repeat(10_000)).getBytes(UTF_8);
    try (HostileServer server =
            HostileServer.sending("500 Oh\r\nContent-Length: " + body.length, body);
        HttpTileSource source = HttpTileSource.at(server.uri(), PATIENCE)) {
      assertThatThrownBy(() -> source.tile(TILE))
          .isInstanceOf(IOException.class)
          .satisfies(e ->
              assertThat(String.valueOf(e.getMessage()))
                  .hasSizeLessThan(250)
                  .doesNotContain("\u001b", "\u202e")
                  .contains("[31mred"));
    }
  }

  @Test
  void an_answer_larger_than_any_tile_is_not_taken() throws IOException {
    try (HostileServer server =
        HostileServer.sending("200 OK\r\nContent-Length: 8193", new byte[8193])) {
      assertFails(server, TILE, "more than 8192 octets");
    }
  }

  @Test
  void an_answer_without_end_is_read_no_further_than_the_largest() throws IOException {
    AtomicLong sent = new AtomicLong();
    try (HostileServer server =
        new HostileServer(out -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
          byte[] piece = new byte[1 << 16];
          while (true) {
            out.write(piece);
            sent.addAndGet(piece.length);
          }
        })) {
      assertFails(server, TILE, "");
      assertThat(sent.get()).isLessThan(64L << 20);
    }
  }

  @Test
  void an_answer_that_comes_drop_by_drop_ends_with_the_time_limit() throws IOException {
    try (HostileServer server =
            new HostileServer(out -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 8192\r\n\r\n".getBytes(ISO_8859_1));
              for (int i = 0; i < 8192; i++) {
                out.write(0);
                out.flush();
                Thread.sleep(20);
              }
            });
        HttpTileSource source = HttpTileSource.at(server.uri(), Duration.ofMillis(500))) {
      long began = System.nanoTime();
      assertThatThrownBy(() -> source.tile(TILE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("did not answer within");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void headers_that_never_end_are_not_waited_for() throws IOException {
    try (HostileServer server =
            new HostileServer(out -> {
              out.write("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
              while (true) {
                out.write("a: b\r\n".getBytes(ISO_8859_1));
                out.flush();
                Thread.sleep(20);
              }
            });
        HttpTileSource source = HttpTileSource.at(server.uri(), Duration.ofMillis(500))) {
      assertThatThrownBy(() -> source.tile(TILE)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_small_answer_that_unfolds_into_a_large_one_is_cut() throws IOException {
    byte[] bomb = zipped(new byte[64 << 20]);
    assertThat(bomb.length).isLessThan(1 << 17);
    try (HostileServer server =
        HostileServer.sending(
            "200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.length, bomb)) {
      assertFails(server, BUNDLE, "more than 16777472 octets");
    }
  }

  @Test
  void compressed_answers_are_unfolded_and_broken_ones_refused() throws IOException {
    byte[] tile = new byte[8192];
    byte[] good = zipped(tile);
    try (HostileServer server =
            HostileServer.sending(
                "200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + good.length, good);
        HttpTileSource source = HttpTileSource.at(server.uri(), PATIENCE)) {
      assertThat(source.tile(TILE)).hasValueSatisfying(found -> assertThat(found).isEqualTo(tile));
    }
    for (byte[] bad :
        new byte[][] {
          new byte[0], "nonsense".getBytes(UTF_8), java.util.Arrays.copyOf(good, good.length - 5)
        }) {
      try (HostileServer server =
          HostileServer.sending(
              "200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bad.length, bad)) {
        assertFails(server, TILE, "not whole in gzip");
      }
    }
    try (HostileServer server =
        HostileServer.sending("200 OK\r\nContent-Encoding: br\r\nContent-Length: 3", new byte[3])) {
      assertFails(server, TILE, "not gzip");
    }
  }

  @Test
  void an_answer_that_is_cut_off_is_a_failure() throws IOException {
    try (HostileServer server =
        HostileServer.sending("200 OK\r\nContent-Length: 8192", new byte[100])) {
      assertFails(server, TILE, "");
    }
  }

  @Test
  void nobody_there_is_a_failure_that_names_the_address() throws IOException {
    URI gone;
    try (HostileServer server = HostileServer.sending("200 OK", new byte[0])) {
      gone = server.uri();
    }
    try (HttpTileSource source = HttpTileSource.at(gone, PATIENCE)) {
      assertThatThrownBy(source::checkpoint)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(gone + "checkpoint");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/",
        "ftp://example.com/",
        "log",
        "/log",
        "http:///x",
        "mailto:a@example.com",
        "jar:file:/a.jar!/b",
        "http://user:secret@example.com/",
        "http://example.com/?a=b",
        "http://example.com/#a"
      })
  void only_plain_web_addresses_are_taken(String address) {
    assertThatThrownBy(() -> HttpTileSource.at(URI.create(address), PATIENCE).close())
        .isInstanceOf(CodedException.class)
        .hasMessageNotContaining("secret")
        .extracting(e -> ((CodedException) e).problem().code())
        .isEqualTo(ErrorCode.USAGE);
  }

  @Test
  void an_interrupted_reader_stops_and_stays_interrupted() throws IOException {
    try (HostileServer server = new HostileServer(out -> Thread.sleep(30_000));
        HttpTileSource source = HttpTileSource.at(server.uri(), PATIENCE)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(source::checkpoint).isInstanceOf(java.io.InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
