package dev.holdfast.probe;

import dev.holdfast.trust.CertificateCheck;
import dev.holdfast.trust.IdentityCertificate;
import java.time.Instant;
import java.util.List;

/** What a signed statement says about rounds; its signature was found good. */
sealed interface RoundWord {
  /** A landmark states rounds. */
  record Stated(List<StatedRound> rounds) implements RoundWord {
    public Stated {
      rounds = List.copyOf(rounds);
    }
  }

  /** A certified host signs for rounds. */
  record Countersigned(List<CountersignedRound> rounds) implements RoundWord {
    public Countersigned {
      rounds = List.copyOf(rounds);
    }
  }

  /**
   * A round, as its landmark states it.
   *
   * @param at when the landmark says that it signed
   * @param landmark whether it was certified when it signed
   */
  record StatedRound(
      Round round, RoundsStatement statement, Instant at, CertificateCheck landmark) {
    RoundName name() {
      return new RoundName(
          round.transcript().sha256(),
          round.session(),
          statement.certificate().key().id(),
          round.hostKey(),
          round.host());
    }
  }

  /**
   * A round that a host signs for.
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
}
