package dev.holdfast.probe;

import dev.holdfast.base.CodedException;
import dev.holdfast.probe.RoundWord.CountersignedRound;
import dev.holdfast.probe.RoundWord.StatedRound;
import dev.holdfast.trust.CertificateMemory;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Sha256;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks rounds from statements of landmarks and hosts, in whatever order they come, against the
 * authorities that a reader trusts. For one thread. All statements are taken in before the first
 * answer; {@link RoundJoin} answers as they come.
 *
 * <p>A round bounds a distance where its landmark is certified and signed it, its authority states
 * where the landmark stood, the host is certified and countersigned the transcript with this
 * landmark in this session, and the transcript bears out everything that the round says. The HMACs
 * in the transcript are the host's to check: it has signed that it did ({@link Countersigner}).
 */
public final class RoundVerifier {
  private final RoundReader reader;
  private final RoundJudge judge;
  private final Map<RoundName, CountersignedRound> countersigned = new HashMap<>();
  private final Map<RoundName, StatedRound> rounds = new LinkedHashMap<>();

  public RoundVerifier(CertificateVerifier certificates) {
    CertificateMemory memory = new CertificateMemory(certificates);
    this.reader = new RoundReader(memory);
    this.judge = new RoundJudge(memory);
  }

  /**
   * Takes in a statement: rounds or countersignatures.
   *
   * @param source the name of the octets for messages
   * @throws CodedException where it is neither, malformed, or not signed by the key that it
   *     certifies: such octets say nothing of anybody
   */
  public void add(byte[] octets, String source) {
    switch (reader.read(octets, source)) {
      case RoundWord.Stated stated ->
          stated.rounds().forEach(each -> rounds.putIfAbsent(each.name(), each));
      case RoundWord.Countersigned signed ->
          signed.rounds().forEach(each -> countersigned.putIfAbsent(each.name(), each));
    }
  }

  /**
   * Checks all rounds that were taken in, in the order of coming.
   *
   * @param transcripts the octets of a transcript by hash, where they are at hand
   */
  public List<RoundCheck> check(Function<Sha256, Optional<byte[]>> transcripts) {
    return rounds.values().stream().map(each -> check(each, transcripts)).toList();
  }

  private RoundCheck check(StatedRound stated, Function<Sha256, Optional<byte[]>> transcripts) {
    return switch (judge.ground(stated)) {
      case RoundJudge.Groundless groundless -> groundless.answer();
      case RoundJudge.Placed placed ->
          judge.check(stated, placed, transcripts, countersigned.get(stated.name()));
    };
  private RoundCheck check(Stated stated, Function<Sha256, Optional<byte[]>> transcripts) {
    Round round = stated.round();
    IdentityCertificate landmark = stated.statement().certificate();
    if (stated.landmark() instanceof CertificateCheck.Refused(String reason)) {
      return nothing(round, Why.LANDMARK_NOT_CERTIFIED, reason);
    }
    CertificateCheck.Valid valid = (CertificateCheck.Valid) stated.landmark();
    if (certificates.check(landmark, Role.LANDMARK, round.begin())
        instanceof CertificateCheck.Refused(String reason)) {
      return nothing(round, Why.LANDMARK_NOT_CERTIFIED, reason);
    }
    LandmarkPosition position;
    try {
      position = position(stated, valid.authority());
    } catch (CodedException e) {
      return nothing(round, Why.NO_POSITION, e.problem().reason());
    }
    if (round.timings().accepted() < Round.FEWEST_ANSWERS) {
      return nothing(
          round,
          Why.TOO_FEW_ANSWERS,
          round.timings().accepted()
              + " of "
              + round.sent()
              + " challenges were answered, "
              + Round.FEWEST_ANSWERS
              + " are needed");
    }
    Optional<byte[]> octets = transcripts.apply(round.transcript().sha256());
    if (octets.isEmpty()) {
      return nothing(round, Why.NO_TRANSCRIPT, "no transcript " + round.transcript().sha256());
    }
    TranscriptCheck transcript = TranscriptCheck.of(round, octets.get());
    if (transcript instanceof TranscriptCheck.Wrong(String reason)) {
      return nothing(round, Why.WRONG_TRANSCRIPT, reason);
    }
    Signed host = countersigned(round, landmark);
    if (host == null) {
      return nothing(
          round, Why.NOT_COUNTERSIGNED, "the host did not sign that it answered this landmark");
    }
    CertificateCheck hostCheck = certificates.check(host.host(), Role.HOST, round.begin());
    if (!(hostCheck instanceof CertificateCheck.Valid hostValid)) {
      return nothing(round, Why.NOT_COUNTERSIGNED, ((CertificateCheck.Refused) hostCheck).reason());
    }
    return new RoundCheck.Bounds(
        round,
        position.landmark(),
        landmark,
        host.host(),
        round.begin().plusNanos(((TranscriptCheck.Good) transcript).shortestSent()),
        landmark.identity().simulated() || host.host().identity().simulated(),
        older(valid.revocationsAt(), hostValid.revocationsAt()));
  }

  private static @Nullable Instant older(@Nullable Instant one, @Nullable Instant other) {
    return one == null || other == null ? null : one.isBefore(other) ? one : other;
  }

  private static BoundsNothing nothing(Round round, Why why, String reason) {
    return new BoundsNothing(round, why, reason);
  }

  private @Nullable Signed countersigned(Round round, IdentityCertificate landmark) {
    return countersigned.getOrDefault(round.transcript().sha256(), List.of()).stream()
        .filter(each ->
            each.answered().landmarkKey().equals(landmark.key().id())
                && each.answered().session().equals(round.session())
                && each.host().key().id().equals(round.hostKey())
                && each.host().identity().name().equals(round.host()))
        .findFirst()
        .orElse(null);
  }

  /** The position that a round cites, stated by the authority of its landmark for that time. */
  private static LandmarkPosition position(Stated stated, AuthorityCertificate authority) {
    Round round = stated.round();
    Envelope envelope = stated.statement().position();
    LandmarkPosition position = LandmarkPosition.signed(envelope, authority, "position");
    if (!envelope.statementHash().equals(round.position())) {
      throw new CodedException(
          Problem.of(
              ErrorCode.POSITION_REFUSED,
              "the round cites another position than the one beside it"));
    }
    position.requireFits(stated.statement().certificate(), "position");
    position.requireHoldsAt(round.begin(), "position");
    position.requireHoldsAt(round.end(), "position");
    return position;
  }
}
