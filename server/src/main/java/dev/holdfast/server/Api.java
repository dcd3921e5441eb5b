package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.store.HttpReply;
import dev.holdfast.ledger.store.LogResources;
import dev.holdfast.trust.Sha256;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** The HTTP form of a server: what may be asked, by whom, within which limits. */
final class Api implements AutoCloseable {
  private static final int LARGEST_BODY = 16 << 20;
  private static final int LARGEST_FLEET = 32 << 20;
  private static final int LARGEST_BLOB = 4 << 20;
  private static final int MOST_LINES = 1_000;
  private static final int MOST_BEHIND = 20_000;
  private static final int MOST_INTAKES = 64;
  private static final int MOST_WATCHERS = 500;
  private static final int PORTS_TRIED = 50;
  private static final int ACCEPTED_BEFORE_SERVED = 1024;
  private static final String JSON = "application/json";
  private static final String TOKEN = "token";

  private final HoldfastServer server;
  private final Pages pages = new Pages();
  private final LogResources log;
  private final Semaphore intakes = new Semaphore(MOST_INTAKES);
  private final Semaphore watchers = new Semaphore(MOST_WATCHERS);
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter taken = metrics.counter("holdfast.statements.taken");
  private final Counter refused = metrics.counter("holdfast.statements.refused");
  private final Javalin javalin;
  private final String host;
  private byte @Nullable [] land;

  private Api(ServerSettings settings, int port, HoldfastServer server) {
    this.server = server;
    this.host = settings.host();
    log = new LogResources(server.logFolder());
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
    return "http://" + host + ":" + javalin.port() + "/";
  }

  private void configure(JavalinConfig config, ServerSettings settings, int port) {
    config.startup.showJavalinBanner = false;
    config.concurrency.useVirtualThreads = true;
    config.http.maxRequestSize = LARGEST_FLEET;
    config.http.generateEtags = false;
    config.jetty.modifyHttpConfiguration(http -> {
      http.setSendServerVersion(false);
      http.setRequestHeaderSize(16 << 10);
    });
    config.jetty.addConnector((jetty, http) -> {
      ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
      connector.setHost(settings.host());
      connector.setPort(port);
      connector.setIdleTimeout(settings.idle().toMillis());
      connector.setAcceptQueueSize(ACCEPTED_BEFORE_SERVED);
      return connector;
    });
    config.routes.before(this::before);
    config.routes.exception(CodedException.class, (e, context) -> problem(context, e.problem()));
    config.routes.exception(
        Exception.class,
        (e, context) -> {
          // What went wrong inside is for the operator, not for whoever asks.
          System.getLogger(Api.class.getName())
              .log(System.Logger.Level.ERROR, "a request failed: " + context.path(), e);
          problem(context, Problem.of(ErrorCode.INTERNAL_ERROR, "this server failed"));
        });
    config.routes.error(404, this::nothingHere);
    routes(config);
  }

  private void nothingHere(Context context) {
    if (!"application/problem+json".equals(context.res().getContentType())) {
      problem(context, Problem.of(ErrorCode.NOT_THERE, "there is nothing at this address"));
    }
  }

