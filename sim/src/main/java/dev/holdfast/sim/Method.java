package dev.holdfast.sim;

import dev.holdfast.detect.Watch;
import dev.holdfast.detect.WatchTerms;
import dev.holdfast.locate.Atlas;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Who looks at a simulated fleet: the watch, and three that know less. */
public enum Method {
  /** The watch, with all evidence. */
  WATCH,
  /** A chip that nobody heard for 24 hours is a case; whoever says that it is there is believed. */
  HEARTBEAT_ONLY,
  /** A label that is told at another host than before is a case. */
  LABELS_ONLY,
  /** The watch with the rounds of landmarks, and where hosts and sites are said to be. */
  LOCATION_ONLY;

  /** As it is written, such as {@code heartbeat-only}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Detector begin(WatchTerms terms, Atlas atlas) {
    return switch (this) {
      case WATCH -> watch(terms, atlas, each -> true);
      case HEARTBEAT_ONLY -> new HeartbeatOnly();
      case LABELS_ONLY -> new LabelsOnly();
      case LOCATION_ONLY ->
          watch(
              terms,
              atlas,
              each ->
                  each instanceof Evidence.Bounded
                      || each instanceof Evidence.Declared
                      || each instanceof Evidence.Sited);
    };
  }

  private static Detector watch(WatchTerms terms, Atlas atlas, Predicate<Evidence> hears) {
    Watch watch = new Watch(terms, atlas);
    return new Detector() {
      @Override
      public List<Finding> hear(Evidence evidence, long index) {
        return hears.test(evidence) ? watch.apply(evidence, index).findings() : List.of();
      }

      @Override
      public List<Finding> tick(Instant at) {
        return watch.tick(at).findings();
      }
    };
  }
}
