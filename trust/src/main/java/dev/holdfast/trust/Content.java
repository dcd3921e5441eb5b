package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ObjectNode;

/** What a statement says: in itself, or in a blob that it names. */
public sealed interface Content {
  /** The media type of an {@link Inline} content that was too large and became a blob. */
  String JSON = "application/json";

  /**
   * A JSON object inside the statement.
   *
   * @param object nested at most 31 levels deep, itself counted, since the statement is one more
   */
  record Inline(ObjectNode object) implements Content {
    public Inline {
      if (!JsonTree.isWithinDepth(object, JsonTree.DEEPEST - 1)) {
        throw new IllegalArgumentException(
            "a content is nested at most " + (JsonTree.DEEPEST - 1) + " levels deep");
      }
    }
  }

  /** Octets outside the statement. */
  record Blob(BlobReference reference) implements Content {
    public Blob {
      requireNonNull(reference, "reference");
    }
  }
}
