package dev.holdfast.probe;

import dev.holdfast.trust.IdentityCertificate;
import java.time.Instant;

/**
 * A round that a certified host signs for.
 *
 * @param at when it says that it signed
 */
record CountersignedRound(
    Countersignatures.Answered answered, IdentityCertificate host, Instant at) {
  RoundName name() {
    return new RoundName(
        answered.transcript(),
        answered.session(),
        answered.landmarkKey(),
        host.key().id(),
        host.identity().name());
  }
}
