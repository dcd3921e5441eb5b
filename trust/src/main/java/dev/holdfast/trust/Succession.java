package dev.holdfast.trust;

/**
 * How a statement stands to another one of the same source that was taken in before.
 *
 * <p>Both must have been verified: two envelopes that equivocate or fork prove, to anybody, that
 * whoever holds the key said two things where one was allowed.
 */
public sealed interface Succession {
  /** It is the next one and names the other as previous. */
  record Follows() implements Succession {}

  /** It is the same statement again. */
  record Repeats() implements Succession {}

  /**
   * Statements between the two have not been seen.
   *
   * @param missing how many, at least 1
   */
  record Gap(long missing) implements Succession {}

  /**
   * Two statements under one sequence number.
   *
   * @param sequence that number
   */
  record Equivocation(long sequence, Sha256 before, Sha256 now) implements Succession {}

  /**
   * It is the next one but names another statement as previous: there are two chains.
   *
   * @param expected the hash of the other statement
   * @param named the hash that it names
   */
  record Fork(Sha256 expected, Sha256 named) implements Succession {}

  /** It comes before the other; lay it beside its own neighbours. */
  record Earlier() implements Succession {}

  /**
   * Lays a statement beside one of the same source.
   *
   * @throws IllegalArgumentException where the sources differ
   */
  static Succession of(Statement before, Statement now) {
    if (!before.source().equals(now.source())) {
      throw new IllegalArgumentException(
          "statements of two sources: " + before.source() + ", " + now.source());
    }
    return of(Chain.after(before), now);
  }

  /**
   * Lays a statement beside the end of its source's chain, which may be empty.
   *
   * @throws IllegalArgumentException where the sources differ
   */
  static Succession of(Chain chain, Statement now) {
    if (!chain.source().equals(now.source())) {
      throw new IllegalArgumentException(
          "statements of two sources: " + chain.source() + ", " + now.source());
    }
    if (now.sequence() < chain.length()) {
      return new Earlier();
    }
    if (now.sequence() > chain.length() + 1) {
      return new Gap(now.sequence() - chain.length() - 1);
    }
    Sha256 last = chain.last();
    if (now.sequence() == chain.length() && last != null) {
      Sha256 hash = now.hash();
      return hash.equals(last) ? new Repeats() : new Equivocation(now.sequence(), last, hash);
    }
    Sha256 named = now.previous();
    // Both are null for the very first statement only.
    return named == null || last == null || named.equals(last)
        ? new Follows()
        : new Fork(last, named);
  }
}
