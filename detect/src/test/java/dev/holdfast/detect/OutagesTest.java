package dev.holdfast.detect;

import static dev.holdfast.detect.WatchScene.announced;
import static dev.holdfast.detect.WatchScene.hour;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.detect.Outages.Believed;
import dev.holdfast.model.Evidence.Announced;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class OutagesTest {
  private static final Duration LONGEST = Duration.ofDays(3);

  private static List<Believed> believed(Announced... outages) {
    return Outages.believed(List.of(outages), LONGEST);
  }

  @Test
  void an_outage_is_believed_until_half_a_day_after_it_and_a_long_one_for_three_days() {
    assertThat(believed(announced("hall", 0, 10))).containsExactly(new Believed(hour(0), hour(22)));
    assertThat(believed(announced("hall", 0, 500)))
        .containsExactly(new Believed(hour(0), hour(84)));
  }

  @Test
  void what_is_announced_twice_is_spent_once_and_may_be_made_longer() {
    assertThat(believed(announced("hall", 0, 10), announced("hall", 0, 10)))
        .containsExactly(new Believed(hour(0), hour(22)));
    assertThat(believed(announced("hall", 0, 40), announced("hall", 0, 10)))
        .containsExactly(new Believed(hour(0), hour(22)), new Believed(hour(22), hour(52)));
  }

  @Test
  void any_thirty_days_hold_no_more_than_one_long_outage_however_they_are_cut() {
    Random random = new Random(5);
    for (int turn = 0; turn < 200; turn++) {
      List<Announced> outages = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        double from = 24 * 60 * random.nextDouble();
        outages.add(announced("hall", from, from + 0.1 + 100 * random.nextDouble()));
      }
      List<Believed> times = Outages.believed(outages, LONGEST);
      for (Believed last : times) {
        Instant begin = last.until().minus(Outages.MONTH);
        Duration sum = Duration.ZERO;
        for (Believed each : times) {
          Instant from = each.from().isBefore(begin) ? begin : each.from();
          if (!each.until().isAfter(last.until()) && each.until().isAfter(from)) {
            sum = sum.plus(Duration.between(from, each.until()));
          }
        }
        assertThat(sum).isLessThanOrEqualTo(LONGEST.plusHours(12));
      }
    }
  }
}
