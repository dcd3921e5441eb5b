package dev.holdfast.ledger.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.holdfast.ledger.WitnessRequest;
import java.io.IOException;
import java.util.Optional;

/** Mounts a witness on the JDK's HTTP server; both of its prefixes are the same. */
public final class WitnessHandler implements HttpHandler {
  private static final String ADD = "add-checkpoint";

  private final String prefix;
  private final WitnessResources resources;

  /**
   * Answers below a path.
   *
   * @param prefix begins and ends with a slash
   */
  public WitnessHandler(String prefix, WitnessResources resources) {
    this.prefix = HttpExchanges.prefix(prefix);
    this.resources = resources;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    HttpExchanges.send(exchange, reply(exchange));
  }

  private HttpReply reply(HttpExchange exchange) throws IOException {
    Optional<String> path = HttpExchanges.below(prefix, exchange);
    if (path.isEmpty()) {
      return HttpReply.line(404, "there is nothing here");
    }
    if (path.get().equals(ADD)) {
      return exchange.getRequestMethod().equals("POST")
          // One octet more than it takes, so that a larger body is seen to be one.
          ? resources.add(exchange.getRequestBody().readNBytes(WitnessRequest.LARGEST + 1))
          : HttpExchanges.notAllowed("POST");
    }
    return HttpExchanges.isGet(exchange)
        ? resources.get(path.get())
        : HttpExchanges.notAllowed("GET, HEAD");
  }
}
