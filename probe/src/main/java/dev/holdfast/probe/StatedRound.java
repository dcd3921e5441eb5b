package dev.holdfast.probe;

import dev.holdfast.trust.CertificateCheck;
import java.time.Instant;
import java.util.Optional;

/**
 * A round, as its landmark states it.
 *
 * @param at when the landmark says that it signed
 * @param landmark whether it was certified when it signed
 * @param transcript what its transcript bears out, where that was looked at
 */
record StatedRound(
    Round round,
    RoundsStatement statement,
    Instant at,
    CertificateCheck landmark,
    Optional<TranscriptCheck> transcript) {
  RoundName name() {
    return new RoundName(
        round.transcript().sha256(),
        round.session(),
        statement.certificate().key().id(),
        round.hostKey(),
        round.host());
  }
}
