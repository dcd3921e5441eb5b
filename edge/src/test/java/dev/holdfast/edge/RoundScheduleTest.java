package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.probe.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RoundScheduleTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant NEVER = NOW.plus(Duration.ofDays(365));
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final RoundSchedule schedule = new RoundSchedule(EVERY, new SplittableRandom(1));

  private static SessionId session(int number) {
    return new SessionId(String.format(Locale.ROOT, "%032x", number));
  }

  /** Takes what is due and puts it back as measured. */
  private List<SessionId> measured(Instant now) {
    List<SessionId> taken = new ArrayList<>();
    for (var turn = schedule.take(now); turn != null; turn = schedule.take(now)) {
      taken.add(turn.session());
      schedule.again(turn, now, NEVER);
    }
    return taken;
  }

  @Test
  void aNewSessionIsDueAtOnceAndThenAtAnUnevenDistance() {
    schedule.add(session(1));
    assertThat(measured(NOW)).containsExactly(session(1));
    Instant before = NOW;
    List<Duration> distances = new ArrayList<>();
    for (Instant now = NOW; distances.size() < 50; now = now.plusSeconds(1)) {
      if (!measured(now).isEmpty()) {
        distances.add(Duration.between(before, now));
        before = now;
      }
    }
    assertThat(distances)
        .allMatch(each -> each.compareTo(Duration.ofSeconds(45)) >= 0)
        .allMatch(each -> each.compareTo(Duration.ofSeconds(76)) <= 0);
    assertThat(distances.stream().distinct()).hasSizeGreaterThan(10);
  }

  @Test
  void whatHasBeenDueTheLongestComesFirst() {
    schedule.add(session(1));
    schedule.add(session(2));
    assertThat(measured(NOW)).containsExactly(session(1), session(2));
  }

  @Test
  void aLookTouchesNothingButWhatIsDue() {
    int sessions = 10_000;
    IntStream.range(0, sessions).forEach(number -> schedule.add(session(number)));
    assertThat(measured(NOW)).hasSize(sessions);
    assertThat(schedule.looks()).isEqualTo(sessions);
    assertThat(measured(NOW.plusSeconds(1))).isEmpty();
    assertThat(schedule.looks()).isEqualTo(sessions);
    // Half an hour of looks, 20 a second, is 30 rounds of each session and not 36,000 looks.
    for (int tick = 0; tick < 36_000; tick++) {
      measured(NOW.plusMillis(50L * tick));
    }
    assertThat((double) schedule.looks() / sessions).isCloseTo(30, within(1.5));
    assertThat(schedule.size()).isEqualTo(sessions);
  }

  @Test
  void whatIsNotReadyIsLookedAtSoonAndThenMoreAndMoreRarely() {
    schedule.add(session(1));
    List<Long> looks = new ArrayList<>();
    for (long at = 0; at < 300_000; at += 50) {
      for (var turn = schedule.take(NOW.plusMillis(at));
          turn != null;
          turn = schedule.take(NOW.plusMillis(at))) {
        looks.add(at);
        schedule.later(turn, NOW.plusMillis(at), NEVER);
      }
    }
    assertThat(looks).startsWith(0L, 100L, 300L, 700L);
    assertThat(looks.getLast() - looks.get(looks.size() - 2)).isEqualTo(EVERY.toMillis());
  }

  @Test
  void aSessionIsDueAtItsEndEvenWhereARoundIsNot() {
    schedule.add(session(1));
    schedule.again(requireNonNull(schedule.take(NOW)), NOW, NOW.plusSeconds(3));
    assertThat(schedule.take(NOW.plusSeconds(2))).isNull();
    assertThat(schedule.take(NOW.plusSeconds(3))).isNotNull();
  }

  @Test
  void aSessionThatIsRemovedOrNotPutBackLeavesNothing() {
    schedule.add(session(1));
    schedule.add(session(2));
    schedule.remove(session(1));
    schedule.remove(session(3));
    assertThat(requireNonNull(schedule.take(NOW)).session()).isEqualTo(session(2));
    assertThat(schedule.size()).isZero();
    assertThat(schedule.take(NEVER)).isNull();
  }

  @Test
  void aSessionThatIsAddedTwiceStandsInItOnce() {
    schedule.add(session(1));
    schedule.add(session(1));
    assertThat(measured(NOW)).hasSize(1);
    assertThat(schedule.size()).isEqualTo(1);
  }
}
