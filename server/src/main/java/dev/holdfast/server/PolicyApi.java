package dev.holdfast.server;

import dev.holdfast.base.JsonFields;
import dev.holdfast.policy.Decision;
import dev.holdfast.policy.DecisionJson;
import dev.holdfast.policy.DecisionWords;
import dev.holdfast.policy.KeptDecision;
import dev.holdfast.policy.QuestionReader;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a server answers about the law, and what was decided by it. */
final class PolicyApi {
  private final HoldfastServer server;
  private final Door door;

  PolicyApi(HoldfastServer server, Door door) {
    this.server = server;
    this.door = door;
  }

  /** What may be asked of a decision. */
  static List<String> parameters() {
    return QuestionReader.FIELDS;
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/v1/policy/decision", this::preview);
    routes.get(
        "/api/v1/policy/catalogue",
        context -> {
          var _ = door.asked(context);
          Answers.list(context, server.policy().catalogue());
        });
    routes.get(
        "/api/v1/policy/countries",
        context -> Answers.list(context, server.policy().countries(door.asked(context))));
    routes.get(
        "/api/v1/policy/rules",
        context -> {
          var _ = door.asked(context);
          Answers.json(context, server.policy().rules().fields());
        });
    routes.post("/api/v1/decisions", this::decide);
    routes.get(
        "/api/v1/decisions",
        context -> Answers.list(context, server.policy().decisions(door.asked(context))));
    routes.get(
        "/api/v1/decisions/{index}",
        context -> {
          Asked asked = door.asked(context);
          long index = Answers.number(context, "index");
          Answers.json(context, server.policy().kept(index, asked).fields());
        });
  }

  /** What would be decided; nothing is kept. */
  private void preview(Context context) {
    Asked asked = door.asked(context);
    Decision decision = server.policy().decide(name -> Optional.ofNullable(asked.text(name)));
    Answers.json(context, words(asked).json(decision, true));
  }

  private static DecisionWords words(Asked asked) {
    return new DecisionWords(asked.catalogue());
  }

  /** Decides, and keeps it in the ledger. */
  private void decide(Context context) throws IOException, InterruptedException {
    Tokens.Token token = door.require(context, Role::mayReadAll);
    JsonFields fields = Answers.fields(context);
    Map<String, String> given = new TreeMap<>();
    for (String name : QuestionReader.FIELDS) {
      if (fields.has(name) && !fields.isNull(name)) {
        given.put(name, fields.text(name).strip());
      }
    }
    fields.requireNothingElse();
    given.values().removeIf(String::isEmpty);
    Decision decision = server.policy().decide(name -> Optional.ofNullable(given.get(name)));
    DecisionStatement said = new DecisionStatement(token.name(), KeptDecision.of(given, decision));
    long index =
        HoldfastServer.join(
            server
                .intake()
                .say(DecisionStatement.TYPE, server.clock().instant(), said.content())
                .index());
    server.await(index);
    DecisionJson json = words(door.asked(context)).json(decision, true);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("index", index);
    answer.put("decision", json);
    Answers.json(context, answer);
  }
}
