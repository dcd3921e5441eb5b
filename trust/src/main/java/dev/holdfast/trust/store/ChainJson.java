package dev.holdfast.trust.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.model.SourceId;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Sha256;
import java.util.TreeMap;

/** Where a chain of statements ends, as a source writes it down. */
public final class ChainJson {
  private static final int LONGEST = 4096;

  private ChainJson() {}

  /** The octets. */
  public static byte[] print(Chain chain) {
    TreeMap<String, JsonTree> members = new TreeMap<>();
    members.put("source", new TextNode(chain.source().value()));
    members.put("length", new NumberNode(chain.length()));
    Sha256 last = chain.last();
    if (last != null) {
      members.put("last", new TextNode(last.hex()));
    }
    return CanonicalJson.octets(ObjectNode.of(members));
  }

  /**
   * Reads them.
   *
   * @throws CodedException MALFORMED_STATEMENT, MALFORMED_JSON or INPUT_TOO_LARGE
   */
  public static Chain read(byte[] octets, String source) {
    JsonFields fields = JsonFields.read(octets, source, LONGEST, ErrorCode.MALFORMED_STATEMENT);
    SourceId who = fields.value("source", SourceId::new);
    long length = fields.whole("length");
    Sha256 last = fields.has("last") ? fields.value("last", Sha256::new) : null;
    fields.requireNothingElse();
    return fields.made("length", () -> new Chain(who, length, last));
  }
}
