package dev.holdfast.cli;

import dev.holdfast.locate.Atlas;
import dev.holdfast.model.LocationReport;

/** Words a map. */
final class MapCaption {
  private MapCaption() {}

  static String svg(LocationReport report, Atlas atlas, Sentences sentences, boolean simulated) {
    return sentences.region(report) + atlas.margin() + simulated;
  }
}
