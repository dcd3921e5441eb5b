package dev.holdfast.server;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;

/** The log as people look at it: its newest checkpoint, and proofs to take away. */
final class LedgerApi {
  private final HoldfastServer server;
  private final Door door;

  LedgerApi(HoldfastServer server, Door door) {
    this.server = server;
    this.door = door;
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.get(
        "/api/v1/ledger",
        context -> {
          Asked asked = door.asked(context);
          Answers.json(context, server.ledger().newest(asked).fields());
        });
    routes.get("/api/v1/entries/{index}/proof", this::proof);
  }

  private void proof(Context context) throws IOException {
    door.asked(context).requireAll();
    long index = Answers.number(context, "index");
    String proof = server.proofs().proof(index);
    context
        .header("Content-Disposition", "attachment; filename=\"entry-" + index + ".tlog-proof\"")
        .contentType("text/plain; charset=utf-8")
        .result(proof);
  }
}
