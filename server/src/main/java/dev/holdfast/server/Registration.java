package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementType;
import java.util.List;
import java.util.Map;

/**
 * What somebody declared through the server, as the server signs it.
 *
 * @param actor the name of the token that was used
 * @param items 1 to {@value #MOST}
 */
record Registration(String actor, List<FleetItem> items) {
  static final StatementType TYPE = StatementType.ofHoldfast("registration", 1);

  /** The most items that fit into one statement whatever they say. */
  static final int MOST = 64;

  Registration {
    requireNonNull(actor, "actor");
    items = List.copyOf(items);
    if (items.isEmpty() || items.size() > MOST) {
      throw new IllegalArgumentException("a registration has 1 to " + MOST + " items");
    }
  }

  Content content() {
    return new Content.Inline(
        ObjectNode.of(
            Map.<String, JsonTree>of(
                "actor",
                new TextNode(actor),
                "items",
                new ArrayNode(items.stream().<JsonTree>map(FleetItem::json).toList()))));
  }

  static Registration read(Statement statement, String source) {
    if (!(statement.content() instanceof Content.Inline(ObjectNode object))) {
      throw new CodedException(Problem.in(source, ErrorCode.MALFORMED_FLEET, "it names a blob"));
    }
    JsonFields fields = JsonFields.of(object, source, ErrorCode.MALFORMED_FLEET);
    String actor = fields.text("actor");
    List<FleetItem> items =
        fields.items("items", MOST).stream()
            .map(item -> FleetItem.read(item.text("kind"), item))
            .toList();
    fields.requireNothingElse();
    return fields.made("items", () -> new Registration(actor, items));
  }
}
