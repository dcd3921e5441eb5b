package dev.holdfast.server;

import dev.holdfast.probe.Round;
import dev.holdfast.probe.RoundCheck;
import dev.holdfast.probe.RoundsStatement;
import dev.holdfast.trust.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what landmarks do in each hour, in memory until it is written in the transaction of the
 * entries that it was counted from. For one thread.
 */
final class LandmarkHours {
  /** Milliseconds of an hour. */
  static final long HOUR = 3_600_000;

  private static final String SOURCE = "landmark:";

  private record Key(String landmark, long hour) {}

  /** What a landmark did in an hour. */
  static final class Hour {
    final String landmark;
    final long hour;
    int rounds;
    int bounded;
    long sent;
    long answered;

    /**
     * The sum over the rounds that bounded, of median minus shortest round trip; whole, so that it
     * is the same in whatever order it was added up.
     */
    long spreadNanoseconds;

    private Hour(String landmark, long hour) {
      this.landmark = landmark;
      this.hour = hour;
    }
  }

  private final Map<Key, Hour> hours = new HashMap<>();

  /** A landmark stated so many rounds; of countersignatures nothing is counted. */
  void stated(Statement statement, int rounds) {
    String source = statement.source().value();
    if (statement.type().equals(RoundsStatement.TYPE) && source.startsWith(SOURCE)) {
      hour(source.substring(SOURCE.length()), statement.time()).rounds += rounds;
    }
  }

  /** A round bounded something. */
  void bounded(RoundCheck.Bounds bounds) {
    Round round = bounds.round();
    Hour hour = hour(bounds.landmark().id().value(), bounds.measuredAt());
    hour.bounded++;
    hour.sent += round.sent();
    hour.answered += round.timings().accepted();
    hour.spreadNanoseconds +=
        Math.round((double) (round.timings().median() - round.timings().minimum()));
  }

  private Hour hour(String landmark, Instant at) {
    Key key = new Key(landmark, Math.floorDiv(at.toEpochMilli(), HOUR));
    return hours.computeIfAbsent(key, each -> new Hour(each.landmark, each.hour));
  }

  /** Writes it, and counts from nothing. */
  void write(ViewWriter views) {
    views.landmarkHours(hours.values());
    hours.clear();
  }
}
