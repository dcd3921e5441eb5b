package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Distance;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a question was asked: everything beside the evidence that the answer depends on.
 *
 * @param settings tolerated faults, at most {@value #MOST_FAULTS}; the window, at most a year; the
 *     slower speed
 * @param margin of borders, at most {@value #WIDEST_MARGIN} km
 * @param destinations which units of the map count as one destination, by its name
 */
public record BundleSettings(
    Settings settings, Distance margin, SortedMap<String, List<String>> destinations) {
  /** The most operators that may lie; more than there are landmarks anywhere. */
  public static final int MOST_FAULTS = 1000;

  /** The widest margin of borders, km. */
  public static final int WIDEST_MARGIN = 1000;

  private static final int LONGEST_WINDOW_DAYS = 366;

  public BundleSettings {
    requireNonNull(settings, "settings");
    requireNonNull(margin, "margin");
    TreeMap<String, List<String>> copy = new TreeMap<>();
    destinations.forEach((name, units) -> copy.put(name, List.copyOf(units)));
    destinations = Collections.unmodifiableSortedMap(copy);
    if (settings.toleratedFaults() > MOST_FAULTS) {
      throw new IllegalArgumentException("more than " + MOST_FAULTS + " faults are tolerated");
    }
    if (settings.window().toDays() >= LONGEST_WINDOW_DAYS) {
      throw new IllegalArgumentException("the window is longer than a year");
    }
    if (margin.kilometres() > WIDEST_MARGIN) {
      throw new IllegalArgumentException("the margin is wider than " + WIDEST_MARGIN + " km");
    }
  }

  /** The settings of whoever asks with this atlas. */
  public static BundleSettings of(Settings settings, Atlas atlas) {
    return new BundleSettings(
        settings, atlas.margin(), new TreeMap<>(atlas.destinations().groups()));
  }
}
