package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a story may go on, by a clock that the test moves. */
final class DemoPaceTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration HELD = Duration.ofNanos(-1);

  private final AtomicLong clock = new AtomicLong();

  /** An hour a second. */
  private final DemoPace pace =
      new DemoPace(BEGIN, Duration.ofHours(60), Duration.ofMinutes(1), clock::get);

  private static Instant hour(int number) {
    return BEGIN.plus(Duration.ofHours(number));
  }

  private void passes(double seconds) {
    clock.addAndGet((long) (seconds * 1e9));
  }

  @Test
  void simulated_time_passes_as_the_whole_story_has_room_for_it() {
    assertThat(pace.left(hour(2))).isEqualTo(Duration.ofSeconds(2));
    passes(1.5);
    assertThat(pace.left(hour(2))).isEqualTo(Duration.ofMillis(500));
    passes(1);
    assertThat(pace.left(hour(2))).isZero();
  }

  @Test
  void at_another_speed_it_passes_faster_from_then_on() {
    passes(1);
    pace.speed(4);
    assertThat(pace.left(hour(5))).isEqualTo(Duration.ofSeconds(1));
    passes(0.5);
    pace.speed(1);
    assertThat(pace.left(hour(5))).isEqualTo(Duration.ofSeconds(2));
    assertThatIllegalArgumentException().isThrownBy(() -> pace.speed(0));
  }

  @Test
  void while_it_is_held_no_time_passes_and_it_goes_on_where_it_was() {
    passes(1);
    pace.pause();
    assertThat(pace.isPaused()).isTrue();
    passes(100);
    assertThat(pace.left(hour(2))).isEqualTo(HELD);
    pace.resume();
    assertThat(pace.left(hour(2))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_step_reaches_one_time_at_once_and_holds() {
    pace.step();
    assertThat(pace.left(hour(2))).isZero();
    pace.arrive(hour(2));
    assertThat(pace.left(hour(4))).isEqualTo(HELD);
    pace.step();
    pace.step();
    pace.arrive(hour(4));
    assertThat(pace.left(hour(6))).isZero();
    pace.arrive(hour(6));
    assertThat(pace.left(hour(8))).isEqualTo(HELD);
    pace.resume();
    assertThat(pace.left(hour(8))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void it_hurries_until_it_is_where_somebody_wants_to_be() {
    pace.hurry();
    assertThat(pace.left(hour(50))).isZero();
    pace.arrive(hour(50));
    pace.arrivedWhereWanted();
    assertThat(pace.left(hour(52))).isEqualTo(HELD);
    pace.resume();
    pace.arrivedWhereWanted();
    assertThat(pace.isPaused()).isFalse();
  }

  @Test
  void what_took_longer_to_tell_is_not_caught_up_with() {
    passes(10);
    pace.arrive(hour(2));
    assertThat(pace.left(hour(4))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void without_any_length_nothing_waits_but_where_it_is_held() {
    DemoPace none = new DemoPace(BEGIN, Duration.ofHours(60), Duration.ZERO, clock::get);
    assertThat(none.left(hour(50))).isZero();
    none.pause();
    assertThat(none.left(hour(50))).isEqualTo(HELD);
  }

  @Test
  @Timeout(30)
  void who_waits_is_woken_by_a_step_and_by_nothing_else() throws Exception {
    pace.pause();
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(() -> {
          try {
            pace.await(hour(2));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    pace.speed(8);
    boolean woken = true;
    try {
      var _ = waiting.get(200, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      woken = false;
    }
    assertThat(woken).isFalse();
    pace.step();
    var _ = waiting.get(20, TimeUnit.SECONDS);
    assertThat(pace.left(hour(4))).isEqualTo(HELD);
  }
}
