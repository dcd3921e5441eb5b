package dev.holdfast.cli;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A way to ask a reflector a number of times. */
interface ProbeAsk extends AutoCloseable {
  /**
   * An answer.
   *
   * @param roundTrip nanoseconds between question and answer, at least what it truly took
   * @param timeToLive of the question as it arrived, the reflector's word; 0 where it does not say
   * @param turnaround nanoseconds that the reflector says it held the question, its word
   */
  record Answer(int number, long roundTrip, int timeToLive, long turnaround) {}

  /**
   * What came of asking.
   *
   * @param stamps who read the clock: {@code kernel} or {@code process}
   * @param refused packets that are no answers, by reason
   */
  record Outcome(int sent, List<Answer> answers, String stamps, Map<String, Integer> refused) {
    public Outcome {
      answers = List.copyOf(answers);
      refused = Map.copyOf(refused);
    }
  }

  /** Whether only a holder of the key can have answered. */
  boolean keyed();

  /** Asks, and waits for the last answers. */
  Outcome ask(InetSocketAddress to, int count, Duration interval);

  @Override
  void close();
}
