package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One challenge of a round and, where one counted, its answer. The arrays are not copied.
 *
 * @param challenge the {@value Challenge#LENGTH} octets as sent
 * @param sentNanoseconds when, by a clock that nobody sets, after the beginning of the round
 * @param to where it was sent
 * @param reply the octets of the first answer that passed every check, or null
 * @param roundTripNanoseconds at least the time from its leaving to the answer's coming; 0 without
 *     an answer
 * @param from where the answer came from, or null
 */
public record Exchange(
    byte[] challenge,
    long sentNanoseconds,
    PeerAddress to,
    byte @Nullable [] reply,
    long roundTripNanoseconds,
    @Nullable PeerAddress from) {
  public Exchange {
    requireNonNull(challenge, "challenge");
    requireNonNull(to, "to");
    if ((reply == null) != (from == null) || sentNanoseconds < 0 || roundTripNanoseconds < 0) {
      throw new IllegalArgumentException("an answer has a sender, and times are not negative");
    }
  }

  /** Whether an answer counted. */
  public boolean answered() {
    return reply != null;
  }
}
