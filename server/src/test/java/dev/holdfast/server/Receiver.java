package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Who is told by a webhook, on loopback; answers what a test wants, else 200. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();

  /** What was said to it. */
  record Heard(Headers headers, String path, byte[] body) {
    String id() {
      return headers.getFirst("webhook-id");
    }

    JsonNode json() {
      return StateJson.mapper().readTree(body);
    }

    String type() {
      return json().get("type").asString();
    }

    boolean isSignedBy(String secret) {
      return WebhookSecret.parse(secret)
          .isSignedBy(
              headers.getFirst("webhook-signature"),
              id(),
              Long.parseLong(headers.getFirst("webhook-timestamp")),
              body);
    }
  }

  Receiver() {
    this(0);
  }

  Receiver(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      heard.add(new Heard(exchange.getRequestHeaders(), exchange.getRequestURI().toString(), body));
      Integer status = answers.poll();
      if (status != null && status >= 300 && status < 400) {
        exchange.getResponseHeaders().set("Location", uri() + "elsewhere");
      }
      byte[] text = "not to be kept".getBytes(UTF_8);
      exchange.sendResponseHeaders(status == null ? 200 : status, text.length);
      exchange.getResponseBody().write(text);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  String uri() {
    return "http://127.0.0.1:" + port() + "/";
  }

  List<Heard> heard() {
    return List.copyOf(heard);
  }

  /** Waits until it heard so many, and a moment longer whether it hears more. */
  List<Heard> hears(int number) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    try {
      while (heard.size() < number && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      Thread.sleep(300);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(heard).hasSize(number);
    return heard();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
