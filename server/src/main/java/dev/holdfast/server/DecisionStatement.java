package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.model.Reason;
import dev.holdfast.policy.Decision;
import dev.holdfast.policy.Outcome;
import dev.holdfast.policy.QuestionReader;
import dev.holdfast.policy.Rule;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.StatementType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What somebody decided: the question, the answer, and the record that it was made by, so that
 * whoever has that record can make it again.
 *
 * @param actor whose token it was
 * @param question the fields that were given or assumed, by name
 * @param outcome the stable word
 * @param decidedBy the rules that decided
 * @param record the SHA-256 of the record
 */
record DecisionStatement(
    String actor,
    Map<String, String> question,
    String outcome,
    List<String> decidedBy,
    String record) {
  static final StatementType TYPE = StatementType.ofHoldfast("decision", 1);

  private static final int MOST_RULES = 64;
  private static final int LONGEST = 200;
  private static final Pattern RULE = Pattern.compile("[A-Za-z0-9.-]{1,40}");

  DecisionStatement {
    question = Map.copyOf(question);
    decidedBy = List.copyOf(decidedBy);
    if (Outcome.of(outcome).isEmpty()) {
      throw new IllegalArgumentException("there is no such outcome");
    }
    for (Map.Entry<String, String> each : question.entrySet()) {
      if (!QuestionReader.FIELDS.contains(each.getKey()) || each.getValue().length() > LONGEST) {
        throw new IllegalArgumentException("no field of a question: " + each.getKey());
      }
    }
    for (String needed : List.of("item", "to", "date", "knownOn")) {
      if (!question.containsKey(needed)) {
        throw new IllegalArgumentException("the question lacks " + needed);
      }
    }
    if (decidedBy.size() > MOST_RULES
        || !decidedBy.stream().allMatch(rule -> RULE.matcher(rule).matches())) {
      throw new IllegalArgumentException("these are no ids of rules");
    }
    var _ = new Sha256(record);
  }

  /** What a decision is kept as. */
  static DecisionStatement of(String actor, Map<String, String> given, Decision decision) {
    Map<String, String> question = new TreeMap<>(given);
    question.put("item", decision.question().item().sku());
    question.put("kind", decision.question().kind().word());
    question.put("from", decision.question().from());
    question.put("to", decision.question().to());
    question.put("date", decision.question().date().toString());
    question.put("knownOn", decision.question().knownOn().toString());
    question.values().removeIf(String::isBlank);
    return new DecisionStatement(
        actor,
        question,
        decision.outcome().word(),
        decision.decidedBy().stream().map(Rule::id).distinct().toList(),
        decision.sha256());
  }

  static DecisionStatement read(JsonFields fields) {
    String actor = fields.text("actor");
    String outcome = fields.text("outcome");
    List<String> decidedBy = fields.texts("decidedBy", MOST_RULES);
    String record = fields.text("record");
    JsonFields inside = fields.fields("question");
    Map<String, String> question = new TreeMap<>();
    inside.names().forEach(name -> question.put(name, inside.text(name)));
    fields.requireNothingElse();
    return fields.made(
        "question", () -> new DecisionStatement(actor, question, outcome, decidedBy, record));
  }

  String field(String name) {
    return question.getOrDefault(name, "");
  }

  Content content() {
    return new Content.Inline(tree());
  }

  /** The same as text, for the views. */
  String json() {
    return new String(CanonicalJson.octets(tree()), UTF_8);
  }

  private ObjectNode tree() {
    TreeMap<String, JsonTree> asked = new TreeMap<>();
    question.forEach((name, value) -> asked.put(name, new TextNode(value)));
    return ObjectNode.of(
        Map.of(
            "actor", new TextNode(actor),
            "question", ObjectNode.of(asked),
            "outcome", new TextNode(outcome),
            "decidedBy", new ArrayNode(decidedBy.stream().<JsonTree>map(TextNode::new).toList()),
            "record", new TextNode(record)));
  }

  /** What happened, in a sentence. */
  Reason reason() {
    return Reason.of("event.decision", actor, field("item"), field("to"), field("date"), outcome);
  }
}
