package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.trust.StatementCheck.KeyMismatch;
import dev.holdfast.trust.StatementCheck.Malformed;
import dev.holdfast.trust.StatementCheck.NotCanonical;
import dev.holdfast.trust.StatementCheck.Part;
import dev.holdfast.trust.StatementCheck.SecondSpelling;
import dev.holdfast.trust.StatementCheck.UnknownKey;
import dev.holdfast.trust.StatementCheck.Valid;
import dev.holdfast.trust.StatementCheck.WrongSignature;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks envelopes against the keys that a reader trusts.
 *
 * <p>In DSSE's order: the envelope is read, the signature checked, and only then is the payload
 * looked into, so that nobody but a trusted key reaches the reader of statements. Says nothing of
 * whether the source may use the key or make such statements, of sequence or of clock.
 */
public final class StatementVerifier {
  private final Function<KeyId, Optional<StatementKey>> keys;

  /**
   * A verifier.
   *
   * @param keys the trusted keys by id, such as a {@link KeyRing}
   */
  public StatementVerifier(Function<KeyId, Optional<StatementKey>> keys) {
    this.keys = requireNonNull(keys, "keys");
  }

  /**
   * Checks the octets of an envelope.
   *
   * @param source the name of the octets for messages
   */
  public StatementCheck check(byte[] octets, String source) {
    Envelope envelope;
    try {
      envelope = Envelope.read(octets, source);
    } catch (CodedException e) {
      return new Malformed(Part.ENVELOPE, e.problem());
    }
    if (!Arrays.equals(octets, envelope.octets())) {
      return new NotCanonical(Part.ENVELOPE);
    }
    return check(envelope, source);
  }

  /** Checks an envelope that was read already. */
  public StatementCheck check(Envelope envelope, String source) {
    Optional<StatementKey> known =
        keys.apply(envelope.key()).filter(found -> found.id().equals(envelope.key()));
    if (known.isEmpty()) {
      return new UnknownKey(envelope.key());
    }
    StatementKey key = known.get();
    Optional<StatementCheck> wrong = signature(envelope, key);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    Statement statement;
    try {
      statement = Statement.read(envelope.payload(), source);
    } catch (CodedException e) {
      return new Malformed(Part.STATEMENT, e.problem());
    }
    if (!Arrays.equals(envelope.payload(), statement.octets())) {
      return new NotCanonical(Part.STATEMENT);
    }
    if (!statement.key().equals(key.id())) {
      return new KeyMismatch(key.id(), statement.key());
    }
    return new Valid(statement, envelope.statementHash(), key);
  }

  /**
   * Checks who signed an envelope whose payload was read already: the certificate that names the
   * key may be inside.
   *
   * @param statement what {@link Statement#parse} made of the payload
   */
  static StatementCheck check(Envelope envelope, Statement statement, StatementKey key) {
    if (!key.id().equals(envelope.key())) {
      return new UnknownKey(envelope.key());
    }
    return signature(envelope, key)
        .orElseGet(() ->
            statement.key().equals(key.id())
                ? new Valid(statement, envelope.statementHash(), key)
                : new KeyMismatch(key.id(), statement.key()));
  }

  /** What is wrong with the signature. */
  private static Optional<StatementCheck> signature(Envelope envelope, StatementKey key) {
    if (!key.hasOneSpelling(envelope.signature())) {
      return Optional.of(new SecondSpelling(key));
    }
    return key.verifies(envelope.signedOctets(), envelope.signature())
        ? Optional.empty()
        : Optional.of(new WrongSignature(key));
  }
}
