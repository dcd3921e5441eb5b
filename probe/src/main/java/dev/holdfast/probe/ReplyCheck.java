package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

/** What came of checking an answer against its challenge. */
public sealed interface ReplyCheck {
  /**
   * Somebody who has the session key made it after the challenge had arrived.
   *
   * @param sequence the reflector's own number
   * @param received when the reflector says that the challenge came; its word, for diagnosis only
   * @param transmitted when it says that the answer left; its word
   * @param timeToLive of the challenge as it arrived, its word; 0 where it could not see it
   */
  record Accepted(int sequence, StampTimestamp received, StampTimestamp transmitted, int timeToLive)
      implements ReplyCheck {
    public Accepted {
      requireNonNull(received, "received");
      requireNonNull(transmitted, "transmitted");
    }
  }

  /** It bounds nothing. */
  record Refused(Refusal why) implements ReplyCheck {
    public Refused {
      requireNonNull(why, "why");
    }
  }
}
