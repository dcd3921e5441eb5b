package dev.holdfast.detect;

import dev.holdfast.base.Times;
import dev.holdfast.model.Evidence.Announced;
import dev.holdfast.model.Evidence.Demand;
import dev.holdfast.model.Evidence.Inspected;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Evidence.Sited;
import dev.holdfast.model.Evidence.Transferred;
import dev.holdfast.model.Severity;
import dev.holdfast.model.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a {@link Watch} that holds what people declare against what is there. */
final class CustodyWatch {
  private final WatchDesk desk;

  CustodyWatch(WatchDesk desk) {
    this.desk = desk;
  }

  void sited(Sited sited, long index) {
    desk.memory.site(sited.site()).declare(sited, index);
  }

  void announced(Announced announced) {
    desk.memory.site(announced.site()).announce(announced, desk.now);
  }

  void licensed(Licensed licensed, long index) {
    desk.memory.licences.put(licensed.licence(), new WatchMemory.Licence(licensed, index));
    for (String each : licensed.chips()) {
      String chip = desk.known(each);
      desk.memory.chips.put(chip, desk.memory.chip(chip).licensed(licensed.licence()));
    }
  }

  void inspected(Inspected inspected, long index) {
    SiteStory site = desk.memory.site(inspected.site());
    site.inspect(inspected, index);
    site.told(SiteStory.FEWER, false);
    for (String each : inspected.chips()) {
      String chip = desk.known(each);
      ChipStory story = desk.memory.chip(chip);
      desk.memory.chips.put(
          chip, story.inspected(new ChipStory.Seen(inspected.site(), inspected.at(), index)));
      site.chips.put(chip, true);
      desk.memory.chipAt(inspected.at().plus(desk.terms.silence()), chip);
    }
  }

  void transferred(Transferred transferred, long index) {
    for (String each : transferred.chips()) {
      String chip = desk.known(each);
      desk.memory.chips.put(
          chip,
          desk.memory
              .chip(chip)
              .moved(
                  new ChipStory.Move(
                      transferred.step(),
                      transferred.fromSite(),
                      transferred.toSite(),
                      transferred.at(),
                      index,
                      false))
              .forget(ChipStory.STAYED));
    }
  }

  /** Whether an inspector had to find a chip: it speaks, nobody took it away, and it was there. */
  private boolean isThere(String chip, String site, @Nullable Inspected inspected) {
    ChipStory story = desk.memory.chip(chip);
    ChipStory.Heard heard = story.heard();
    if (heard != null && inspected != null) {
      boolean elsewhere = heard.site() != null && !heard.site().equals(site);
      Instant since = heard.since();
      if (elsewhere
          || (since != null && since.isAfter(inspected.at().plus(desk.terms.patience())))) {
        return false;
      }
    }
    return !story.isTold(ChipStory.SILENT) && !desk.isTakenAway(story);
  }

  /** What was counted and what is there; what it draws and what it would have to. */
  void counted(SiteStory site) {
    Sited declared = site.declared();
    Inspected inspected = site.inspected();
    int there =
        Math.max(
            (int)
                site.chips.keys().stream()
                    .filter(each -> isThere(each, site.site, inspected))
                    .count(),
            declared == null || declared.installed() == null ? 0 : declared.installed());
    if (inspected != null && inspected.counted() < there && !site.isTold(SiteStory.FEWER)) {
      desk.say(
          "fewer-inspected",
          Severity.MEDIUM,
          site.site,
          inspected.at(),
          List.of(site.inspectedIndex()),
          List.of("site:" + site.site),
          site.site,
          String.valueOf(inspected.counted()),
          String.valueOf(there));
      site.told(SiteStory.FEWER, true);
    }
    if (declared != null && declared.kilowatts() != null && !site.isTold(SiteStory.POWER)) {
      double watts = 0;
      int drawing = 0;
      for (String each : site.chips.keys()) {
        ChipStory story = desk.memory.chip(each);
        double least = desk.isTakenAway(story) ? 0 : leastWatts(story);
        watts += least;
        drawing += least > 0 ? 1 : 0;
      }
      if (watts > declared.kilowatts() * 1000) {
        desk.say(
            "power-too-small",
            Severity.MEDIUM,
            site.site,
            declared.at(),
            List.of(site.declaredIndex()),
            List.of("site:" + site.site),
            site.site,
            String.format(Locale.ROOT, "%.1f", declared.kilowatts()),
            String.valueOf(drawing));
        site.told(SiteStory.POWER, true);
      }
    }
  }

  /** What a chip draws at least; 0 where nobody published what its model does. */
  private double leastWatts(ChipStory story) {
    Integer least = story.product() == null ? null : desk.terms.minimumWatts().get(story.product());
    if (least == null && story.model() != null) {
      least = desk.terms.minimumWatts().get(story.model());
    }
    return least == null ? 0 : least;
  }

  /** Looks once a day whether chips show what their licences demand. */
  void demands() {
    for (WatchMemory.Licence licence : desk.memory.licences.values()) {
      for (String label : licence.terms().chips()) {
        ChipStory story = desk.memory.chip(desk.known(label));
        desk.memory.chips.put(story.chip(), demanded(story, licence));
      }
    }
  }

  private ChipStory demanded(ChipStory story, WatchMemory.Licence kept) {
    Licensed licence = kept.terms();
    for (Map.Entry<Demand, Duration> each : licence.demands().entrySet()) {
      Instant shown = shown(desk, story, each.getKey());
      Instant since = shown == null || shown.isBefore(licence.from()) ? licence.from() : shown;
      if (desk.now.isBefore(since.plus(each.getValue()).plus(desk.terms.patience()))
          || !desk.now.isBefore(licence.until())) {
        continue;
      }
      if (!story.isTold(ChipStory.MISSING) && !desk.isExcused(story, story.site(), since)) {
        desk.say(
            "evidence-missing",
            Severity.LOW,
            story.chip(),
            since.plus(each.getValue()),
            WatchDesk.withCause(WatchDesk.causes(story), kept.index()),
            desk.aboutChip(story.chip(), WatchDesk.host(story), story.site()),
            story.chip(),
            licence.licence(),
            each.getKey().name().toLowerCase(Locale.ROOT),
            Times.print(since));
        return story.told(ChipStory.MISSING);
      }
      return story;
    }
    return story.forget(ChipStory.MISSING);
  }

  /** When a chip last showed what is demanded; null where it never did. */
  static @Nullable Instant shown(WatchDesk desk, ChipStory story, Demand demand) {
    return switch (demand) {
      case SIGNATURES ->
          story.heard() != null && story.heard().signed() ? story.heard().at() : null;
      case ROUNDS -> {
        String host = WatchDesk.host(story);
        yield host == null ? null : desk.memory.host(new TargetId(host)).heard();
      }
      case INSPECTION -> story.inspected() == null ? null : story.inspected().at();
    };
  }
}
