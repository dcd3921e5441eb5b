package dev.holdfast.ledger.store;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** How the JDK's server takes a request apart and sends a reply. */
final class HttpExchanges {
  private HttpExchanges() {}

  /** A prefix that begins and ends with a slash. */
  static String prefix(String prefix) {
    if (!prefix.startsWith("/") || !prefix.endsWith("/")) {
      throw new IllegalArgumentException("a prefix begins and ends with a slash: " + prefix);
    }
    return prefix;
  }

  /** What follows a prefix in the request's path, still encoded as it came. */
  static Optional<String> below(String prefix, HttpExchange exchange) {
    String path = exchange.getRequestURI().getRawPath();
    return path != null && path.startsWith(prefix)
        ? Optional.of(path.substring(prefix.length()))
        : Optional.empty();
  }

  /** Whether it asks for a representation, or for its headers only. */
  static boolean isGet(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET") || isHead(exchange);
  }

  private static boolean isHead(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("HEAD");
  }

  /** The answer to a method that the resource does not have. */
  static HttpReply notAllowed(String allowed) {
    return HttpReply.line(405, "this resource takes " + allowed + " only").with("Allow", allowed);
  }

  /** Sends a reply and closes it; the exchange is then done. */
  static void send(HttpExchange exchange, HttpReply reply) throws IOException {
    try (reply) {
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      boolean head = isHead(exchange);
      if (head && reply.length().isPresent()) {
        exchange
            .getResponseHeaders()
            .set("Content-Length", Long.toString(reply.length().getAsLong()));
      }
      exchange.sendResponseHeaders(reply.status(), head ? -1 : announced(reply));
      if (!head) {
        OutputStream out = exchange.getResponseBody();
        reply.writeTo(out);
        // Not in a finally: after a failure the connection is cut, so that half a body is not taken
        // for a whole one.
        out.close();
      }
    }
    exchange.close();
  }

  /** The length as the JDK's server wants it told: 0 for one not known, -1 for an empty body. */
  private static long announced(HttpReply reply) {
    if (reply.length().isEmpty()) {
      return 0;
    }
    long length = reply.length().getAsLong();
    return length == 0 ? -1 : length;
  }
}
