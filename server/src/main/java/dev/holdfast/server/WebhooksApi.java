package dev.holdfast.server;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Webhooks, for administrators: made, tried, ended, and what was sent to them. */
final class WebhooksApi {
  private static final String WEBHOOKS = "/api/v1/webhooks";
  private static final String ONE = WEBHOOKS + "/{id}";
  private static final int LONGEST_PAGES = 200;
  private static final int ATTEMPTS_SHOWN = 100;

  private final HoldfastServer server;
  private final Door door;

  WebhooksApi(HoldfastServer server, Door door) {
    this.server = server;
    this.door = door;
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.get(WEBHOOKS, this::all);
    routes.post(WEBHOOKS, this::make);
    routes.delete(ONE, this::forget);
    routes.post(ONE + "/secret", this::rotate);
    routes.post(ONE + "/test", this::test);
    routes.post(ONE + "/resume", this::resume);
    routes.get(ONE + "/deliveries", this::deliveries);
    routes.post(ONE + "/deliveries/{message}/resend", this::resend);
  }

  private Tokens.Token admin(Context context) {
    return door.require(context, role -> role == Role.ADMIN);
  }

  private void all(Context context) {
    admin(context);
    List<Object> items = new ArrayList<>();
    for (WebhookStore.Hook hook : server.webhooks().all()) {
      items.add(body(hook).fields());
    }
    Answers.list(context, items);
  }

  private JsonBody body(WebhookStore.Hook hook) {
    WebhookStore store = server.webhooks().store();
    return new JsonBody()
        .put("id", hook.id())
        .put("url", hook.url())
        .put("events", hook.events().stream().map(WebhookEvent::word).sorted().toList())
        .put("language", hook.language())
        .put("pages", hook.pages())
        .put("actor", hook.actor())
        .put("since", hook.since())
        .put("secretSince", hook.rotated())
        .put("disabled", hook.disabled())
        .put("waiting", store.count(hook.id(), "waiting"))
        .put("delivered", store.count(hook.id(), "delivered"))
        .put("failed", store.count(hook.id(), "failed"));
  }

  private void make(Context context) throws IOException {
    Tokens.Token token = admin(context);
    JsonFields fields = Answers.fields(context);
    WebhookAddress url = fields.value("url", WebhookAddress::parse);
    List<String> words = fields.texts("events", WebhookEvent.values().length);
    Set<WebhookEvent> events =
        fields.made(
            "events",
            () -> {
              Set<WebhookEvent> named = new LinkedHashSet<>();
              words.forEach(each -> named.add(WebhookEvent.of(each)));
              if (named.isEmpty()) {
                throw new IllegalArgumentException("there is none");
              }
              return named;
            });
    String language =
        fields.has("language") ? fields.value("language", WebhooksApi::language) : "en";
    @Nullable String pages = fields.has("pages") ? fields.value("pages", WebhooksApi::pages) : null;
    fields.requireNothingElse();
    Webhooks.Made made = server.webhooks().make(url, events, language, pages, token.name());
    Answers.json(context, body(made.hook()).put("secret", made.secret()).fields());
  }

  private static String language(String word) {
    if (MessageCatalogue.LANGUAGES.stream().map(Locale::getLanguage).noneMatch(word::equals)) {
      throw new IllegalArgumentException("it is en, zh or ja");
    }
    return word;
  }

  /** Where people open the pages, with a slash at its end. */
  private static String pages(String text) {
    URI uri = URI.create(text);
    boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    if (text.length() > LONGEST_PAGES
        || !web
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("it is not such as https://holdfast.example/");
    }
    return text.endsWith("/") ? text : text + "/";
  }

  private void forget(Context context) {
    admin(context);
    server.webhooks().forget(context.pathParam("id"));
    context.status(204);
  }

  private void rotate(Context context) throws IOException {
    admin(context);
    nothing(context);
    Webhooks.Made made = server.webhooks().rotate(context.pathParam("id"));
    Answers.json(context, body(made.hook()).put("secret", made.secret()).fields());
  }

  private void test(Context context) throws IOException {
    Tokens.Token token = admin(context);
    nothing(context);
    String message = server.webhooks().test(context.pathParam("id"), token.name());
    Answers.json(context, Map.of("message", message));
  }

  private void resume(Context context) throws IOException {
    admin(context);
    nothing(context);
    server.webhooks().resume(context.pathParam("id"));
    context.status(204);
  }

  private void resend(Context context) throws IOException {
    admin(context);
    nothing(context);
    server.webhooks().resend(context.pathParam("id"), context.pathParam("message"));
    context.status(204);
  }

  /** A body that says nothing may be missing. */
  private static void nothing(Context context) throws IOException {
    byte[] body = Answers.body(context, 1 << 10);
    if (body.length > 0) {
      JsonFields.read(body, "body", 1 << 10, ErrorCode.BAD_PARAMETER).requireNothingElse();
    }
  }

  private void deliveries(Context context) {
    admin(context);
    Asked asked = door.asked(context);
    Webhooks webhooks = server.webhooks();
    String id = webhooks.require(context.pathParam("id")).id();
    List<WebhookStore.Listed> found =
        webhooks.store().messages(id, before(asked), asked.limit() + 1);
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    for (WebhookStore.Listed each : found.subList(0, Math.min(found.size(), asked.limit()))) {
      WebhookStore.Message message = each.message();
      items.add(
          new JsonBody()
              .put("message", message.id())
              .put("type", message.type())
              .put("entry", message.index())
              .put("made", message.made())
              .put("state", message.state())
              .put("next", message.next())
              .put("until", message.until())
              .put(
                  "attempts",
                  webhooks.store().attempts(message.id(), ATTEMPTS_SHOWN).stream()
                      .map(JsonBody::fields)
                      .toList())
              .fields());
    }
    String next =
        found.size() <= asked.limit()
            ? null
            : Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                    String.valueOf(found.get(asked.limit() - 1).number())
                        .getBytes(StandardCharsets.UTF_8));
    Answers.list(context, new Pager.Page(items, next));
  }

  private static long before(Asked asked) {
    String cursor = asked.cursor();
    try {
      return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new dev.holdfast.base.CodedException(
          new Problem(ErrorCode.BAD_PARAMETER, null, 0, "cursor", "it is not one of this list"), e);
    }
  }
}
