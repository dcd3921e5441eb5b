package dev.holdfast.probe;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Role;
import dev.holdfast.probe.RoundWord.CountersignedRound;
import dev.holdfast.probe.RoundWord.StatedRound;
import dev.holdfast.trust.CertificateCheck;
import dev.holdfast.trust.CertificateMemory;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Statement;

/** Reads statements of landmarks and hosts about rounds, and checks their signatures. */
final class RoundReader {
  private final CertificateMemory certificates;

  RoundReader(CertificateMemory certificates) {
    this.certificates = certificates;
  }

  /**
   * What a statement says.
   *
   * @throws CodedException where it is about no rounds, malformed, or not signed by the key that it
   *     certifies, or where no trusted authority certifies the host that signed
   */
  RoundWord read(byte[] octets, String source) {
    Envelope envelope = Envelope.parse(octets, source);
    // The certificate that names the key is inside, so the statement is read before its signature
    // is checked; reading it is bounded, and nothing is believed before.
    Statement statement = Statement.parse(envelope.payload(), source);
    return statement.type().equals(RoundsStatement.TYPE)
        ? stated(envelope, statement, source)
        : countersigned(envelope, statement, source);
  }

  private RoundWord.Stated stated(Envelope envelope, Statement statement, String source) {
    RoundsStatement said = RoundsStatement.read(statement, source, certificates::parse);
    said.certificate().requireSigned(envelope, statement, source);
    CertificateCheck landmark =
        certificates.check(said.certificate(), Role.LANDMARK, statement.time());
    return new RoundWord.Stated(
        said.rounds().stream()
            .map(round -> new StatedRound(round, said, statement.time(), landmark))
            .toList());
  }

  private RoundWord.Countersigned countersigned(
      Envelope envelope, Statement statement, String source) {
    Countersignatures said = Countersignatures.read(statement, source, certificates::parse);
    said.certificate().requireSigned(envelope, statement, source);
    if (certificates.check(said.certificate(), Role.HOST, statement.time())
        instanceof CertificateCheck.Refused(String reason)) {
      throw new CodedException(Problem.in(source, ErrorCode.CERTIFICATE_REFUSED, reason));
    }
    return new RoundWord.Countersigned(
        said.answered().stream()
            .map(each -> new CountersignedRound(each, said.certificate(), statement.time()))
            .toList());
  }
}
