package dev.holdfast.probe;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.CertificateCheck;
import dev.holdfast.trust.CertificateMemory;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Statement;
import java.util.List;

/** Reads what landmarks and hosts say about rounds, and looks into who vouches for them. */
final class RoundReader {
  private final CertificateMemory certificates;

  RoundReader(CertificateMemory certificates) {
    this.certificates = certificates;
  }

  /**
   * What a statement says.
   *
   * @throws CodedException as {@link RoundWord#read}
   */
  RoundWord read(byte[] octets, String source) {
    Envelope envelope = Envelope.parse(octets, source);
    return RoundWord.read(
        envelope, Statement.parse(envelope.payload(), source), source, certificates);
  }

  /** The rounds of a landmark, certified or not. */
  List<StatedRound> rounds(RoundWord.Stated word) {
    CertificateCheck landmark = certificates.check(word.certificate(), word.role(), word.at());
    return word.statement().rounds().stream()
        .map(round ->
            new StatedRound(
                round, word.statement(), word.at(), landmark, word.transcripts().of(round)))
        .toList();
  }

  /**
   * The rounds that a host signs for.
   *
   * @throws CodedException CERTIFICATE_REFUSED where no trusted authority certifies the host
   */
  List<CountersignedRound> rounds(RoundWord.Countersigned word, String source) {
    if (certificates.check(word.certificate(), word.role(), word.at())
        instanceof CertificateCheck.Refused(String reason)) {
      throw new CodedException(Problem.in(source, ErrorCode.CERTIFICATE_REFUSED, reason));
    }
    return word.statement().answered().stream()
        .map(each -> new CountersignedRound(each, word.certificate(), word.at()))
        .toList();
  }
}
