package dev.holdfast.detect;

import static dev.holdfast.detect.Rounds.HOST;
import static dev.holdfast.detect.Rounds.declared;
import static dev.holdfast.detect.Rounds.minute;
import static dev.holdfast.detect.Rounds.round;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Landmark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds of the fold whatever a host says and whenever. */
final class HostFoldPropertyTest {
  private static final boolean THOROUGH =
      "thorough".equals(System.getProperty("holdfast.counts", "gate"));
  private static final int TRIES = THOROUGH ? 400 : 6;
  private static final List<Landmark> LANDMARKS =
      List.of(Rounds.NEAR, Rounds.NEAR_TOO, Rounds.FAR, Rounds.FAR_TOO, Rounds.FAR_ALSO);

  private final HostFold fold = Rounds.fold();

  private static List<Bounded> within(SplittableRandom random, double minutes) {
    List<Bounded> rounds = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      Landmark landmark = LANDMARKS.get(random.nextInt(LANDMARKS.size()));
      double milliseconds =
          random.nextInt(3) == 0 ? 1 + random.nextDouble(20) : 100 + random.nextDouble(200);
      rounds.add(round(landmark, milliseconds, random.nextDouble(minutes)));
    }
    return rounds;
  }

  @Test
  void rounds_of_one_window_give_the_same_in_whatever_order_they_come() {
    SplittableRandom random = new SplittableRandom(81);
    for (int i = 0; i < TRIES; i++) {
      List<Bounded> rounds = within(random, 9);
      HostState first = all(rounds);
      Collections.shuffle(rounds, new Random(random.nextLong()));
      HostState other = all(rounds);
      assertThat(other.place()).as("try " + i).isEqualTo(first.place());
      assertThat(other.reason()).isEqualTo(first.reason());
      assertThat(other.judgedAt()).isEqualTo(first.judgedAt());
      assertThat(other.lastHeard()).isEqualTo(first.lastHeard());
      assertThat(other.rounds())
          .extracting(HostState.Kept::round)
          .containsExactlyInAnyOrderElementsOf(
              first.rounds().stream().map(HostState.Kept::round).toList());
    }
  }

  private HostState all(List<Bounded> rounds) {
    HostState state = fold.apply(HostState.unknown(HOST), declared("JP"), 0, minute(0)).state();
    for (int i = 0; i < rounds.size(); i++) {
      state = fold.apply(state, rounds.get(i), i + 1, minute(9)).state();
    }
    return state;
  }

  @Test
  void the_same_input_gives_the_same_and_no_state_is_younger_than_its_rounds() {
    SplittableRandom random = new SplittableRandom(82);
    for (int i = 0; i < TRIES; i++) {
      long seed = random.nextLong();
      assertThat(life(seed)).as("seed " + seed).isEqualTo(life(seed));
    }
  }

  /** Evidence, some of it late, and time that passes, by turns. */
  private List<Object> life(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Object> told = new ArrayList<>();
    HostState state = HostState.unknown(HOST);
    double now = 0;
    for (int i = 0; i < 20; i++) {
      now += random.nextDouble(4);
      HostFold.Step step =
          random.nextInt(4) == 0
              ? fold.pass(state, minute(now))
              : fold.apply(state, evidence(random, now), i, minute(now));
      state = step.state();
      told.add(state);
      told.addAll(step.findings());
      requireSound(state, minute(now), step.findings());
    }
    return told;
  }

  private static Evidence.OfPlace evidence(SplittableRandom random, double now) {
    if (random.nextInt(5) == 0) {
      return declared(random.nextBoolean() ? "JP" : "DE");
    }
    Landmark landmark = LANDMARKS.get(random.nextInt(LANDMARKS.size()));
    return round(landmark, 1 + random.nextDouble(200), now - random.nextDouble(15));
  }

  private void requireSound(HostState state, Instant now, List<Finding> findings) {
    Instant judged = state.judgedAt();
    if (state.place() != PlaceState.SILENT) {
      assertThat(judged).isNotNull();
      assertThat(judged).isEqualTo(state.rounds().getLast().round().measuredAt());
    }
    assertThat(fold.pass(state, now).state().place())
        .as("time that has passed already changes nothing but what has run out")
        .isIn(state.place(), PlaceState.SILENT);
    assertThat(findings).allSatisfy(finding -> assertThat(finding.at()).isBeforeOrEqualTo(now));
  }
}