  private void routes(JavalinConfig config) {
    var routes = config.routes;
    routes.get("/", context -> file(context, "index.html"));
    routes.get("/pages/{name}", context -> file(context, context.pathParam("name")));
    routes.get("/lib/<path>", this::library);
    routes.get("/messages/{name}", this::messages);
    routes.get("/world.json", this::world);
    routes.get("/log/<path>", this::logFile);
    routes.get("/healthz", context -> context.contentType("text/plain").result("ok\n"));
    routes.get("/readyz", this::ready);
    routes.get(
        "/metrics",
        context -> {
          require(context, Role::mayReadAll);
          context.contentType("text/plain; version=0.0.4").result(metrics.scrape());
        });
    routes.get("/openapi.json", context -> json(context, OpenApi.document()));
    routes.get("/.well-known/jwks.json", context -> json(context, Map.of("keys", List.of())));

    routes.post("/api/v1/statements", this::statements);
    routes.put("/api/v1/blobs/{sha256}", this::blob);
    routes.post("/api/v1/fleet", this::fleet);
    routes.post("/api/v1/disclosures", this::disclose);
    routes.post("/api/v1/comments", this::comment);
    routes.get("/api/v1/tokens", this::tokens);
    routes.post("/api/v1/tokens", this::makeToken);
    routes.delete("/api/v1/tokens/{name}", this::revokeToken);

    routes.get(
        "/api/v1/summary",
        context -> {
          Tokens.Token token = require(context, Role::mayRead);
          JsonBody body = server.reading().summary(asked(context));
          json(context, body.put("actor", token.name()).put("role", token.role()).fields());
        });
    routes.get("/api/v1/sites", context -> list(context, server.reading().sites(asked(context))));
    routes.get(
        "/api/v1/sites/{id}",
        context ->
            json(context, server.reading().site(context.pathParam("id"), asked(context)).fields()));
    routes.get("/api/v1/hosts", context -> list(context, server.reading().hosts(asked(context))));
    routes.get(
        "/api/v1/hosts/{id}",
        context ->
            json(context, server.reading().host(context.pathParam("id"), asked(context)).fields()));
    routes.get("/api/v1/chips", context -> list(context, server.reading().chips(asked(context))));
    routes.get(
        "/api/v1/chips/{id}",
        context ->
            json(context, server.reading().chip(context.pathParam("id"), asked(context)).fields()));
    routes.get(
        "/api/v1/chips/{id}/timeline",
        context ->
            list(context, server.reading().timeline(context.pathParam("id"), asked(context))));
    routes.get(
        "/api/v1/chips/{id}/delays",
        context ->
            json(
                context,
                server.reading().delays(context.pathParam("id"), asked(context)).fields()));
    routes.get(
        "/api/v1/landmarks", context -> list(context, server.reading().landmarks(asked(context))));
    routes.get(
        "/api/v1/verdicts", context -> list(context, server.reading().verdicts(asked(context))));
    routes.get("/api/v1/verdicts/{id}/bundle", this::bundle);
    routes.get(
        "/api/v1/findings", context -> list(context, server.reading().findings(asked(context))));
    routes.get("/api/v1/entries/{index}", this::entry);
    routes.get("/api/v1/events", this::events);
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
  }

  // ---- who may

  private interface Permission {
    boolean of(Role role);
  }

  private Tokens.Token require(Context context, Permission permission) {
    Tokens.Token known = context.attribute(TOKEN);
    Tokens.Token token = known == null ? signedIn(context) : known;
    if (!permission.of(token.is())) {
      throw new CodedException(
          Problem.of(
              ErrorCode.NOT_ALLOWED, "a token of role " + token.role() + " may not do this"));
    }
    return token;
  }

