package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.picture.BoardCaption;
import dev.holdfast.picture.BoardGraph;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What may be read of a server: lists, things by their ids, proofs, and what happens. */
final class ReadingApi {
  private static final int MOST_WATCHERS = 500;

  private final HoldfastServer server;
  private final Door door;
  private final boolean played;
  private final Semaphore watchers = new Semaphore(MOST_WATCHERS);

  /**
   * Readings.
   *
   * @param played whether a story is played to the server, which its summary says then
   */
  ReadingApi(HoldfastServer server, Door door, boolean played) {
    this.server = server;
    this.door = door;
    this.played = played;
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.get(
        "/api/v1/summary",
        context -> {
          Tokens.Token token = door.require(context, Role::mayRead);
          JsonBody body = server.fleet().summary(door.asked(context));
          body.put("actor", token.name()).put("role", token.role());
          if (played && token.is() == Role.ADMIN) {
            body.put("playback", true);
          }
          Answers.json(context, body.fields());
        });
    routes.get(
        "/api/v1/sites",
        context -> Answers.list(context, server.fleet().sites(door.asked(context))));
    routes.get(
        "/api/v1/sites/{id}",
        context ->
            Answers.json(
                context,
                server.fleet().site(context.pathParam("id"), door.asked(context)).fields()));
    routes.get(
        "/api/v1/sites/{id}/comments",
        context ->
            Answers.list(
                context, server.history().comments(context.pathParam("id"), door.asked(context))));
    routes.get(
        "/api/v1/hosts",
        context -> Answers.list(context, server.fleet().hosts(door.asked(context))));
    routes.get(
        "/api/v1/hosts/{id}",
        context ->
            Answers.json(
                context,
                server.fleet().host(context.pathParam("id"), door.asked(context)).fields()));
    routes.get(
        "/api/v1/chips",
        context -> Answers.list(context, server.fleet().chips(door.asked(context))));
    routes.get(
        "/api/v1/chips/{id}",
        context ->
            Answers.json(
                context,
                server.fleet().chip(context.pathParam("id"), door.asked(context)).fields()));
    routes.get(
        "/api/v1/chips/{id}/timeline",
        context ->
            Answers.list(
                context, server.history().timeline(context.pathParam("id"), door.asked(context))));
    routes.get(
        "/api/v1/chips/{id}/delays",
        context ->
            Answers.json(
                context,
                server.history().delays(context.pathParam("id"), door.asked(context)).fields()));
    routes.get("/api/v1/chips/{id}/bundle", this::chipBundle);
    routes.get(
        "/api/v1/boards",
        context -> Answers.list(context, server.boards().boards(door.asked(context))));
    routes.get(
        "/api/v1/boards/{id}",
        context ->
            Answers.json(
                context,
                server.boards().board(context.pathParam("id"), door.asked(context)).fields()));
    routes.get("/api/v1/boards/{id}/graph.svg", this::boardGraph);
    routes.get("/api/v1/challenge", this::challenge);
    routes.get("/api/v1/chips/{id}/result", this::result);
    routes.get(
        "/api/v1/verdicts",
        context -> Answers.list(context, server.history().verdicts(door.asked(context))));
    routes.get("/api/v1/verdicts/{id}/bundle", this::bundle);
    routes.get(
        "/api/v1/findings",
        context -> Answers.list(context, server.history().findings(door.asked(context))));
    routes.get("/api/v1/entries/{index}", this::entry);
    routes.get("/api/v1/events", this::events);
  }

  private void result(Context context) {
    String result =
        server.boards().result(context.pathParam("id"), server.results(), door.asked(context));
    context.contentType("application/eat+jwt").result(result);
  }

  private void boardGraph(Context context) {
    Asked asked = door.asked(context);
    int width =
        asked.number("width", BoardGraph.NARROWEST, BoardGraph.WIDEST).orElse(BoardGraph.USUAL);
    BoardReading.Drawn drawn = server.boards().drawn(context.pathParam("id"), asked);
    BoardCaption caption = BoardSentences.caption(drawn, asked.catalogue());
    Answers.svg(context, BoardGraph.draw(drawn.board(), caption, width));
  }

  private void challenge(Context context) {
    door.require(context, role -> role.mayHandIn() || role.mayRead());
    Answers.json(
        context,
        server
            .boards()
            .challenge()
            .orElseThrow(() -> Asked.notThere("challenge", "newest"))
            .fields());
  }

  private void entry(Context context) throws IOException {
    door.asked(context).requireAll();
    Answers.json(context, server.proofs().entry(Answers.number(context, "index")).fields());
  }

  private void bundle(Context context) throws IOException {
    Asked asked = door.asked(context);
    long id = Answers.number(context, "id");
    attach(context, "verdict-" + id, server.bundles().of(id, asked));
  }

  private void chipBundle(Context context) throws IOException {
    byte[] bundle = server.bundles().ofChip(context.pathParam("id"), door.asked(context));
    // The name of a chip may hold what a header may not.
    attach(context, "chip", bundle);
  }

  private static void attach(Context context, String name, byte[] bundle) {
    context
        .header("Content-Disposition", "attachment; filename=\"" + name + ".json\"")
        .contentType(Answers.JSON)
        .result(bundle);
  }

  private void events(Context context) throws IOException {
    Asked asked = door.asked(context);
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

  private Object feed(ViewWriter.Event event, Asked asked) {
    return new JsonBody()
        .put("at", event.at())
        .put("index", event.index())
        .put("kind", event.kind())
        .put("mark", event.mark())
        .put("sentence", ReportForm.sentence(event.reason(), asked.catalogue()))
        .put("subject", subject(event))
        .put("simulated", event.simulated())
        .fields();
  }

  private @Nullable Object subject(ViewWriter.Event event) {
    String id = event.host() == null ? event.chip() : event.host();
    if (id == null) {
      return null;
    }
    String kind = event.host() == null ? "chip" : "host";
    // A comment names its subject only.
    return Map.of(
        "kind",
        event.kind().equals("comment") ? server.fleet().kindOf(id).orElse(kind) : kind,
        "id",
        id);
  }
}
