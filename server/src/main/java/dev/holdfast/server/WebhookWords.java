package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.Reason;
import dev.holdfast.trust.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said to receivers: {@code {"type","timestamp","data":{…}}}, with the fields of {@code
 * data} in one order and under names that stay.
 */
final class WebhookWords {
  private static final int ID = 40;

  private final String origin;

  /**
   * The words of a server.
   *
   * @param origin the name of its log
   */
  WebhookWords(String origin) {
    this.origin = origin;
  }

  /**
   * The id of what follows from an entry: the same whenever it is made, so that a receiver that
   * heard it does not hear it as another.
   */
  String id(WebhookStore.Hook hook, NoticeViews.Notice notice) {
    return id(hook, notice.index() + "." + notice.place() + "." + notice.type().word());
  }

  /** The id of something that happened to a webhook. */
  String id(WebhookStore.Hook hook, String what) {
    String hash = Sha256.of((origin + "\n" + hook.id() + "\n" + what).getBytes(UTF_8)).hex();
    return "msg_" + hash.substring(0, ID);
  }

  /** The body of what follows from an entry. */
  String body(WebhookStore.Hook hook, NoticeViews.Notice notice) {
    Long story = notice.story();
    JsonBody data =
        new JsonBody()
            .put("log", origin)
            .put("entry", notice.index())
            .put("case", story)
            .put("severity", notice.severity())
            .put("code", notice.reason().code())
            .put("sentence", sentence(hook, notice.reason()))
            .put("link", story == null ? null : hook.pages() + "#/cases/" + story);
    Map<String, String> more = notice.more();
    for (String name : List.of("kind", "subject", "actor", "outcome", "host", "audience")) {
      if (more.containsKey(name)) {
        data.put(name, more.get(name));
      }
    }
    return body(notice.type(), notice.at(), data.put("simulated", notice.simulated()));
  }

  /** The body of a try. */
  String test(String actor, Instant at) {
    return body(
        WebhookEvent.WEBHOOK_TEST, at, new JsonBody().put("log", origin).put("actor", actor));
  }

  private static String sentence(WebhookStore.Hook hook, Reason reason) {
    return MessageCatalogue.in(Locale.of(hook.language())).say(reason.code(), reason.arguments());
  }

  private static String body(WebhookEvent type, Instant at, JsonBody data) {
    Map<String, @Nullable Object> body =
        new JsonBody()
            .put("type", type.word())
            .put("timestamp", at)
            .put("data", data.fields())
            .fields();
    return StateJson.mapper().writeValueAsString(body);
  }
}
