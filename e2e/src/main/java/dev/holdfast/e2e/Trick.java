package dev.holdfast.e2e;

/** What a dishonest host does with a challenge. */
enum Trick {
  /** Answers as it should: with a session key that it should not have. */
  ANSWERED,
  /** Sends the challenge back as it came. */
  BOUNCED,
  /** Answers under a key that it made up. */
  WRONG_KEY,
  /** Answers under the key of its session with another landmark. */
  OTHER_KEY,
  /** Answers the next challenge before it comes, and none that did come. */
  EARLY,
  /** Puts the TLVs of the challenge behind an answer that was made before it came. */
  COPIED,
  /** Answers a few of a round, then sends those answers again. */
  REPLAYED,
  /** Answers, and says that it held each challenge for an hour, in a clock that jumps. */
  CLOCKS
}
