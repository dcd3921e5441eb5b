package dev.holdfast.server;

import dev.holdfast.base.JsonFields;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.Reason;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A story that is played to this server, for its administrator. */
final class PlaybackApi {
  private static final List<String> ACTIONS = List.of("pause", "resume", "step", "next", "speed");

  private final Playback playback;
  private final Door door;

  PlaybackApi(Playback playback, Door door) {
    this.playback = playback;
    this.door = door;
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/v1/playback", this::read);
    routes.post("/api/v1/playback", this::hold);
  }

  private void read(Context context) {
    door.require(context, role -> role == Role.ADMIN);
    answer(context);
  }

  private void hold(Context context) throws IOException {
    door.require(context, role -> role == Role.ADMIN);
    JsonFields fields = Answers.fields(context);
    String action = fields.text("action");
    if (!ACTIONS.contains(action)) {
      throw fields.refuse("action", "it is " + String.join(", ", ACTIONS));
    }
    int speed = action.equals("speed") ? speed(fields) : 0;
    fields.requireNothingElse();
    switch (action) {
      case "pause" -> playback.pause();
      case "resume" -> playback.resume();
      case "step" -> playback.step();
      case "next" -> playback.next();
      default -> playback.speed(speed);
    }
    answer(context);
  }

  private static int speed(JsonFields fields) {
    int speed = fields.whole("speed", Integer.MAX_VALUE);
    if (!Playback.SPEEDS.contains(speed)) {
      throw fields.refuse(
          "speed",
          "it is "
              + Playback.SPEEDS.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    return speed;
  }

  private void answer(Context context) {
    MessageCatalogue catalogue =
        MessageCatalogue.in(Door.language(context.header("Accept-Language")));
    Playback.Stand stand = playback.stand();
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    for (Playback.Line each : stand.lines()) {
      items.add(line(items.size(), each, catalogue));
    }
    Answers.json(
        context,
        new JsonBody()
            .put("now", stand.now().toString())
            .put("from", stand.from().toString())
            .put("until", stand.until().toString())
            .put("played", stand.played())
            .put("state", word(stand.state()))
            .put("speed", stand.speed())
            .put("speeds", Playback.SPEEDS)
            .put("simulated", true)
            .put("items", items)
            .fields());
  }

  private static Map<String, @Nullable Object> line(
      int number, Playback.Line line, MessageCatalogue catalogue) {
    return new JsonBody()
        .put("number", number)
        .put("at", line.at().toString())
        .put("chapter", line.chapter().code())
        .put("title", say(line.chapter(), catalogue))
        .put("basis", word(line.basis()))
        .put("mark", line.mark())
        .put(
            "sentence",
            line.sentences().stream()
                .map(each -> say(each, catalogue))
                .collect(Collectors.joining(" ")))
        .put(
            "links",
            line.links().stream()
                .map(each -> Map.of("kind", each.kind(), "id", each.id()))
                .toList())
        .fields();
  }

  private static String say(Reason reason, MessageCatalogue catalogue) {
    return catalogue.say(reason.code(), reason.arguments());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
