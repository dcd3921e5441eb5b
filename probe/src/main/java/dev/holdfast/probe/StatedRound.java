package dev.holdfast.probe;

import dev.holdfast.trust.CertificateCheck;
import java.time.Instant;

/**
 * A round, as its landmark states it.
 *
 * @param at when the landmark says that it signed
 * @param landmark whether it was certified when it signed
 */
record StatedRound(Round round, RoundsStatement statement, Instant at, CertificateCheck landmark) {
  RoundName name() {
    return new RoundName(
        round.transcript().sha256(),
        round.session(),
        statement.certificate().key().id(),
        round.hostKey(),
        round.host());
  }
}
