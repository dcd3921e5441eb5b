package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Makes envelopes with one key; holds no state but the key, so the chain is the caller's to keep.
 */
public final class StatementSigner {
  private final SigningKey key;

  public StatementSigner(SigningKey key) {
    this.key = requireNonNull(key, "key");
  }

  /**
   * Signs the next statement of a chain.
   *
   * <p>A content that would make the statement longer than {@value Statement#LONGEST} octets is
   * handed to {@code large} as canonical JSON first, and the statement names it instead.
   *
   * @param time when, cut to whole milliseconds
   * @throws IOException where {@code large} could not keep the content; nothing is signed then
   * @throws CodedException {@link ErrorCode#KEY_MISMATCH} where what the key made does not verify
   *     under its public half
   * @throws IllegalStateException where the chain is full
   */
  public SignedStatement sign(
      Chain chain, StatementType type, Instant time, Content content, LargePayloads large)
      throws IOException {
    if (chain.length() == Statement.LAST_SEQUENCE) {
      throw new IllegalStateException("the chain of " + chain.source() + " is full");
    }
    Statement statement = next(chain, type, time, content);
    byte[] payload = statement.octets();
    if (payload.length > Statement.LONGEST && content instanceof Content.Inline inline) {
      byte[] octets = CanonicalJson.octets(inline.object());
      BlobReference reference = BlobReference.to(octets, Content.JSON);
      large.keep(reference.sha256(), octets);
      statement = next(chain, type, time, new Content.Blob(reference));
      payload = statement.octets();
    }
    Envelope envelope =
        Envelope.of(payload, key.publicKey().id(), signature(key, Envelope.signedOctets(payload)));
    return new SignedStatement(statement, envelope, Chain.after(statement));
  }

  private Statement next(Chain chain, StatementType type, Instant time, Content content) {
    return new Statement(
        chain.source(),
        chain.length() + 1,
        chain.last(),
        type,
        key.publicKey().id(),
        time.truncatedTo(ChronoUnit.MILLIS),
        content);
  }

  /** Signs and checks: a wrong pair of keys or a faulty chip is found here and not by others. */
  static byte[] signature(SigningKey key, byte[] message) {
    StatementKey publicKey = key.publicKey();
    byte[] signature = key.sign(message);
    if (signature.length == KeyKind.SIGNATURE_LENGTH && publicKey.kind() == KeyKind.ECDSA_P256) {
      signature = NistCurve.lowered(signature);
    }
    if (!publicKey.verifies(message, signature)) {
      throw new CodedException(
          Problem.of(
              ErrorCode.KEY_MISMATCH,
              "a signature just made does not verify under the public key " + publicKey.id()));
    }
    return signature;
  }
}
