package dev.holdfast.ledger.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A small HTTP server for logs and witnesses, on the JDK's own, with a virtual thread for each
 * request.
 *
 * <p>A client that sends or reads slowly keeps one virtual thread waiting and nobody else: a
 * request has 30 seconds to arrive and an answer five minutes to be taken, then the connection is
 * cut. At most {@value #MOST_CONNECTIONS} connections are open, and at most {@value #MOST_AT_ONCE}
 * requests are answered at once; more get 503. These limits on time and connections are properties
 * of the JDK's server ({@code sun.net.httpserver.maxReqTime} and others), which it reads once for
 * the whole process: they are set here where nobody set them and no server was started before.
 *
 * <p>It speaks no TLS: on the open net a proxy stands before it.
 */
public final class LedgerServer implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 4096;
  private static final int MOST_AT_ONCE = 1024;
  private static final int BACKLOG = 256;
  private static final int LONGEST_GOODBYE_SECONDS = 2;

  static {
    Map.of(
            "sun.net.httpserver.maxReqTime", "30",
            "sun.net.httpserver.maxRspTime", "300",
            "sun.net.httpserver.nodelay", "true",
            "sun.net.httpserver.maxReqHeaderSize", "65536",
            "jdk.httpserver.maxConnections", Integer.toString(MOST_CONNECTIONS))
        .forEach(System.getProperties()::putIfAbsent);
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final List<Map.Entry<String, HttpHandler>> handlers;
  private final Semaphore free;

  private LedgerServer(HttpServer server, Map<String, HttpHandler> handlers, int mostAtOnce) {
    this.server = server;
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("ledger-http-", 0).factory());
    this.handlers =
        handlers.entrySet().stream()
            .sorted(
                Comparator.comparingInt(
                        (Map.Entry<String, HttpHandler> entry) -> entry.getKey().length())
                    .reversed())
            .toList();
    this.free = new Semaphore(mostAtOnce);
  }

  /**
   * Starts a server that only this machine reaches.
   *
   * @param port 0 for any that is free
   * @param handlers who answers below each path; paths begin and end with a slash, the longest wins
   * @throws CodedException USAGE where the port cannot be listened on
   */
  public static LedgerServer start(int port, Map<String, HttpHandler> handlers) {
    return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), handlers);
  }

  /**
   * Starts a server on an address.
   *
   * @param address 0.0.0.0 or :: for all of this machine's
   * @throws CodedException USAGE where it cannot be listened on
   */
  public static LedgerServer start(InetSocketAddress address, Map<String, HttpHandler> handlers) {
    return start(address, handlers, MOST_AT_ONCE);
  }

  static LedgerServer start(
      InetSocketAddress address, Map<String, HttpHandler> handlers, int mostAtOnce) {
    handlers.keySet().forEach(HttpExchanges::prefix);
    HttpServer server;
    try {
      server = HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      throw new CodedException(
          Problem.of(
              ErrorCode.USAGE,
              "cannot listen on "
                  + Problem.printable(address.getHostString())
                  + " port "
                  + address.getPort()
                  + ": "
                  + String.valueOf(e.getMessage())),
          e);
    }
    LedgerServer started = new LedgerServer(server, handlers, mostAtOnce);
    server.createContext("/", started::handle);
    server.setExecutor(started.threads);
    server.start();
    return started;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Where it listens, as an address for clients on this machine, with a slash at its end. */
  public URI uri() {
    InetAddress host = address().getAddress();
    InetAddress reachable = host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host;
    String text = reachable.getHostAddress();
    return URI.create(
        "http://"
            + (text.contains(":") ? "[" + text + "]" : text)
            + ":"
            + address().getPort()
            + "/");
  }

  // An exception that leaves here makes the JDK's server cut the connection: what is right after
  // half an answer, and all that is left to do when the client went away.
  private void handle(HttpExchange exchange) throws IOException {
    if (!free.tryAcquire()) {
      HttpExchanges.send(
          exchange,
          HttpReply.line(503, "too many requests at once; try again").with("Retry-After", "1"));
      return;
    }
    try {
      answer(exchange);
    } finally {
      free.release();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try {
      for (Map.Entry<String, HttpHandler> entry : handlers) {
        if (HttpExchanges.below(entry.getKey(), exchange).isPresent()) {
          entry.getValue().handle(exchange);
          return;
        }
      }
      HttpExchanges.send(exchange, HttpReply.line(404, "there is nothing here"));
    } catch (CodedException e) {
      // Without its source, which is a path of this machine.
      failed(exchange, e.problem().code().code() + " " + e.problem().reason(), e);
    } catch (IOException | RuntimeException e) {
      failed(exchange, "this server failed to answer", e);
    }
  }

  private static void failed(HttpExchange exchange, String line, Exception cause)
      throws IOException {
    if (exchange.getResponseCode() >= 0) {
      throw new IOException(cause);
    }
    HttpExchanges.send(exchange, HttpReply.line(500, line));
  }

  /** Stops; requests that are being answered have two seconds. */
  @Override
  public void close() {
    server.stop(LONGEST_GOODBYE_SECONDS);
    threads.shutdownNow();
  }
}
