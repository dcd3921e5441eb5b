package dev.holdfast.server;

import dev.holdfast.base.MessageCatalogue;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Cases, and what people tell of licences, inspections, transfers and outages. */
final class CasesApi {
  private final HoldfastServer server;
  private final Door door;

  CasesApi(HoldfastServer server, Door door) {
    this.server = server;
    this.door = door;
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.post("/api/v1/custody", this::tell);
    routes.get(
        "/api/v1/custody",
        context -> Answers.list(context, server.custody().told(door.asked(context))));
    routes.get(
        "/api/v1/cases",
        context -> Answers.list(context, server.cases().cases(door.asked(context))));
    routes.get(
        "/api/v1/cases/{number}",
        context -> {
          Asked asked = door.asked(context);
          long number = Answers.number(context, "number");
          Answers.json(context, server.cases().story(number, asked).fields());
        });
    routes.get("/api/v1/cases/{number}/dossier", this::dossier);
    routes.get("/api/v1/cases/{number}/disclosure", this::disclosure);
    routes.post("/api/v1/cases/{number}/acts", this::act);
  }

  private void dossier(Context context) throws IOException, InterruptedException {
    Asked asked = door.asked(context);
    long number = Answers.number(context, "number");
    byte[] dossier = server.dossiers().of(number, asked, language(asked));
    attach(context, "case-" + number + ".html", "text/html; charset=utf-8", dossier);
  }

  private void disclosure(Context context) {
    Asked asked = door.asked(context);
    long number = Answers.number(context, "number");
    String draft = server.drafts().of(number, asked);
    attach(
        context,
        "case-" + number + "-disclosure.md",
        "text/markdown; charset=utf-8",
        draft.getBytes(StandardCharsets.UTF_8));
  }

  /** The language that is asked for by name, else that of the header. */
  private static Locale language(Asked asked) {
    String named = asked.text("language");
    return named == null
        ? asked.catalogue().language()
        : MessageCatalogue.supported(named)
            .orElseThrow(() -> Asked.bad("language", "it is not en, zh or ja"));
  }

  private static void attach(Context context, String name, String type, byte[] octets) {
    context
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .header("Cache-Control", "private, no-cache")
        .contentType(type)
        .result(octets);
  }

  private void tell(Context context) throws IOException, InterruptedException {
    Tokens.Token token = door.require(context, Role::mayReadAll);
    long index = server.custody().keep(Answers.fields(context), token.name());
    Answers.json(context, Map.of("index", index));
  }

  private void act(Context context) throws IOException, InterruptedException {
    Tokens.Token token = door.require(context, Role::mayReadAll);
    long number = Answers.number(context, "number");
    long index = server.cases().act(number, Answers.fields(context), token.name());
    Answers.json(context, Map.of("index", index));
  }
}
