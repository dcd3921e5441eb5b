package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every answer carries, and clients that hold on and say little. */
final class ConnectionsTest {
  private static final boolean THOROUGH =
      "thorough".equals(System.getProperty("holdfast.counts", "gate"));
  private static final int MANY = THOROUGH ? 10_000 : 2_000;

  @TempDir private static Path folder;
  private static Desk desk;

  @BeforeAll
  static void start() {
    desk = Desk.in(folder.resolve("usual"));
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  private static Socket connect(Desk desk) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), desk.uri("/").getPort());
    socket.setSoTimeout(15_000);
    return socket;
  }

  @Test
  void every_answer_keeps_other_pages_out() {
    Map<String, String> expected =
        Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");
    for (String path : List.of("/", "/api/v1/summary", "/api/v1/nothing", "/openapi.json", "/x")) {
      Answer answer = desk.get(path);
      expected.forEach(
          (name, value) -> assertThat(answer.header(name)).as(path + " " + name).isEqualTo(value));
      assertThat(answer.header("Content-Security-Policy"))
          .startsWith("default-src 'self'")
          .doesNotContain("unsafe")
          .contains("frame-ancestors 'none'", "object-src 'none'");
      assertThat(answer.header("Server")).isEmpty();
      assertThat(answer.header("Set-Cookie")).isEmpty();
    }
    assertThat(desk.getAs("", "/api/v1/sites").header("Cache-Control")).isEqualTo("no-store");
    assertThat(desk.get("/api/v1/sites").header("Cache-Control")).contains("private");
  }

  @Test
  void a_client_that_stops_in_the_middle_is_cut_off_and_nobody_else_waits() throws IOException {
    try (Desk impatient =
        Desk.with(Desk.settings(folder.resolve("impatient")).withIdle(Duration.ofMillis(400)))) {
      requireCutOff(impatient);
    }
  }

  private static void requireCutOff(Desk impatient) throws IOException {
    for (String beginning :
        List.of(
            "",
            "GET / HT",
            "POST /api/v1/statements HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                + impatient.admin
                + "\r\nContent-Length: 1000\r\n\r\n{\"pay")) {
      try (Socket socket = connect(impatient)) {
        socket.getOutputStream().write(beginning.getBytes(US_ASCII));
        long begin = System.nanoTime();
        assertThat(impatient.get("/api/v1/summary").status()).isEqualTo(200);
        InputStream in = socket.getInputStream();
        in.readAllBytes();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(12));
      } catch (SocketTimeoutException e) {
        throw new AssertionError("it was not cut off: " + beginning, e);
      }
    }
  }

  @Test
  void a_few_thousand_open_connections_do_not_stop_it() throws IOException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        Socket socket = connect(desk);
        open.add(socket);
        socket.getOutputStream().write("GET /api/v1/summary HTTP/1.1\r\n".getBytes(US_ASCII));
      }
      for (int i = 0; i < 20; i++) {
        assertThat(desk.get("/api/v1/summary").status()).isEqualTo(200);
      }
      assertThat(desk.get("/readyz").text()).isEqualTo("ready\n");
    } finally {
      for (Socket each : open) {
        each.close();
      }
    }
  }
}
