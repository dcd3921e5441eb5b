package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Names;
import dev.holdfast.model.Reason;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.CustodyWord;
import dev.holdfast.trust.StatementType;
import java.time.Instant;
import java.util.SortedMap;

/**
 * What somebody told the server of custody.
 *
 * @param actor whose token it was
 */
record CustodyStatement(String actor, CustodyWord word) {
  static final StatementType TYPE = StatementType.ofHoldfast("custody", 1);

  /** The most octets that one holds, so that it fits into an entry. */
  static final int LARGEST = 40_000;

  CustodyStatement {
    Names.check("actor", actor);
    requireNonNull(word, "word");
  }

  /**
   * Reads what somebody asks to be kept.
   *
   * @param at when it is said
   */
  static CustodyStatement asked(JsonFields fields, String actor, Instant at) {
    CustodyStatement said = read(fields, actor, at);
    if (said.json().getBytes(UTF_8).length > LARGEST) {
      throw new CodedException(
          Problem.of(
              ErrorCode.INPUT_TOO_LARGE,
              "one statement of custody holds at most " + LARGEST + " octets: say it in parts"));
    }
    return said;
  }

  /** Reads what stands in a statement of a time. */
  static CustodyStatement read(JsonFields fields, Instant at) {
    return read(fields, fields.text("actor"), at);
  }

  private static CustodyStatement read(JsonFields fields, String actor, Instant at) {
    CustodyWord word = CustodyWord.read(fields, at);
    fields.requireNothingElse();
    return fields.made("actor", () -> new CustodyStatement(actor, word));
  }

  Content content() {
    return new Content.Inline(tree());
  }

  /** The same as text, for the views. */
  String json() {
    return new String(CanonicalJson.octets(tree()), UTF_8);
  }

  private ObjectNode tree() {
    SortedMap<String, JsonTree> fields = word.fields();
    fields.put("actor", new TextNode(actor));
    return ObjectNode.of(fields);
  }

  /** What happened, in a sentence. */
  Reason reason() {
    return word.reason(actor);
  }
}
