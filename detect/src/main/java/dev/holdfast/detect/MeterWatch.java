package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Severity;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link Watch} that reads meters, which a host can write as it likes.
 *
 * <p>Of each chip the meters of one source are followed, since two sources count from different
 * beginnings, and as its own host tells them: another host may say anything of it.
 */
final class MeterWatch {
  private static final double MOST_WATTS = 1500;
  private static final int FLAT = 24;

  /** Readings that follow sooner are passed over: so many in turn are nearly a day. */
  private static final Duration APART = Duration.ofMinutes(55);

  /** After so long without its source another one is followed. */
  private static final Duration GONE = Duration.ofDays(1);

  private final WatchDesk desk;

  MeterWatch(WatchDesk desk) {
    this.desk = desk;
  }

  void inventoried(Inventoried said, long index) {
    for (Inventory.Chip each : said.inventory().chips()) {
      String chip = each.meter() == null ? null : desk.told(each);
      if (chip != null) {
        read(chip, requireNonNull(each.meter()), said, index);
      }
    }
  }

  private void read(String chip, Inventory.Meter says, Inventoried said, long index) {
    ChipStory story = desk.memory.chip(chip);
    ChipStory.Meter last = story.meter();
    String host = WatchDesk.host(story);
    if (host != null && !host.equals(said.host().value())) {
      return;
    }
    boolean other = last != null && last.source() != said.inventory().source();
    if (last != null && said.at().isBefore(last.at().plus(other ? GONE : APART))) {
      return;
    }
    if (other) {
      last = null;
    }
    int same =
        last != null && says.watts() != null && says.watts() == last.watts() ? last.same() + 1 : 0;
    ChipStory.Meter read =
        ChipStory.Meter.of(said.inventory().source(), says, said.at(), index, same);
    ChipStory next = story.metered(read);
    String why = last == null ? null : impossible(last, read);
    if (why == null) {
      next = next.forget(ChipStory.METER);
    } else if (!story.isTold(ChipStory.METER)) {
      desk.say(
          "telemetry-impossible",
          why.equals("flat") ? Severity.LOW : Severity.MEDIUM,
          chip,
          said.at(),
          List.of(requireNonNull(last).index(), index),
          desk.aboutChip(chip, said.host().value(), desk.memory.siteOf(said.host().value())),
          chip,
          why);
      next = next.told(ChipStory.METER);
    }
    desk.memory.chips.put(chip, next);
  }

  /** Why two readings cannot both be true; null where they can. */
  private static @Nullable String impossible(ChipStory.Meter last, ChipStory.Meter next) {
    if (next.millijoules() >= 0 && last.millijoules() >= 0) {
      double seconds = Duration.between(last.at(), next.at()).toMillis() / 1e3;
      long grown = next.millijoules() - last.millijoules();
      // A smaller counter is a driver that was loaded anew, which then starts at nought.
      double joules = (grown < 0 ? next.millijoules() : grown) / 1e3;
      if (joules > MOST_WATTS * seconds) {
        return "too-much";
      }
      if (grown == 0 && next.watts() > 0) {
        return "replayed";
      }
    }
    return next.same() >= FLAT ? "flat" : null;
  }
}
