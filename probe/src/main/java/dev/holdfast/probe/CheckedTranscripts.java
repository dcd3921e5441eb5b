package dev.holdfast.probe;

import dev.holdfast.trust.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the transcripts of some rounds bear out. It follows from the octets alone, so it can be
 * found out on another thread and long before anybody judges the rounds.
 */
public final class CheckedTranscripts {
  /** Nothing was looked at yet. */
  static final CheckedTranscripts NONE = new CheckedTranscripts(Map.of());

  private final Map<Round, TranscriptCheck> found;

  private CheckedTranscripts(Map<Round, TranscriptCheck> found) {
    this.found = found;
  }

  /** Looks at those that are at hand. */
  static CheckedTranscripts of(List<Round> rounds, Function<Sha256, Optional<byte[]>> transcripts) {
    Map<Round, TranscriptCheck> found = new HashMap<>();
    for (Round round : rounds) {
      transcripts
          .apply(round.transcript().sha256())
          .ifPresent(octets -> found.put(round, TranscriptCheck.of(round, octets)));
    }
    return new CheckedTranscripts(found);
  }

  /** What the transcript of a round of the same list says, where it was looked at. */
  Optional<TranscriptCheck> of(Round round) {
    return Optional.ofNullable(found.get(round));
  }
}
