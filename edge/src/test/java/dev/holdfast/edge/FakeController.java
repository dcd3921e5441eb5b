package dev.holdfast.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A management controller that answers with whatever documents a test puts into it. */
final class FakeController implements AutoCloseable {
  static final String CHASSIS = "/redfish/v1/Chassis";
  static final String INTEGRITY = "/redfish/v1/ComponentIntegrity";

  final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  final List<String> secrets = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Handler> answers = new HashMap<>();
  private final HttpServer server;

  /** Answers one request. */
  interface Handler {
    void answer(HttpExchange exchange) throws IOException;
  }

  FakeController() throws IOException {
    this(HttpServer.create());
  }

  FakeController(HttpServer server) throws IOException {
    this.server = server;
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(command -> Thread.ofVirtual().start(command));
    server.start();
  }

  URI address(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Answers a path with a document. */
  void put(String path, String document) {
    put(path, exchange -> send(exchange, 200, document));
  }

  void put(String path, Handler handler) {
    answers.put(path, handler);
  }

  /** A collection of members, with more after it where {@code next} is not empty. */
  void collection(String path, String next, String... members) {
    List<String> references = new ArrayList<>();
    for (String member : members) {
      references.add("{\"@odata.id\":\"" + member + "\"}");
    }
    put(
        path,
        "{\"Members\":["
            + String.join(",", references)
            + "]"
            + (next.isEmpty() ? "" : ",\"Members@odata.nextLink\":\"" + next + "\"")
            + "}");
  }

  void chassis(String id, String more) {
    put(
        CHASSIS + "/" + id,
        "{\"@odata.type\":\"#Chassis.v1_21_0.Chassis\",\"Id\":\"" + id + "\"" + more + "}");
  }

  static void send(HttpExchange exchange, int status, String document) throws IOException {
    byte[] octets = document.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
    exchange.getResponseBody().write(octets);
    exchange.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add(exchange.getRequestMethod() + " " + path + (body.isEmpty() ? "" : " " + body));
    for (String header : List.of("Authorization", "X-Auth-Token")) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        secrets.add(header + ": " + value);
      }
    }
    answers.getOrDefault(path, missing -> send(missing, 404, "")).answer(exchange);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
