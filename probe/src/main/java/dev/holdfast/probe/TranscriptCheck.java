package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Whether a transcript bears out a round, as far as it can be told without the session key. */
sealed interface TranscriptCheck {
  /**
   * It does.
   *
   * @param shortestSent nanoseconds after the beginning at which the challenge left whose answer
   *     came back soonest
   */
  record Good(long shortestSent) implements TranscriptCheck {}

  /** It does not. */
  record Wrong(String reason) implements TranscriptCheck {
    public Wrong {
      requireNonNull(reason, "reason");
    }
  }

  /** Looks at all of it. */
  static TranscriptCheck of(Round round, byte[] octets) {
    if (!round.transcript().names(octets)) {
      return new Wrong("its hash or size is not the one that the round names");
    }
    Transcript transcript;
    try {
      transcript = Transcript.parse(octets, "transcript");
    } catch (CodedException e) {
      return new Wrong(e.problem().sentence());
    }
    if (!transcript.session().equals(round.session())
        || transcript.lines().size() != round.sent()
        || !RoundTimings.of(transcript).equals(round.timings())) {
      return new Wrong("session, counts or times of the round are not those of the transcript");
    }
    return lines(round, transcript);
  }

  private static TranscriptCheck lines(Round round, Transcript transcript) {
    long length = Duration.between(round.begin(), round.end()).plusMillis(1).toNanos();
    Set<Nonce> nonces = new HashSet<>();
    Set<Integer> sequences = new HashSet<>();
    long shortestSent = -1;
    for (Transcript.Line line : transcript.lines()) {
      Challenge challenge;
      try {
        challenge = Challenge.read(line.challenge());
      } catch (IllegalArgumentException e) {
        return new Wrong("a challenge in it is none");
      }
      if (challenge.ssid() != round.ssid() || line.sent() > length) {
        return new Wrong("a challenge in it is of another session or time");
      }
      if (!nonces.add(challenge.nonce())) {
        return new Wrong("a nonce in it was sent twice");
      }
      Transcript.Answer answer = line.answer();
      if (answer != null) {
        Optional<String> wrong = answer(challenge, answer, sequences);
        if (wrong.isPresent()) {
          return new Wrong(wrong.get());
        }
        if (answer.roundTrip() == round.timings().minimum()) {
          shortestSent = shortestSent < 0 ? line.sent() : shortestSent;
        }
      }
    }
    return new Good(Math.max(shortestSent, 0));
  }

  private static Optional<String> answer(
      Challenge challenge, Transcript.Answer answer, Set<Integer> sequences) {
    return switch (ReplyChecker.checkWithoutKey(challenge, answer.reply())) {
      case ReplyCheck.Refused(Refusal why) -> Optional.of("an answer in it is none: " + why.word());
      case ReplyCheck.Accepted accepted ->
          sequences.add(accepted.sequence())
              ? Optional.empty()
              : Optional.of("an answer in it has the number of another");
    };
  }
}
