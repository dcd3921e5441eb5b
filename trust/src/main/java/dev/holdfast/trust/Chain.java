package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.SourceId;
import org.jspecify.annotations.Nullable;

/**
 * What a source remembers between two statements: how many it has made, and the hash of the last.
 *
 * <p>A source writes it down before it lets go of a statement; one that forgets and signs the same
 * sequence again with other content has proved itself a liar.
 *
 * @param source who speaks
 * @param length statements made so far, 0 to 2<sup>53</sup> - 1; the last had this sequence number
 * @param last the hash of the last one, or null where none was made
 */
public record Chain(SourceId source, long length, @Nullable Sha256 last) {
  public Chain {
    requireNonNull(source, "source");
    if (length < 0 || length > Statement.LAST_SEQUENCE) {
      throw new IllegalArgumentException("a chain has 0 to 2^53 - 1 statements, not " + length);
    }
    if ((length == 0) != (last == null)) {
      throw new IllegalArgumentException("a chain has a last hash where it has statements");
    }
  }

  /** The chain of a source that has said nothing yet. */
  public static Chain beginning(SourceId source) {
    return new Chain(source, 0, null);
  }

  /** The chain that ends with a statement. */
  public static Chain after(Statement statement) {
    return after(statement, statement.hash());
  }

  /** The same where the statement's hash is known. */
  public static Chain after(Statement statement, Sha256 hash) {
    return new Chain(statement.source(), statement.sequence(), hash);
  }
}
