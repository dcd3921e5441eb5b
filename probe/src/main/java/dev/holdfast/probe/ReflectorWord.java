package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

/**
 * What a reflector says in its answer of its own clock and of the packet as it came: its word, for
 * diagnosis only, never subtracted from a round trip.
 *
 * @param received when the challenge came
 * @param transmitted when the answer left
 * @param timeToLive of the challenge as it arrived, 0 to 255; 0 where it could not see it
 */
public record ReflectorWord(StampTimestamp received, StampTimestamp transmitted, int timeToLive) {
  public ReflectorWord {
    requireNonNull(received, "received");
    requireNonNull(transmitted, "transmitted");
  }

  /** What the maker of an answer in authenticated mode says; it has at least 112 octets. */
  public static ReflectorWord of(byte[] answer) {
    return new ReflectorWord(
        new StampTimestamp(Octets.longInteger(answer, Layout.RECEIVED)),
        new StampTimestamp(Octets.longInteger(answer, Layout.TIMESTAMP)),
        answer[Layout.SENDER_TIME_TO_LIVE] & 0xFF);
  }

  /** Nanoseconds for which it says that it held the challenge. */
  public long turnaroundNanoseconds() {
    return received.nanosecondsUntil(transmitted);
  }
}
