package dev.holdfast.locate;

import dev.holdfast.model.Bound;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Speed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Delays to bounds, at one speed and one moment. */
final class BoundMaker {
  /** How fast a target may have moved since it was measured, km a second: a jet. */
  static final double DRIFT_KM_PER_SECOND = 0.3;

  /** More than the rounding of the four operations of a bound can take away. */
  private static final double ROUND_UP = 1 + 0x1p-50;

  /** Equal limits may come of different delays and ages; which is named may not depend on order. */
  private static final Comparator<Bound> SMALLEST =
      Comparator.comparing(Bound::atMost)
          .thenComparingDouble(Bound::ageSeconds)
          .thenComparing(Bound::roundTrip);

  private final Map<LandmarkId, Landmark> landmarks;
  private final Duration window;

  BoundMaker(Map<LandmarkId, Landmark> landmarks, Duration window) {
    this.landmarks = landmarks;
    this.window = window;
  }

  /**
   * The smallest grown bound of each landmark at a moment, from what was measured up to then and
   * within the window; what carries no time counts as measured then.
   */
  List<Bound> at(List<Measurement> measurements, Speed speed, @Nullable Instant moment) {
    Map<LandmarkId, Bound> smallest = new HashMap<>();
    for (Measurement measurement : measurements) {
      if (counts(measurement, moment)) {
        Bound bound = bound(measurement, speed, moment);
        smallest.merge(
            measurement.landmark(), bound, (a, b) -> SMALLEST.compare(a, b) <= 0 ? a : b);
      }
    }
    return new ArrayList<>(smallest.values());
  }

  /** As {@link #at} but as if nothing had moved: no bound grows, all measurements count. */
  List<Bound> ungrown(List<Measurement> measurements, Speed speed) {
    return at(measurements.stream().map(m -> withoutTime(m)).toList(), speed, null);
  }

  private static Measurement withoutTime(Measurement m) {
    return new Measurement(m.landmark(), m.target(), m.roundTrip(), null);
  }

  boolean counts(Measurement measurement, @Nullable Instant moment) {
    Instant at = measurement.measuredAt();
    return at == null
        || moment == null
        || (!at.isAfter(moment) && !at.plus(window).isBefore(moment));
  }

  private Bound bound(Measurement measurement, Speed speed, @Nullable Instant moment) {
    Landmark landmark = landmarks.get(measurement.landmark());
    if (landmark == null) {
      throw new IllegalArgumentException("unknown landmark " + measurement.landmark());
    }
    Instant at = measurement.measuredAt();
    double age = at == null || moment == null ? 0 : seconds(Duration.between(at, moment));
    return bound(landmark, measurement.roundTrip(), speed, age);
  }

  /** The bound that follows from one round trip. */
  static Bound bound(Landmark landmark, Delay roundTrip, Speed speed, double age) {
    double kilometres =
        (speed.kilometresPerMillisecond() * roundTrip.milliseconds() / 2
                + landmark.uncertainty().kilometres()
                + DRIFT_KM_PER_SECOND * age)
            * ROUND_UP;
    return new Bound(landmark, Distance.ofKilometres(kilometres), roundTrip, age);
  }

  private static double seconds(Duration duration) {
    return duration.toSeconds() + duration.toNanosPart() / 1e9;
  }
}
