package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.model.Reason;
import dev.holdfast.policy.KeptDecision;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.StatementType;
import java.util.Map;
import java.util.TreeMap;

/**
 * What somebody decided.
 *
 * @param actor whose token it was
 * @param kept the question, the answer and the record that it was made by
 */
record DecisionStatement(String actor, KeptDecision kept) {
  static final StatementType TYPE = StatementType.ofHoldfast("decision", 1);

  static DecisionStatement read(JsonFields fields) {
    String actor = fields.text("actor");
    KeptDecision kept = KeptDecision.read(fields);
    fields.requireNothingElse();
    return new DecisionStatement(actor, kept);
  }

  Content content() {
    return new Content.Inline(tree());
  }

  /** The same as text, for the views. */
  String json() {
    return new String(CanonicalJson.octets(tree()), UTF_8);
  }

  private ObjectNode tree() {
    Map<String, JsonTree> fields = new TreeMap<>(kept.fields());
    fields.put("actor", new TextNode(actor));
    return ObjectNode.of(fields);
  }

  /** What happened, in a sentence. */
  Reason reason() {
    return Reason.of(
        "event.decision",
        actor,
        kept.field("item"),
        kept.field("to"),
        kept.field("date"),
        kept.outcome());
  }
}
