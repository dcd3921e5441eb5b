package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.model.Role;
import dev.holdfast.trust.CertificateMemory;
import dev.holdfast.trust.CertifiedWord;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a statement says about rounds; the key that it certifies has signed it. Whether an authority
 * vouches for that key is another question.
 */
public sealed interface RoundWord extends CertifiedWord {
  /**
   * A landmark states rounds.
   *
   * @param transcripts what was found in them so far
   */
  record Stated(RoundsStatement statement, Instant at, CheckedTranscripts transcripts)
      implements RoundWord {
    public Stated {
      requireNonNull(statement, "statement");
      requireNonNull(at, "at");
      requireNonNull(transcripts, "transcripts");
    }

    /** The same with its transcripts looked at, so that a judge need not. */
    public Stated withTranscripts(Function<Sha256, Optional<byte[]>> octets) {
      return new Stated(statement, at, CheckedTranscripts.of(statement.rounds(), octets));
    }

    @Override
    public IdentityCertificate certificate() {
      return statement.certificate();
    }

    @Override
    public Role role() {
      return Role.LANDMARK;
    }
  }

  /** A host signs for rounds. */
  record Countersigned(Countersignatures statement, Instant at) implements RoundWord {
    public Countersigned {
      requireNonNull(statement, "statement");
      requireNonNull(at, "at");
    }

    @Override
    public IdentityCertificate certificate() {
      return statement.certificate();
    }

    @Override
    public Role role() {
      return Role.HOST;
    }
  }

  /** Whether a statement is one about rounds, by its type. */
  static boolean isIn(Statement statement) {
    return statement.type().equals(RoundsStatement.TYPE)
        || statement.type().equals(Countersignatures.TYPE);
  }

  /**
   * Reads a statement and checks its signature.
   *
   * @param statement the payload of the envelope, as it was read
   * @param source the name of the octets for messages
   * @param certificates remembers certificates that were read before
   * @throws CodedException where it is about no rounds, malformed, or not signed by the key that it
   *     certifies
   */
  static RoundWord read(
      Envelope envelope, Statement statement, String source, CertificateMemory certificates) {
    // The certificate that names the key is inside, so the statement is read before its signature
    // is checked; reading it is bounded, and nothing is believed before.
    RoundWord word =
        statement.type().equals(RoundsStatement.TYPE)
            ? new Stated(
                RoundsStatement.read(statement, source, certificates::parse),
                statement.time(),
                CheckedTranscripts.NONE)
            : new Countersigned(
                Countersignatures.read(statement, source, certificates::parse), statement.time());
    word.certificate().requireSigned(envelope, statement, source);
    return word;
  }
}
