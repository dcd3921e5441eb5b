package dev.holdfast.detect;

import dev.holdfast.model.Evidence.Announced;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much of the outages that are announced for a site is believed: of each so much at most, and
 * of all of them together not more in any thirty days. So outages that are announced one after the
 * other explain no more silence than one does, and an announcement that is repeated explains what
 * it did.
 */
final class Outages {
  /** In what time there is only so much to be had. */
  static final Duration MONTH = Duration.ofDays(30);

  /** How long after an outage ends a site may take until all of it is heard again. */
  private static final Duration RETURNING = Duration.ofHours(12);

  private Outages() {}

  /** A time in which silence is explained; {@code until} is the first moment after it. */
  record Believed(Instant from, Instant until) {
    boolean holds(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }

    private Duration since(Instant earliest) {
      Instant begin = from.isBefore(earliest) ? earliest : from;
      return until.isAfter(begin) ? Duration.between(begin, until) : Duration.ZERO;
    }
  }

  /**
   * The times of which that is believed, which do not overlap, in their order.
   *
   * @param longest of one outage, and of all in a month; what a site takes to come back is beside
   *     it
   */
  static List<Believed> believed(List<Announced> outages, Duration longest) {
    List<Believed> believed = new ArrayList<>();
    for (Announced each :
        outages.stream()
            .sorted(Comparator.comparing(Announced::from).thenComparing(Announced::until))
            .toList()) {
      Instant last = believed.isEmpty() ? each.from() : believed.getLast().until();
      Instant from = each.from().isBefore(last) ? last : each.from();
      Duration left = longest.plus(RETURNING);
      for (Believed before : believed) {
        left = left.minus(before.since(from.minus(MONTH)));
      }
      Instant until = earlier(each.until(), each.from().plus(longest)).plus(RETURNING);
      Instant end = left.isNegative() ? from : earlier(until, from.plus(left));
      if (end.isAfter(from)) {
        believed.add(new Believed(from, end));
      }
    }
    return believed;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
