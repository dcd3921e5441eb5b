package dev.holdfast.server;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
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
    routes.post("/api/v1/cases/{number}/acts", this::act);
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
