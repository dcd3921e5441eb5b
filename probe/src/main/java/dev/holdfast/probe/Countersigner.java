package dev.holdfast.probe;

import java.util.Optional;

/**
 * Decides whether a host may sign for a transcript: only where it has itself sent every answer in
 * it. It knows the session key, so it checks the HMACs that an outsider cannot.
 */
public final class Countersigner {
  private Countersigner() {}

  /**
   * Why the host may not sign; empty where it may.
   *
   * @param transcript as the landmark shows it
   * @param mac under the key of the session that it names
   * @param answered what the host's reflector answered in that session
   */
  public static Optional<String> objection(
      Transcript transcript, int ssid, StampMac mac, AnsweredLog answered) {
    int number = 0;
    for (Transcript.Line line : transcript.lines()) {
      number++;
      Transcript.Answer answer = line.answer();
      if (answer == null) {
        continue;
      }
      Challenge challenge;
      try {
        challenge = Challenge.read(line.challenge());
      } catch (IllegalArgumentException e) {
        return Optional.of("challenge " + number + " is none");
      }
      if (challenge.ssid() != ssid) {
        return Optional.of("challenge " + number + " is of another session");
      }
      ReplyCheck check = ReplyChecker.check(challenge, answer.reply(), answer.reply().length, mac);
      switch (check) {
        case ReplyCheck.Refused(Refusal why) -> {
          return Optional.of("answer " + number + " is none: " + why.word());
        }
        case ReplyCheck.Accepted accepted -> {
          if (!answered.answered(accepted.sequence(), challenge.nonce())) {
            return Optional.of("this host did not send answer " + number);
          }
        }
      }
    }
    return Optional.empty();
  }
}
