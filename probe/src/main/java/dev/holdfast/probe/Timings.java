package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking one reflector a number of times, for people to look at; it bounds nothing by
 * itself.
 *
 * @param answers in the order of coming
 * @param stamps who read the clock
 * @param refused packets that are no answers, by reason
 */
public record Timings(List<Answer> answers, StampKind stamps, Map<Refusal, Integer> refused) {
  public Timings {
    answers = List.copyOf(answers);
    requireNonNull(stamps, "stamps");
    refused = Map.copyOf(refused);
  }

  /**
   * An answer.
   *
   * @param number of the question, from 1
   * @param roundTripNanoseconds at least what it truly took
   * @param word what the reflector says of its clock and of the packet
   * @param diagnosis what it says beside, or null where it was not asked
   */
  public record Answer(
      int number, long roundTripNanoseconds, ReflectorWord word, @Nullable Diagnosis diagnosis) {
    public Answer {
      requireNonNull(word, "word");
    }
  }

  /** The timings of a round. */
  public static Timings of(RoundMeasurement round) {
    List<Answer> answers =
        IntStream.range(0, round.exchanges().size())
            .mapToObj(i -> answer(i + 1, round.exchanges().get(i)))
            .flatMap(Optional::stream)
            .toList();
    return new Timings(answers, round.receive(), round.refused());
  }

  private static Optional<Answer> answer(int number, Exchange exchange) {
    return Optional.ofNullable(exchange.reply())
        .map(reply ->
            new Answer(number, exchange.roundTripNanoseconds(), ReflectorWord.of(reply), null));
  }
}
