package dev.holdfast.server;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.ledger.store.HttpReply;
import dev.holdfast.ledger.store.LogResources;
import dev.holdfast.trust.JsonWebKeySet;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What anybody may read: the pages, their libraries and words, the land, the log; of the log the
 * entries only where the settings open them, else whoever may read all.
 */
final class PublicFiles {
  private static final String ENTRIES = "tile/entries/";

  private final HoldfastServer server;
  private final Door door;
  private final boolean openEntries;
  private final Pages pages;
  private final LogResources log;
  private byte @Nullable [] land;

  PublicFiles(HoldfastServer server, Door door, boolean openEntries, Pages pages) {
    this.server = server;
    this.door = door;
    this.openEntries = openEntries;
    this.pages = pages;
    log = new LogResources(server.logFolder());
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/", context -> file(context, "index.html"));
    routes.get("/pages/{name}", context -> file(context, context.pathParam("name")));
    routes.get("/lib/<path>", this::library);
    routes.get("/messages/{name}", this::messages);
    routes.get("/world.json", this::world);
    routes.get("/log/<path>", this::logFile);
    routes.get("/openapi.json", context -> Answers.json(context, OpenApi.document()));
    routes.get(
        "/.well-known/jwks.json",
        context -> Answers.json(context, JsonWebKeySet.write(server.leaseKeys().published())));
  }

  private void file(Context context, String name) {
    send(context, pages.page(name).orElseThrow(() -> Asked.notThere("page", name)));
  }

  private void library(Context context) {
    String path = context.pathParam("path");
    send(context, pages.library(path).orElseThrow(() -> Asked.notThere("file", path)));
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
            .orElseThrow(() -> Asked.notThere("language", name));
    MessageCatalogue catalogue = MessageCatalogue.in(language);
    Map<String, String> words = new TreeMap<>();
    for (String key : catalogue.keys()) {
      if (key.startsWith("page.")) {
        words.put(key.substring(5), catalogue.pattern(key));
      }
    }
    Answers.json(context, words);
  }

  private synchronized void world(Context context) {
    byte[] known = land;
    if (known == null) {
      known = StateJson.mapper().writeValueAsBytes(GeoJson.land(server.fleet().atlas().map()));
      land = known;
    }
    context.header("Cache-Control", "public, max-age=86400");
    context.contentType(Answers.JSON).result(known);
  }

  private void logFile(Context context) throws IOException {
    String path = context.path().substring("/log/".length());
    if (path.startsWith(ENTRIES) && !openEntries) {
      // Else what was not disclosed to an auditor could be read there.
      var _ = door.require(context, Role::mayReadAll);
    }
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
}
