package dev.holdfast.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How landmarks do, by what they did in the hours of the last day. */
final class LandmarkHealth {
  /** After this a landmark is late; twice the time in which every host is to be measured. */
  static final Duration LATE = Duration.ofMinutes(20);

  private static final int HOURS = 24;

  private LandmarkHealth() {}

  private static final double NANOSECONDS = 1e6;

  private record Hour(long hour, int rounds, int bounded, long sent, long answered, double spread) {
    /** The mean over its rounds. */
    double meanSpread() {
      return spread / bounded;
    }
  }

  /** Puts it to a landmark, in short. */
  static void put(
      Handle handle, String landmark, @Nullable Instant heard, Instant now, JsonBody body) {
    List<Hour> hours = hours(handle, landmark, now);
    int rounds = hours.stream().mapToInt(Hour::rounds).sum();
    long bounded = hours.stream().mapToLong(Hour::bounded).sum();
    long sent = hours.stream().mapToLong(Hour::sent).sum();
    long answered = hours.stream().mapToLong(Hour::answered).sum();
    body.put("health", state(heard, now))
        .put("roundsPerHour", hours.isEmpty() ? 0 : rounds / (double) span(hours, now))
        .put("bounding", rounds == 0 ? null : Math.min(1, bounded / (double) rounds))
        .put("answered", sent == 0 ? null : answered / (double) sent)
        .put("spreadMs", spread(hours));
  }

  /** The same hours one by one, oldest first. */
  static List<Map<String, @Nullable Object>> hourly(Handle handle, String landmark, Instant now) {
    return hours(handle, landmark, now).stream()
        .map(each ->
            new JsonBody()
                .put("at", Instant.ofEpochMilli(each.hour() * LandmarkHours.HOUR))
                .put("rounds", each.rounds())
                .put("bounding", each.bounded())
                .put("spreadMs", each.bounded() == 0 ? null : each.meanSpread())
                .fields())
        .toList();
  }

  private static String state(@Nullable Instant heard, Instant now) {
    if (heard == null) {
      return "never";
    }
    if (heard.isBefore(now.minus(Duration.ofHours(HOURS)))) {
      return "silent";
    }
    return heard.isBefore(now.minus(LATE)) ? "late" : "well";
  }

  /** Hours since the first of these, so that one that began lately is not taken for a slow one. */
  private static long span(List<Hour> hours, Instant now) {
    return Math.max(1, hour(now) - hours.getFirst().hour() + 1);
  }

  /** The median over the hours of the mean of each; null where nothing bounded. */
  private static @Nullable Double spread(List<Hour> hours) {
    List<Double> means = new ArrayList<>();
    for (Hour each : hours) {
      if (each.bounded() > 0) {
        means.add(each.meanSpread());
      }
    }
    Collections.sort(means);
    return means.isEmpty() ? null : means.get(means.size() / 2);
  }

  private static long hour(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), LandmarkHours.HOUR);
  }

  private static List<Hour> hours(Handle handle, String landmark, Instant now) {
    return handle
        .createQuery("SELECT * FROM landmark_hour WHERE landmark = ? AND hour > ? ORDER BY hour")
        .bind(0, landmark)
        .bind(1, hour(now) - HOURS)
        .map((row, context) ->
            new Hour(
                row.getLong("hour"),
                row.getInt("rounds"),
                row.getInt("bounded"),
                row.getLong("sent"),
                row.getLong("answered"),
                row.getLong("spread") / NANOSECONDS))
        .list();
  }
}
