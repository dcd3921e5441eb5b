package dev.holdfast.ledger.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Optional;

/** Shows a log on the JDK's HTTP server: GET and HEAD of its {@link LogResources}. */
public final class LogHandler implements HttpHandler {
  private final String prefix;
  private final LogResources resources;

  /**
   * Shows the resources below a path.
   *
   * @param prefix begins and ends with a slash
   */
  public LogHandler(String prefix, LogResources resources) {
    this.prefix = HttpExchanges.prefix(prefix);
    this.resources = resources;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    HttpExchanges.send(exchange, reply(exchange));
  }

  private HttpReply reply(HttpExchange exchange) throws IOException {
    if (!HttpExchanges.isGet(exchange)) {
      return HttpExchanges.notAllowed("GET, HEAD");
    }
    Optional<String> path = HttpExchanges.below(prefix, exchange);
    String accept =
        Optional.ofNullable(exchange.getRequestHeaders().get("Accept-Encoding"))
            .map(values -> String.join(",", values))
            .orElse("");
    return path.isEmpty()
        ? HttpReply.line(404, "there is nothing here")
        : resources.get(path.get(), accept);
  }
}
