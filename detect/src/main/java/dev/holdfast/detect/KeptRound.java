package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.model.TargetId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A round and its entry, as the {@link Watch} keeps several of each host: one object where the
 * round, its delay and its place would be three.
 *
 * @param milliseconds of the shortest round trip
 * @param index of its entry
 */
record KeptRound(
    TargetId host,
    String key,
    Binding binding,
    Landmark landmark,
    double milliseconds,
    Instant measuredAt,
    boolean simulated,
    @Nullable Instant revocationsAt,
    long index) {
  KeptRound {
    requireNonNull(host, "host");
    requireNonNull(key, "key");
    requireNonNull(binding, "binding");
    requireNonNull(landmark, "landmark");
    requireNonNull(measuredAt, "measuredAt");
  }

  /** What it is in JSON. */
  record Word(Bounded round, long index) {}

  @JsonCreator
  static KeptRound of(Word word) {
    Bounded round = word.round();
    return of(round, round.host(), round.key(), word.index());
  }

  /**
   * Of a round, with the names of its host and key as they are kept already.
   *
   * @throws IllegalArgumentException where they are not those of the round
   */
  static KeptRound of(Bounded round, TargetId host, String key, long index) {
    if (!round.host().equals(host) || !round.key().equals(key)) {
      throw new IllegalArgumentException("the round is of another host or key");
    }
    return new KeptRound(
        host,
        key,
        round.binding(),
        round.landmark(),
        round.roundTrip().milliseconds(),
        round.measuredAt(),
        round.simulated(),
        round.revocationsAt(),
        index);
  }

  @JsonValue
  Word word() {
    return new Word(round(), index);
  }

  /** The round, as it was told. */
  Bounded round() {
    return new Bounded(
        host,
        key,
        binding,
        landmark,
        Delay.ofMillis(milliseconds),
        measuredAt,
        simulated,
        revocationsAt);
  }
}
