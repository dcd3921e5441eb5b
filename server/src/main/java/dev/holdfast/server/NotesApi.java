package dev.holdfast.server;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;

/** What people write about sites: taken in, and answered. */
final class NotesApi {
  private static final String NOTES = "/api/v1/sites/{id}/notes";

  private final HoldfastServer server;
  private final Door door;

  NotesApi(HoldfastServer server, Door door) {
    this.server = server;
    this.door = door;
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.post(NOTES, this::write);
    routes.get(
        NOTES,
        context ->
            Answers.list(
                context, server.notes().notes(context.pathParam("id"), door.asked(context))));
    routes.get(
        NOTES + "/{index}",
        context -> {
          Asked asked = door.asked(context);
          long index = Answers.number(context, "index");
          Answers.json(
              context, server.notes().note(context.pathParam("id"), index, asked).fields());
        });
  }

  private void write(Context context) throws IOException, InterruptedException {
    Tokens.Token token = door.require(context, Role::mayRead);
    Asked asked = door.asked(context);
    String site = context.pathParam("id");
    server.notes().requireWritable(site, asked);
    NoteStatement said = NoteStatement.asked(Answers.fields(context), token, site);
    NoteDesk.Kept kept = server.notes().keep(said, asked);
    JsonBody body = new JsonBody().put("index", kept.index());
    Answers.json(context, (kept.repeated() ? body.put("repeated", true) : body).fields());
  }
}
