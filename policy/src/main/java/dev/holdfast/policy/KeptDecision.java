package dev.holdfast.policy;

import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is kept of a decision, so that whoever has its record can make it again: the question, the
 * answer, and what both were read from.
 *
 * @param question the fields that were given or assumed, by name; the two days always
 * @param outcome the stable word
 * @param decidedBy the rules that decided
 * @param record the SHA-256 of the record, in hexadecimal digits
 */
public record KeptDecision(
    Map<String, String> question, String outcome, List<String> decidedBy, String record) {
  private static final int MOST_RULES = 64;
  private static final int LONGEST = 200;
  private static final Pattern RULE = Pattern.compile("[A-Za-z0-9.-]{1,40}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  public KeptDecision {
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
    if (!HASH.matcher(record).matches()) {
      throw new IllegalArgumentException("the record is no SHA-256 in hexadecimal digits");
    }
  }

  /**
   * What is kept of a decision.
   *
   * @param given the fields that were given
   */
  public static KeptDecision of(Map<String, String> given, Decision decision) {
    Map<String, String> question = new TreeMap<>(given);
    question.put("item", decision.question().item().sku());
    question.put("kind", decision.question().kind().word());
    question.put("from", decision.question().from());
    question.put("to", decision.question().to());
    question.put("date", decision.question().date().toString());
    question.put("knownOn", decision.question().knownOn().toString());
    question.values().removeIf(String::isBlank);
    return new KeptDecision(
        question, decision.outcome().word(), rules(decision), decision.sha256());
  }

  private static List<String> rules(Decision decision) {
    return decision.decidedBy().stream().map(Rule::id).distinct().toList();
  }

  /** Reads one from among the fields of an object, which may hold others. */
  public static KeptDecision read(JsonFields fields) {
    String outcome = fields.text("outcome");
    List<String> decidedBy = fields.texts("decidedBy", MOST_RULES);
    String record = fields.text("record");
    JsonFields inside = fields.fields("question");
    Map<String, String> question = new TreeMap<>();
    inside.names().forEach(name -> question.put(name, inside.text(name)));
    return fields.made("question", () -> new KeptDecision(question, outcome, decidedBy, record));
  }

  /** The fields of its JSON form. */
  public Map<String, JsonTree> fields() {
    TreeMap<String, JsonTree> asked = new TreeMap<>();
    question.forEach((name, value) -> asked.put(name, new TextNode(value)));
    TreeMap<String, JsonTree> fields = new TreeMap<>();
    fields.put("question", ObjectNode.of(asked));
    fields.put("outcome", new TextNode(outcome));
    fields.put(
        "decidedBy", new ArrayNode(decidedBy.stream().<JsonTree>map(TextNode::new).toList()));
    fields.put("record", new TextNode(record));
    return fields;
  }

  /** A field of the question; blank where it was not given. */
  public String field(String name) {
    return question.getOrDefault(name, "");
  }

  /** Makes it again by a record, which should be the one that it was made by. */
  public Decision again(Decider decider) {
    QuestionReader reader = new QuestionReader(decider.record(), decider.record().answersUntil());
    return decider.decide(reader.read(name -> Optional.ofNullable(question.get(name))));
  }

  /** Whether a decision says the same. */
  public boolean isSame(Decision decision) {
    return decision.outcome().word().equals(outcome) && rules(decision).equals(decidedBy);
  }
}
