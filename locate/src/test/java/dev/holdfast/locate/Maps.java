package dev.holdfast.locate;

import dev.holdfast.model.Distance;
import java.util.Map;

/** The carried map in the forms that several tests share; made once. */
final class Maps {
  static final NaturalEarth EARTH = NaturalEarth.load();
  static final Destinations GROUPED = Destinations.of(EARTH.map(), Destinations.DEFAULT_GROUPS);
  static final Destinations UNGROUPED = Destinations.of(EARTH.map(), Map.of());

  /** As the command uses it: the default groups, a margin of 5 km. */
  static final Atlas DEFAULT = Atlas.of(EARTH.map(), GROUPED, Atlas.DEFAULT_MARGIN);

  /** Every unit for itself, borders taken to be exact. */
  static final Atlas EXACT = Atlas.of(EARTH.map(), UNGROUPED, Distance.ZERO);

  private Maps() {}
}
