package dev.holdfast.probe;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Role;
import dev.holdfast.probe.RoundCheck.BoundsNothing;
import dev.holdfast.probe.RoundCheck.Why;
import dev.holdfast.trust.AuthorityCertificate;
import dev.holdfast.trust.CertificateCheck;
import dev.holdfast.trust.CertificateMemory;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.LandmarkPosition;
import dev.holdfast.trust.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides whether a round bounds a distance. For one thread. */
final class RoundJudge {
  private static final int MOST_POSITIONS = 1024;

  private final CertificateMemory certificates;

  /** By how much a landmark's clock may be set back between measuring and signing. */
  private static final Duration STEP = Duration.ofMinutes(1);

  /** Statements of positions whose signature was found good; those used last. */
  private final Map<Cited, LandmarkPosition> positions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Cited, LandmarkPosition> eldest) {
          return size() > MOST_POSITIONS;
        }
      };

  private record Cited(Envelope envelope, AuthorityCertificate authority) {}

  /** Where the landmark of a round stood, or why the round bounds nothing whatever a host signs. */
  sealed interface Ground {}

  /** It may bound something. */
  record Placed(LandmarkPosition position, @Nullable Instant revocationsAt) implements Ground {}

  /** It does not. */
  record Groundless(BoundsNothing answer) implements Ground {}

  RoundJudge(CertificateMemory certificates) {
    this.certificates = certificates;
  }

  /** What can be said of a round before its transcript and countersignature are there. */
  Ground ground(StatedRound stated) {
    Round round = stated.round();
    if (stated.landmark() instanceof CertificateCheck.Refused(String reason)) {
      return groundless(round, Why.LANDMARK_NOT_CERTIFIED, reason);
    }
    CertificateCheck.Valid valid = (CertificateCheck.Valid) stated.landmark();
    if (certificates.check(stated.statement().certificate(), Role.LANDMARK, round.begin())
        instanceof CertificateCheck.Refused(String reason)) {
      return groundless(round, Why.LANDMARK_NOT_CERTIFIED, reason);
    }
    LandmarkPosition position;
    try {
      position = position(stated, valid.authority());
    } catch (CodedException e) {
      return groundless(round, Why.NO_POSITION, e.problem().reason());
    }
    if (round.end().isAfter(stated.at().plus(STEP))) {
      // Else its bound would stay young until that time comes.
      return groundless(
          round,
          Why.NOT_YET_OVER,
          "it ends at " + round.end() + ", and was signed at " + stated.at());
    }
    if (round.timings().accepted() < Round.FEWEST_ANSWERS) {
      return groundless(
          round,
          Why.TOO_FEW_ANSWERS,
          round.timings().accepted()
              + " of "
              + round.sent()
              + " challenges were answered, "
              + Round.FEWEST_ANSWERS
              + " are needed");
    }
    return new Placed(position, valid.revocationsAt());
  }

  /**
   * All that can be said of a round.
   *
   * @param transcripts the octets of a transcript by hash, where they are at hand
   * @param signed what the host signed under the round's own name; null where it did not
   */
  RoundCheck check(
      StatedRound stated,
      Placed placed,
      Function<Sha256, Optional<byte[]>> transcripts,
      @Nullable CountersignedRound signed) {
    Round round = stated.round();
    Optional<TranscriptCheck> looked =
        stated
            .transcript()
            .or(() ->
                transcripts
                    .apply(round.transcript().sha256())
                    .map(octets -> TranscriptCheck.of(round, octets)));
    if (looked.isEmpty()) {
      return new BoundsNothing(
          round, Why.NO_TRANSCRIPT, "no transcript " + round.transcript().sha256());
    }
    TranscriptCheck transcript = looked.get();
    if (transcript instanceof TranscriptCheck.Wrong(String reason)) {
      return new BoundsNothing(round, Why.WRONG_TRANSCRIPT, reason);
    }
    if (signed == null) {
      return notCountersigned(round);
    }
    CertificateCheck host = certificates.check(signed.host(), Role.HOST, round.begin());
    if (!(host instanceof CertificateCheck.Valid valid)) {
      return new BoundsNothing(
          round, Why.NOT_COUNTERSIGNED, ((CertificateCheck.Refused) host).reason());
    }
    IdentityCertificate landmark = stated.statement().certificate();
    return new RoundCheck.Bounds(
        round,
        placed.position().landmark(),
        landmark,
        signed.host(),
        round.begin().plusNanos(((TranscriptCheck.Good) transcript).shortestSent()),
        landmark.identity().simulated() || signed.host().identity().simulated(),
        older(placed.revocationsAt(), valid.revocationsAt()));
  }

  /** The answer to a round that no host signed for. */
  static BoundsNothing notCountersigned(Round round) {
    return new BoundsNothing(
        round, Why.NOT_COUNTERSIGNED, "the host did not sign that it answered this landmark");
  }

  private static Groundless groundless(Round round, Why why, String reason) {
    return new Groundless(new BoundsNothing(round, why, reason));
  }

  private static @Nullable Instant older(@Nullable Instant one, @Nullable Instant other) {
    return one == null || other == null ? null : one.isBefore(other) ? one : other;
  }

  /** The position that a round cites, stated by the authority of its landmark for that time. */
  private LandmarkPosition position(StatedRound stated, AuthorityCertificate authority) {
    Round round = stated.round();
    Envelope envelope = stated.statement().position();
    if (!envelope.statementHash().equals(round.position())) {
      throw new CodedException(
          Problem.of(
              ErrorCode.POSITION_REFUSED,
              "the round cites another position than the one beside it"));
    }
    Cited cited = new Cited(envelope, authority);
    LandmarkPosition position = positions.get(cited);
    if (position == null) {
      position = LandmarkPosition.signed(envelope, authority, "position");
      positions.put(cited, position);
    }
    position.requireFits(stated.statement().certificate(), "position");
    position.requireHoldsAt(round.begin(), "position");
    position.requireHoldsAt(round.end(), "position");
    return position;
  }
}
