package dev.holdfast.server;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.Map;

/** What auditors may read: given, ended, and answered. */
final class DisclosuresApi {
  private static final String DISCLOSURES = "/api/v1/disclosures";

  private final HoldfastServer server;
  private final Door door;

  DisclosuresApi(HoldfastServer server, Door door) {
    this.server = server;
    this.door = door;
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.post(DISCLOSURES, this::disclose);
    routes.get(DISCLOSURES, this::disclosures);
    routes.post(DISCLOSURES + "/{index}/end", this::end);
    routes.get(
        "/api/v1/disclosed",
        context -> {
          Asked asked = door.asked(context);
          long size = server.logFolder().signedCheckpoint().checkpoint().size();
          Answers.json(context, server.disclosures().readable(asked, size).fields());
        });
  }

  private void disclose(Context context) throws IOException, InterruptedException {
    Tokens.Token token = door.require(context, Role::mayDeclare);
    ServerStatements.Disclosure said =
        ServerStatements.Disclosure.read(Answers.fields(context), token.name());
    server.fleet().requireSite(said.site());
    long index =
        HoldfastServer.join(
            server
                .intake()
                .say(ServerStatements.DISCLOSURE, server.clock().instant(), said.content())
                .index());
    server.await(index);
    Answers.json(context, Map.of("index", index));
  }

  private void disclosures(Context context) {
    Tokens.Token token = door.require(context, Role::mayRead);
    Asked asked = door.asked(context);
    String own = token.is().mayReadAll() ? null : token.name();
    Answers.list(context, server.disclosures().disclosures(own, asked));
  }

  private void end(Context context) throws IOException, InterruptedException {
    Tokens.Token token = door.require(context, Role::mayDeclare);
    long index = Answers.number(context, "index");
    Answers.fields(context).requireNothingElse();
    Answers.json(context, Map.of("index", server.disclosures().end(index, token.name())));
  }
}
