package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Hash;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.StatementType;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** What is said to a server: statements, what they name, and what people declare by token. */
final class SayingApi {
  static final int LARGEST_FLEET = 32 << 20;
  private static final int LARGEST_BODY = 16 << 20;
  private static final int LARGEST_BLOB = 4 << 20;
  private static final int MOST_LINES = 1_000;
  private static final int MOST_BEHIND = 20_000;
  private static final int MOST_INTAKES = 64;

  private final HoldfastServer server;
  private final Door door;
  private final Semaphore intakes = new Semaphore(MOST_INTAKES);
  private final Counter taken;
  private final Counter refused;

  SayingApi(HoldfastServer server, Door door, MeterRegistry metrics) {
    this.server = server;
    this.door = door;
    taken = metrics.counter("holdfast.statements.taken");
    refused = metrics.counter("holdfast.statements.refused");
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.post("/api/v1/statements", this::statements);
    routes.put("/api/v1/blobs/{sha256}", this::blob);
    routes.post("/api/v1/fleet", this::fleet);
    routes.put("/api/v1/revocations", this::revoke);
    routes.post("/api/v1/comments", this::comment);
    routes.get("/api/v1/tokens", this::tokens);
    routes.post("/api/v1/tokens", this::makeToken);
    routes.delete("/api/v1/tokens/{name}", this::revokeToken);
  }

  private void statements(Context context) throws IOException {
    door.require(context, Role::mayHandIn);
    if (server.behind() > MOST_BEHIND || !intakes.tryAcquire()) {
      throw new CodedException(
          Problem.of(ErrorCode.TOO_BUSY, "too much is under way; send it again later"));
    }
    try {
      byte[] body = Answers.body(context, LARGEST_BODY);
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
      Answers.json(context, Map.of("items", answers));
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
    return Map.of("problem", Answers.problemJson(problem));
  }

  private static List<byte[]> lines(byte[] body) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '\n') {
        if (i > from) {
          lines.add(Arrays.copyOfRange(body, from, i));
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
    door.require(context, Role::mayHandIn);
    Sha256 name;
    try {
      name = new Sha256(context.pathParam("sha256"));
    } catch (IllegalArgumentException e) {
      throw Asked.bad("sha256", String.valueOf(e.getMessage()));
    }
    byte[] octets = Answers.body(context, LARGEST_BLOB);
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
    Tokens.Token token = door.require(context, Role::mayDeclare);
    List<FleetItem> items =
        FleetFiles.read(
            Answers.body(context, LARGEST_FLEET), String.valueOf(context.contentType()));
    server.fleet().requireReferences(items);
    List<Object> answers = new ArrayList<>();
    for (long index : server.declare(token.name(), items)) {
      answers.add(Map.of("index", index));
    }
    Answers.json(context, Map.of("items", answers));
  }

  private void revoke(Context context) throws IOException, InterruptedException {
    Tokens.Token token = door.require(context, Role::mayDeclare);
    byte[] list = Answers.body(context, ServerStatements.LONGEST_LIST);
    String of = context.queryParam("of");
    if (of != null && !of.equals("devices")) {
      throw Asked.bad("of", "it is devices, or not there");
    }
    Answers.json(context, Map.of("index", server.revoke(token.name(), list, of != null)));
  }

  private void comment(Context context) throws IOException, InterruptedException {
    Tokens.Token token = door.require(context, Role::mayRead);
    ServerStatements.Comment said =
        ServerStatements.Comment.read(Answers.fields(context), token.name());
    say(context, ServerStatements.COMMENT, said.content());
  }

  private void say(Context context, StatementType type, Content content)
      throws InterruptedException {
    long index =
        HoldfastServer.join(server.intake().say(type, server.clock().instant(), content).index());
    server.await(index);
    Answers.json(context, Map.of("index", index));
  }

  private void tokens(Context context) {
    door.require(context, role -> role == Role.ADMIN);
    List<Object> items = new ArrayList<>();
    for (Tokens.Token each : server.tokens().all()) {
      items.add(
          new JsonBody()
              .put("name", each.name())
              .put("role", each.role())
              .put("since", each.since())
              .fields());
    }
    Answers.json(context, new JsonBody().put("items", items).put("next", null).fields());
  }

  private void makeToken(Context context) throws IOException {
    door.require(context, role -> role == Role.ADMIN);
    JsonFields fields = Answers.fields(context);
    String name = fields.text("name");
    Role role = fields.value("role", Role::of);
    fields.requireNothingElse();
    Instant now = server.clock().instant();
    String secret = fields.made("name", () -> server.tokens().make(name, role, now));
    Answers.json(context, Map.of("name", name, "role", role.word(), "token", secret));
  }

  private void revokeToken(Context context) {
    door.require(context, role -> role == Role.ADMIN);
    String name = context.pathParam("name");
    if (!server.tokens().revoke(name)) {
      throw Asked.notThere("token", name);
    }
    context.status(204);
  }
}
