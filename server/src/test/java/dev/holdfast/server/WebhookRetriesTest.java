package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** When a notification is sent again. */
final class WebhookRetriesTest {
  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void each_wait_is_up_to_twice_the_one_before_and_at_least_half_of_that() {
    for (int attempt = 1; attempt <= 10; attempt++) {
      Duration most = Duration.ofSeconds(5).multipliedBy(1L << (attempt - 1));
      for (int i = 0; i < 100; i++) {
        assertThat(WebhookRetries.after(attempt, random))
            .as("after attempt " + attempt)
            .isBetween(most.dividedBy(2), most);
      }
    }
  }

  @Test
  void no_wait_is_longer_than_six_hours_however_many_there_were() {
    for (int attempt : new int[] {14, 40, 1000, Integer.MAX_VALUE}) {
      assertThat(WebhookRetries.after(attempt, random))
          .isBetween(Duration.ofHours(3), Duration.ofHours(6));
    }
  }

  @Test
  void those_who_failed_together_do_not_come_back_together() {
    assertThat(
            java.util.stream.IntStream.range(0, 50)
                .mapToObj(each -> WebhookRetries.after(8, random))
                .distinct()
                .count())
        .isGreaterThan(40);
  }
}
