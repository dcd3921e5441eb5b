package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.Problem;

/** What came of checking an envelope: a statement that its key signed, or why not. */
public sealed interface StatementCheck {
  /** Which of the two JSON texts is meant: the one outside or the one inside. */
  enum Part {
    ENVELOPE,
    STATEMENT
  }

  /**
   * The envelope is sound, a trusted key signed it, and it holds this statement.
   *
   * @param hash names the statement; what the source's next one gives as previous
   */
  record Valid(Statement statement, Sha256 hash, StatementKey key) implements StatementCheck {
    public Valid {
      requireNonNull(statement, "statement");
      requireNonNull(hash, "hash");
      requireNonNull(key, "key");
    }
  }

  /** Every way in which an envelope is not good. */
  sealed interface Refused extends StatementCheck {
    /** Why, in English. */
    String reason();
  }

  /** A part is not JSON, too large, or has not the fields that it must have. */
  record Malformed(Part part, Problem problem) implements Refused {
    @Override
    public String reason() {
      return problem.sentence();
    }
  }

  /** A part is sound but spelled in another way than the canonical one. */
  record NotCanonical(Part part) implements Refused {
    @Override
    public String reason() {
      return switch (part) {
        case ENVELOPE -> "the envelope is not in canonical form (RFC 8785)";
        case STATEMENT -> "the statement is not in canonical form (RFC 8785)";
      };
    }
  }

  /** The key is not one that the reader trusts. */
  record UnknownKey(KeyId key) implements Refused {
    @Override
    public String reason() {
      return "no trusted key has the id " + key;
    }
  }

  /** The signature is spelled so that a third party could have made it out of another. */
  record SecondSpelling(StatementKey key) implements Refused {
    @Override
    public String reason() {
      return switch (key.kind()) {
        case ED25519 -> "R or S of the signature is not reduced (key " + key.id() + ")";
        case ECDSA_P256 ->
            "r or s of the signature is out of range, or s above half the order (key "
                + key.id()
                + ")";
      };
    }
  }

  /** The key did not sign this payload. */
  record WrongSignature(StatementKey key) implements Refused {
    @Override
    public String reason() {
      return "the key " + key.id() + " did not sign this payload";
    }
  }

  /** The key signed, but the statement says that another one does. */
  record KeyMismatch(KeyId envelope, KeyId statement) implements Refused {
    @Override
    public String reason() {
      return "the envelope is signed by key "
          + envelope
          + ", the statement inside names key "
          + statement;
    }
  }
}
