package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** One POST, whoever answers it. */
final class WebhookPostTest {
  private static final byte[] BODY = "{}".getBytes(UTF_8);

  private static WebhookPost post(Duration time) {
    return new WebhookPost(List.of(), (SSLSocketFactory) SSLSocketFactory.getDefault(), time);
  }

  private static WebhookPost.Outcome send(String address) {
    return post(Duration.ofSeconds(20))
        .send(WebhookAddress.parse(address), Map.of("webhook-id", "msg_1"), BODY);
  }

  @Test
  void what_is_sent_comes_with_its_headers_and_the_status_comes_back() {
    try (Receiver receiver = new Receiver()) {
      receiver.answers.add(204);
      assertThat(send(receiver.uri() + "in?to=me")).isEqualTo(new WebhookPost.Outcome(204, null));
      Receiver.Heard heard = receiver.hears(1).getFirst();
      assertThat(heard.path()).isEqualTo("/in?to=me");
      assertThat(heard.body()).isEqualTo(BODY);
      assertThat(heard.id()).isEqualTo("msg_1");
      assertThat(heard.headers().getFirst("Content-Type")).isEqualTo("application/json");
      assertThat(heard.headers().getFirst("Host")).isEqualTo("127.0.0.1:" + receiver.port());
    }
  }

  @Test
  void a_redirect_is_an_answer_and_is_not_followed() {
    try (Receiver receiver = new Receiver()) {
      receiver.answers.add(307);
      WebhookPost.Outcome outcome = send(receiver.uri());
      assertThat(outcome.status()).isEqualTo(307);
      assertThat(outcome.isGood()).isFalse();
      assertThat(receiver.hears(1).getFirst().path()).isEqualTo("/");
    }
  }

  @Test
  void a_name_that_stands_for_this_machine_is_not_connected_to() {
    try (Receiver receiver = new Receiver()) {
      assertThat(send("https://localhost:" + receiver.port() + "/").failure())
          .isEqualTo(WebhookPost.Failure.ADDRESS);
      assertThat(send("https://10.255.255.1/").failure()).isEqualTo(WebhookPost.Failure.ADDRESS);
      assertThat(receiver.heard()).isEmpty();
    }
  }

  @Test
  void nobody_there_is_told_as_that() throws IOException {
    int port;
    try (ServerSocket taken = listening()) {
      port = taken.getLocalPort();
    }
    assertThat(send("http://127.0.0.1:" + port + "/").failure())
        .isEqualTo(WebhookPost.Failure.CONNECTION);
    assertThat(send("https://nowhere.invalid/").failure())
        .isEqualTo(WebhookPost.Failure.UNRESOLVED);
  }

  @Test
  void what_does_not_speak_tls_is_told_as_that() throws Exception {
    assertThat(answered("https", "HTTP/1.1 200 OK\r\n", Duration.ofSeconds(20), false).failure())
        .isEqualTo(WebhookPost.Failure.TLS);
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  /** Somebody who says this, and then nothing. */
  private static WebhookPost.Outcome answered(String said, Duration time, boolean trickle)
      throws Exception {
    return answered("http", said, time, trickle);
  }

  private static WebhookPost.Outcome answered(
      String scheme, String said, Duration time, boolean trickle) throws Exception {
    try (ServerSocket server = listening()) {
      Thread speaking =
          Thread.ofVirtual()
              .start(() -> {
                try (Socket socket = server.accept()) {
                  for (byte octet : said.getBytes(ISO_8859_1)) {
                    socket.getOutputStream().write(octet);
                    if (trickle) {
                      Thread.sleep(100);
                    }
                  }
                  socket.getOutputStream().flush();
                  Thread.sleep(Duration.ofSeconds(20));
                } catch (IOException | InterruptedException e) {
                  return;
                }
              });
      WebhookPost.Outcome outcome =
          post(time)
              .send(
                  WebhookAddress.parse(scheme + "://127.0.0.1:" + server.getLocalPort() + "/"),
                  Map.of(),
                  BODY);
      speaking.interrupt();
      return outcome;
    }
  }

  @Test
  void the_status_is_enough_though_the_answer_never_ends() throws Exception {
    assertThat(answered("HTTP/1.1 200 OK\r\n", Duration.ofSeconds(20), false).isGood()).isTrue();
  }

  @Test
  void what_comes_before_the_answer_is_passed_over() throws Exception {
    assertThat(
            answered(
                    "HTTP/1.1 100 Continue\r\nX: y\r\n\r\nHTTP/1.1 202 Accepted\r\n",
                    Duration.ofSeconds(20),
                    false)
                .status())
        .isEqualTo(202);
  }

  @Test
  void what_is_not_http_is_told_as_that() throws Exception {
    assertThat(answered("SSH-2.0-OpenSSH\r\n", Duration.ofSeconds(20), false).failure())
        .isEqualTo(WebhookPost.Failure.ANSWER);
    assertThat(answered("x".repeat(9000), Duration.ofSeconds(20), false).failure())
        .isEqualTo(WebhookPost.Failure.ANSWER);
  }

  @Test
  void one_who_answers_an_octet_now_and_then_is_left_when_the_time_is_over() throws Exception {
    assertThat(answered("HTTP/1.1 200 " + "x".repeat(200), Duration.ofSeconds(1), true).failure())
        .isEqualTo(WebhookPost.Failure.TIME);
  }
}
