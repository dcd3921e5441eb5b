package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Evidence.Metered;
import dev.holdfast.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a {@link Watch} that reads meters, which a host can write as it likes. */
final class MeterWatch {
  private static final double MOST_WATTS = 1500;
  private static final int FLAT = 24;
  private final WatchDesk desk;

  MeterWatch(WatchDesk desk) {
    this.desk = desk;
  }

  void metered(Metered said, long index) {
    for (Metered.Reading each : said.readings()) {
      ChipStory story = desk.memory.chip(each.chip());
      ChipStory.Meter last = story.meter();
      if (last != null && !said.at().isAfter(last.at())) {
        continue;
      }
      int same = last != null && last.watts() == each.watts() ? last.same() + 1 : 0;
      ChipStory next =
          story.metered(
              new ChipStory.Meter(each.watts(), each.millijoules(), said.at(), index, same));
      String why = last == null ? null : impossible(last, each, said.at(), same);
      if (why == null) {
        next = next.forget(ChipStory.METER);
      } else if (!story.isTold(ChipStory.METER)) {
        desk.say(
            "telemetry-impossible",
            why.equals("flat") ? Severity.LOW : Severity.MEDIUM,
            each.chip(),
            said.at(),
            List.of(requireNonNull(last).index(), index),
            desk.aboutChip(
                each.chip(), said.host().value(), desk.memory.siteOf(said.host().value())),
            each.chip(),
            why);
        next = next.told(ChipStory.METER);
      }
      desk.memory.chips.put(each.chip(), next);
    }
  }

  /** Why two readings cannot both be true; null where they can. */
  private static @Nullable String impossible(
      ChipStory.Meter last, Metered.Reading next, Instant at, int same) {
    double seconds = Duration.between(last.at(), at).toMillis() / 1e3;
    long grown = next.millijoules() - last.millijoules();
    // A smaller counter is a driver that was loaded anew, which then starts at nought.
    double joules = (grown < 0 ? next.millijoules() : grown) / 1e3;
    if (joules > MOST_WATTS * seconds) {
      return "too-much";
    }
    if (grown == 0 && next.watts() > 0) {
      return "replayed";
    }
    return same >= FLAT ? "flat" : null;
  }
}
