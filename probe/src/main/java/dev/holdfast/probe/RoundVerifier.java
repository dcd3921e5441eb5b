package dev.holdfast.probe;

import dev.holdfast.base.CodedException;
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
          reader.rounds(stated).forEach(each -> rounds.putIfAbsent(each.name(), each));
      case RoundWord.Countersigned signed ->
          reader
              .rounds(signed, source)
              .forEach(each -> countersigned.putIfAbsent(each.name(), each));
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
  }
}
