package dev.holdfast.edge;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.model.Role;
import dev.holdfast.trust.CertificateCheck;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.LandmarkPosition;
import dev.holdfast.trust.Statement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The statement of where a landmark stands, as its rounds will cite it.
 *
 * @param envelope as it is in the file
 * @param unchecked why nobody looked at its signature; empty where somebody did
 */
record StatedPosition(Envelope envelope, Optional<String> unchecked) {
  /**
   * Reads a position and lays it beside the landmark's certificate: rounds that cite one of another
   * landmark or time would bound nothing.
   *
   * <p>Its signature is checked where the landmark's own authority is among those that it trusts.
   *
   * @throws CodedException FILE_NOT_FOUND, FILE_UNREADABLE, INPUT_TOO_LARGE, MALFORMED_ENVELOPE or
   *     MALFORMED_STATEMENT; MALFORMED_POSITION where it is a statement of another kind;
   *     POSITION_REFUSED, naming the field, where it does not fit
   */
  static StatedPosition read(
      Path file, IdentityCertificate own, CertificateVerifier verifier, Instant now) {
    String source = file.toString();
    Envelope envelope = Envelope.parse(BoundedFiles.read(file, Envelope.LONGEST), source);
    LandmarkPosition position =
        LandmarkPosition.read(Statement.parse(envelope.payload(), source), source);
    position.requireFits(own, source);
    position.requireHoldsAt(now, source);
    return switch (verifier.check(own, Role.LANDMARK, now)) {
      case CertificateCheck.Valid valid -> {
        var _ = LandmarkPosition.signed(envelope, valid.authority(), source);
        yield new StatedPosition(envelope, Optional.empty());
      }
      case CertificateCheck.Refused(String reason) ->
          new StatedPosition(envelope, Optional.of(reason));
    };
  }
}