  private Tokens.Token signedIn(Context context) {
    String header = context.header("Authorization");
    if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      context.header("WWW-Authenticate", "Bearer");
      throw new CodedException(
          Problem.of(ErrorCode.NOT_SIGNED_IN, "it needs Authorization: Bearer TOKEN"));
    }
    Tokens.Token token =
        server
            .tokens()
            .find(header.substring(7).strip())
            .orElseThrow(() -> {
              context.header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
              return new CodedException(
                  Problem.of(ErrorCode.NOT_SIGNED_IN, "this server knows no such token"));
            });
    context.attribute(TOKEN, token);
    return token;
  }

  private Asked asked(Context context) {
    Tokens.Token token = require(context, Role::mayRead);
    return new Asked(
        context::queryParam,
        MessageCatalogue.in(language(context.header("Accept-Language"))),
        token.is().mayReadAll() ? null : server.reading().disclosedTo(token.name()),
        server.clock().instant());
  }

  /** The language of the header that is wished for most and has a catalogue, else English. */
  static Locale language(@Nullable String header) {
    try {
      for (Locale.LanguageRange each :
          Locale.LanguageRange.parse(header == null || header.isBlank() ? "en" : header)) {
        String wished = each.getRange().split("-", 2)[0];
        for (Locale known : MessageCatalogue.LANGUAGES) {
          if (each.getWeight() > 0 && known.getLanguage().equals(wished)) {
            return known;
          }
        }
      }
    } catch (IllegalArgumentException e) {
      // Not a header that names languages.
      return Locale.ENGLISH;
    }
    return Locale.ENGLISH;
  }

  // ---- answers

  private static void json(Context context, Object body) {
    byte[] octets = StateJson.mapper().writeValueAsBytes(body);
    String tag = '"' + Sha256.of(octets).hex().substring(0, 32) + '"';
    context.header("ETag", tag).header("Cache-Control", "private, no-cache");
    context.header("Vary", "Accept-Language, Authorization");
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType(JSON).result(octets);
    }
  }

  private static void list(Context context, Reading.Page page) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("items", page.items());
    body.put("next", page.next());
    json(context, body);
  }

  private static Map<String, @Nullable Object> problemJson(Problem problem, int status) {
    JsonBody body =
        new JsonBody()
            .put("type", "about:blank")
            .put("title", problem.code().name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .put("status", status)
            .put("detail", Problem.printable(problem.reason()))
            .put("code", problem.code().code());
    if (problem.field() != null) {
      body.put("field", problem.field());
    }
    return body.fields();
  }

  private static int status(Problem problem) {
    return switch (problem.code()) {
      case NOT_SIGNED_IN -> 401;
      case NOT_ALLOWED -> 403;
      case NOT_THERE, NOT_PUBLISHED -> 404;
      case INPUT_TOO_LARGE -> 413;
      case TOO_BUSY -> 429;
      case LOG_STOPPED -> 503;
      default -> problem.code().category() == ErrorCategory.USER ? 400 : 500;
    };
  }

  private static void problem(Context context, Problem problem) {
    int status = status(problem);
    if (status == 429 || status == 503) {
      context.header("Retry-After", "1");
    }
    context
        .status(status)
        .result(StateJson.mapper().writeValueAsBytes(problemJson(problem, status)))
        .contentType("application/problem+json");
  }

  private static byte[] body(Context context, int most) throws IOException {
    try (InputStream in = context.bodyInputStream()) {
      byte[] octets = in.readNBytes(most + 1);
      if (octets.length > most) {
        throw new CodedException(
            Problem.of(ErrorCode.INPUT_TOO_LARGE, "a body has at most " + most + " octets here"));
      }
      return octets;
    }
  }

  // ---- what is said

  private void statements(Context context) throws IOException {
    require(context, Role::mayHandIn);
    if (server.behind() > MOST_BEHIND || !intakes.tryAcquire()) {
      throw new CodedException(
          Problem.of(ErrorCode.TOO_BUSY, "too much is under way; send it again later"));
    }
    try {
      byte[] body = body(context, LARGEST_BODY);
      String type = String.valueOf(context.contentType());
      List<byte[]> lines = type.startsWith("application/x-ndjson") ? lines(body) : List.of(body);
      List<Object> answers = new ArrayList<>();
      List<Object> waiting = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        try {
          waiting.add(server.intake().take(lines.get(i), "statement " + (i + 1)));
        } catch (CodedException e) {
          waiting.add(e.problem());
        }
      }
      for (Object each : waiting) {
        answers.add(
            switch (each) {
              case Intake.Taken statement -> answer(statement);
              case Problem problem -> refusal(problem);
              default -> throw new IllegalStateException();
            });
      }
      json(context, Map.of("items", answers));
    } finally {
      intakes.release();
    }
  }

  private Object answer(Intake.Taken statement) {
    try {
      long index = HoldfastServer.join(statement.index());
      taken.increment();
      JsonBody body = new JsonBody().put("index", index);
      return statement.repeated() ? body.put("repeated", true).fields() : body.fields();
    } catch (CodedException e) {
      return refusal(e.problem());
    }
  }

  private Object refusal(Problem problem) {
    refused.increment();
    return Map.of("problem", problemJson(problem, status(problem)));
  }

  private static List<byte[]> lines(byte[] body) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '\n') {
        if (i > from) {
          lines.add(java.util.Arrays.copyOfRange(body, from, i));
        }
        from = i + 1;
      }
    }
    if (lines.isEmpty() || lines.size() > MOST_LINES) {
      throw new CodedException(
          Problem.of(ErrorCode.INPUT_TOO_LARGE, "a batch has 1 to " + MOST_LINES + " lines"));
    }
    return lines;
  }

  private void blob(Context context) throws IOException {
    require(context, Role::mayHandIn);
    Sha256 name;
    try {
      name = new Sha256(context.pathParam("sha256"));
    } catch (IllegalArgumentException e) {
      throw Asked.bad("sha256", String.valueOf(e.getMessage()));
    }
    byte[] octets = body(context, LARGEST_BLOB);
    if (!Sha256.of(octets).equals(name)) {
      throw Asked.bad("sha256", "the octets hash to " + Sha256.of(octets).hex());
    }
    boolean known = server.blobs().holds(Hash.of(name.octets()));
    if (!known) {
      server.putBlob(octets);
    }
    context.status(known ? 200 : 201);
  }

  private void fleet(Context context) throws IOException, InterruptedException {
    Tokens.Token token = require(context, Role::mayDeclare);
    List<FleetItem> items =
        FleetFiles.read(body(context, LARGEST_FLEET), String.valueOf(context.contentType()));
    server.reading().requireReferences(items);
    List<Object> answers = new ArrayList<>();
    for (long index : server.declare(token.name(), items)) {
      answers.add(Map.of("index", index));
    }
    json(context, Map.of("items", answers));
  }

  private void disclose(Context context) throws IOException, InterruptedException {
    Tokens.Token token = require(context, Role::mayDeclare);
    ServerStatements.Disclosure said =
        ServerStatements.Disclosure.read(fields(context), token.name());
    say(context, ServerStatements.DISCLOSURE, said.content());
  }

  private void comment(Context context) throws IOException, InterruptedException {
    Tokens.Token token = require(context, Role::mayRead);
    ServerStatements.Comment said = ServerStatements.Comment.read(fields(context), token.name());
    say(context, ServerStatements.COMMENT, said.content());
  }

  private void say(
      Context context, dev.holdfast.trust.StatementType type, dev.holdfast.trust.Content content)
      throws InterruptedException {
    long index =
        HoldfastServer.join(server.intake().say(type, server.clock().instant(), content).index());
    server.await(index);
    json(context, Map.of("index", index));
  }

  private static JsonFields fields(Context context) throws IOException {
    return JsonFields.read(body(context, 1 << 16), "body", 1 << 16, ErrorCode.BAD_PARAMETER);
  }

  private void tokens(Context context) {
    require(context, role -> role == Role.ADMIN);
    List<Object> items = new ArrayList<>();
    for (Tokens.Token each : server.tokens().all()) {
      items.add(
          new JsonBody()
              .put("name", each.name())
              .put("role", each.role())
              .put("since", each.since())
              .fields());
    }
    json(context, new JsonBody().put("items", items).put("next", null).fields());
  }

  private void makeToken(Context context) throws IOException {
    require(context, role -> role == Role.ADMIN);
    JsonFields fields = fields(context);
    String name = fields.text("name");
    Role role = fields.value("role", Role::of);
    fields.requireNothingElse();
    Instant now = server.clock().instant();
    String secret = fields.made("name", () -> server.tokens().make(name, role, now));
    json(context, Map.of("name", name, "role", role.word(), "token", secret));
  }

  private void revokeToken(Context context) {
    require(context, role -> role == Role.ADMIN);
    String name = context.pathParam("name");
    if (!server.tokens().revoke(name)) {
      throw Reading.notThere("token", name);
    }
    context.status(204);
  }

  // ---- what is read

  private void entry(Context context) throws IOException {
    asked(context).requireAll();
    json(context, server.reading().entry(number(context, "index")).fields());
  }

  private static long number(Context context, String name) {
    try {
      return Long.parseLong(context.pathParam(name));
    } catch (NumberFormatException e) {
      throw new CodedException(
          new Problem(ErrorCode.BAD_PARAMETER, null, 0, name, "it is not a number"), e);
    }
  }

  private void bundle(Context context) throws IOException {
    Asked asked = asked(context);
    long id = number(context, "id");
    context
        .header("Content-Disposition", "attachment; filename=\"verdict-" + id + ".json\"")
        .contentType(JSON)
        .result(server.bundles().of(id, asked));
  }

  private void events(Context context) throws IOException {
    Asked asked = asked(context);
    asked.requireAll();
    if (!watchers.tryAcquire()) {
      throw new CodedException(Problem.of(ErrorCode.TOO_BUSY, "too many watch already"));
    }
    Feed.Watcher watcher = server.feed().watch();
    try {
      context.res().setContentType("text/event-stream");
      context.res().setCharacterEncoding("UTF-8");
      OutputStream out = context.res().getOutputStream();
      // Whoever watches learns at once that it does.
      out.write(": watching\n\n".getBytes(UTF_8));
      out.flush();
      while (!server.isClosing()) {
        ViewWriter.Event event = watcher.waiting().poll(10, TimeUnit.SECONDS);
        String text =
            event == null
                ? ": still here\n\n"
                : "event: feed\nid: "
                    + event.index()
                    + "\ndata: "
                    + StateJson.mapper().writeValueAsString(feed(event, asked))
                    + "\n\n";
        out.write(text.getBytes(UTF_8));
        out.flush();
      }
    } catch (IOException gone) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      server.feed().leave(watcher);
      watchers.release();
    }
  }

  private static Object feed(ViewWriter.Event event, Asked asked) {
    return new JsonBody()
        .put("at", event.at())
        .put("index", event.index())
        .put("kind", event.kind())
        .put("mark", event.mark())
        .put("sentence", Reading.sentence(event.reason(), asked.catalogue()))
        .put("subject", subject(event))
        .put("simulated", event.simulated())
        .fields();
  }

  private static @Nullable Object subject(ViewWriter.Event event) {
    String id = event.host() == null ? event.chip() : event.host();
    return id == null ? null : Map.of("kind", event.host() == null ? "chip" : "host", "id", id);
  }

  private void ready(Context context) {
    if (!server.ready()) {
      context.status(503);
    }
    context
        .contentType("text/plain")
        .result(server.ready() ? "ready\n" : "the views have stopped\n");
  }

  private void file(Context context, String name) {
    send(context, pages.page(name).orElseThrow(() -> Reading.notThere("page", name)));
  }

  private void library(Context context) {
    String path = context.pathParam("path");
    send(context, pages.library(path).orElseThrow(() -> Reading.notThere("file", path)));
    context.header("Cache-Control", "public, max-age=31536000, immutable");
  }

  private static void send(Context context, Pages.File file) {
    context.header("ETag", file.tag()).header("Cache-Control", "no-cache");
    if (file.tag().equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.result(file.octets()).contentType(file.type());
    }
  }

  private void messages(Context context) {
    String name = context.pathParam("name");
    Locale language =
        MessageCatalogue.LANGUAGES.stream()
            .filter(each -> name.equals(each.getLanguage() + ".json"))
            .findFirst()
            .orElseThrow(() -> Reading.notThere("language", name));
    MessageCatalogue catalogue = MessageCatalogue.in(language);
    Map<String, String> words = new TreeMap<>();
    for (String key : catalogue.keys()) {
      if (key.startsWith("page.")) {
        words.put(key.substring(5), catalogue.pattern(key));
      }
    }
    json(context, words);
  }

  private synchronized void world(Context context) {
    byte[] known = land;
    if (known == null) {
      known = StateJson.mapper().writeValueAsBytes(GeoJson.land(server.reading().atlas().map()));
      land = known;
    }
    context.header("Cache-Control", "public, max-age=86400");
    context.contentType(JSON).result(known);
  }

  private void logFile(Context context) throws IOException {
    String path = context.path().substring("/log/".length());
    try (HttpReply reply = log.get(path, String.valueOf(context.header("Accept-Encoding")))) {
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      reply.writeTo(octets);
      context.status(reply.status());
      context.result(octets.toByteArray());
      reply
          .headers()
          .forEach((name, value) -> {
            if (name.equalsIgnoreCase("Content-Type")) {
              context.contentType(value);
            } else {
              context.header(name, value);
            }
          });
      context.header("Access-Control-Allow-Origin", "*");
    }
  }

  @Override
  public void close() {
    javalin.stop();
    metrics.close();
  }
}
