package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.store.TlsIdentity;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The HTTP form of a server: its connector, its limits, and who answers what. */
final class Api implements AutoCloseable {
  private static final int PORTS_TRIED = 50;
  private static final int ACCEPTED_BEFORE_SERVED = 1024;

  private final HoldfastServer server;
  private final Pages pages = new Pages();
  private final Door door;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Javalin javalin;
  private final String host;
  private final Optional<TlsIdentity> tls;

  private Api(ServerSettings settings, int port, HoldfastServer server) {
    this.server = server;
    this.host = settings.host();
    tls = settings.tls().map(files -> TlsIdentity.read(files.certificates(), files.key()));
    door = new Door(server);
    metrics.gauge("holdfast.entries.behind", server, HoldfastServer::behind);
    javalin = Javalin.create(config -> configure(config, settings, port));
  }

  /**
   * Starts to listen.
   *
   * @throws CodedException USAGE where the port is taken
   */
  static Api start(ServerSettings settings, HoldfastServer server) {
    int port = settings.nextFree() ? free(settings) : settings.port();
    Api api = new Api(settings, port, server);
    try {
      api.javalin.start();
      return api;
    } catch (RuntimeException e) {
      throw new CodedException(
          Problem.of(
              ErrorCode.USAGE,
              "cannot listen on "
                  + settings.host()
                  + ":"
                  + port
                  + " ("
                  + String.valueOf(e.getMessage())
                  + ")"),
          e);
    }
  }

  /** The wished port or the next free one. */
  private static int free(ServerSettings settings) {
    for (int port = settings.port(); port < settings.port() + PORTS_TRIED && port != 0; port++) {
      if (isFree(settings.host(), port)) {
        return port;
      }
    }
    return 0;
  }

  private static boolean isFree(String host, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  String uri() {
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return (tls.isPresent() ? "https://" : "http://") + literal + ":" + javalin.port() + "/";
  }

  private void configure(JavalinConfig config, ServerSettings settings, int port) {
    config.startup.showJavalinBanner = false;
    config.concurrency.useVirtualThreads = true;
    config.http.maxRequestSize = SayingApi.LARGEST_FLEET;
    config.http.generateEtags = false;
    config.jetty.modifyHttpConfiguration(http -> {
      http.setSendServerVersion(false);
      http.setRequestHeaderSize(16 << 10);
    });
    config.jetty.addConnector((jetty, http) -> {
      ServerConnector connector = new ServerConnector(jetty, protocols(http));
      connector.setHost(settings.host());
      connector.setPort(port);
      connector.setIdleTimeout(settings.idle().toMillis());
      connector.setAcceptQueueSize(ACCEPTED_BEFORE_SERVED);
      return connector;
    });
    config.routes.before(this::before);
    config.routes.exception(
        CodedException.class, (e, context) -> Answers.problem(context, e.problem()));
    config.routes.exception(
        Exception.class,
        (e, context) -> {
          // What went wrong inside is for the operator, not for whoever asks.
          System.getLogger(Api.class.getName())
              .log(System.Logger.Level.ERROR, "a request failed: " + context.path(), e);
          Answers.problem(context, Problem.of(ErrorCode.INTERNAL_ERROR, "this server failed"));
        });
    config.routes.error(404, this::nothingHere);
    routes(config.routes, settings.openEntries(), settings.playback());
  }

  private ConnectionFactory[] protocols(HttpConfiguration http) {
    if (tls.isEmpty()) {
      return new ConnectionFactory[] {new HttpConnectionFactory(http)};
    }
    SslContextFactory.Server shown = new SslContextFactory.Server();
    shown.setSslContext(tls.get().context());
    shown.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    HttpConfiguration secure = new HttpConfiguration(http);
    // By whatever name it is called: who may call it so is the certificate's to say.
    secure.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory inside = new HttpConnectionFactory(secure);
    return new ConnectionFactory[] {new SslConnectionFactory(shown, inside.getProtocol()), inside};
  }

  private void nothingHere(Context context) {
    if (!Answers.PROBLEM.equals(context.res().getContentType())) {
      Answers.problem(context, Problem.of(ErrorCode.NOT_THERE, "there is nothing at this address"));
    }
  }

  private void routes(
      JavalinDefaultRoutingApi routes, boolean openEntries, Optional<Playback> playback) {
    new PublicFiles(server, door, openEntries, pages).addTo(routes);
    new SayingApi(server, door, metrics).addTo(routes);
    new ReadingApi(server, door, playback.isPresent()).addTo(routes);
    new LandmarksApi(server, door).addTo(routes);
    new LedgerApi(server, door).addTo(routes);
    new PolicyApi(server, door).addTo(routes);
    new NotesApi(server, door).addTo(routes);
    new CasesApi(server, door).addTo(routes);
    new DisclosuresApi(server, door).addTo(routes);
    new WebhooksApi(server, door).addTo(routes);
    new LeasesApi(server, door).addTo(routes);
    new SearchApi(server, door, metrics).addTo(routes);
    playback.ifPresent(each -> new PlaybackApi(each, door).addTo(routes));
    routes.get("/healthz", context -> context.contentType("text/plain").result("ok\n"));
    routes.get("/readyz", this::ready);
    routes.get(
        "/metrics",
        context -> {
          var _ = door.require(context, Role::mayReadAll);
          context.contentType("text/plain; version=0.0.4").result(metrics.scrape());
        });
  }

  /** What may be asked below /api/v1: method, blank, path. */
  List<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(each -> each.endpoint)
        .filter(each -> each.path.startsWith("/api/v1"))
        .map(each -> each.method.name() + " " + each.path)
        .toList();
  }

  private void before(Context context) {
    context
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Content-Security-Policy", pages.policy())
        .header("Cache-Control", "no-store");
    if (tls.isPresent()) {
      context.header("Strict-Transport-Security", "max-age=31536000");
    }
  }

  private void ready(Context context) {
    if (!server.ready()) {
      context.status(503);
    }
    context
        .contentType("text/plain")
        .result(server.ready() ? "ready\n" : "the views have stopped\n");
  }

  @Override
  public void close() {
    javalin.stop();
    metrics.close();
  }
}
