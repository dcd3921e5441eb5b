package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

/** What came of checking an answer against its challenge. */
public sealed interface ReplyCheck {
  /**
   * Somebody who has the session key made it after the challenge had arrived.
   *
   * @param sequence the reflector's own number
   */
  record Accepted(int sequence, ReflectorWord word) implements ReplyCheck {
    public Accepted {
      requireNonNull(word, "word");
    }
  }

  /** It bounds nothing. */
  record Refused(Refusal why) implements ReplyCheck {
    public Refused {
      requireNonNull(why, "why");
    }
  }
}
