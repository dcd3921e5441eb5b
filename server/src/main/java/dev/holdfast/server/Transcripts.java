package dev.holdfast.server;

import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which transcripts a statement about rounds speaks of, whoever signed it. */
final class Transcripts {
  private Transcripts() {}

  /** Their hashes in hexadecimal digits; what has none is passed over. */
  static List<String> of(Statement statement) {
    if (!(statement.content() instanceof Content.Inline(ObjectNode object))
        || !(object.get("rounds").orElse(null) instanceof ArrayNode rounds)) {
      return List.of();
    }
    return rounds.items().stream()
        .flatMap(round -> round instanceof ObjectNode each ? hash(each).stream() : Stream.of())
        .toList();
  }

  /** A round names a blob, a countersignature the hash alone. */
  private static Optional<String> hash(ObjectNode round) {
    return round
        .get("transcript")
        .flatMap(
            named -> named instanceof ObjectNode blob ? blob.get("sha256") : Optional.of(named))
        .filter(TextNode.class::isInstance)
        .map(text -> ((TextNode) text).value());
  }
}
