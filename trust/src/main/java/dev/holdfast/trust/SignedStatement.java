package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

/**
 * A statement that was just signed.
 *
 * @param statement what was said; a content that was too large is a blob here
 * @param envelope what goes out
 * @param next the chain to sign the next statement with; write it down before the envelope goes out
 */
public record SignedStatement(Statement statement, Envelope envelope, Chain next) {
  public SignedStatement {
    requireNonNull(statement, "statement");
    requireNonNull(envelope, "envelope");
    requireNonNull(next, "next");
  }
}
