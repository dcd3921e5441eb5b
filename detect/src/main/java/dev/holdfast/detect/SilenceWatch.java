package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.Times;
import dev.holdfast.model.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The part of a {@link Watch} that misses chips which say nothing. */
final class SilenceWatch {
  private final WatchDesk desk;

  SilenceWatch(WatchDesk desk) {
    this.desk = desk;
  }

  void chipDue(String chip) {
    ChipStory story = desk.memory.chip(chip);
    Instant since = story.quietSince();
    if (since == null) {
      return;
    }
    Instant first = since.plus(desk.terms.silence());
    if (desk.now.isBefore(first)) {
      desk.memory.chipAt(first, chip);
      return;
    }
    String site = story.site();
    if (desk.isExcused(story, site, since)) {
      Instant again = desk.now.plus(desk.terms.silence());
      Instant old = record(since);
      desk.memory.chipAt(old.isAfter(desk.now) && old.isBefore(again) ? old : again, chip);
      return;
    }
    ChipStory next = story;
    boolean outOfDate = desk.isOutOfDate(story, since);
    if (!story.isTold(ChipStory.SILENT)) {
      next = silent(story, site, since, outOfDate ? record(since) : first);
    }
    Instant second = since.plus(desk.terms.longSilence());
    if (desk.now.isBefore(second)) {
      desk.memory.chipAt(second, chip);
    } else if (outOfDate && !next.isTold(ChipStory.LONG_SILENT)) {
      next = outOfDate(next, site, since);
    } else if (!next.isTold(ChipStory.LONG_SILENT) && next.inspected() != null) {
      missing(
          "long-silent-after-inspection",
          next,
          site,
          second,
          WatchDesk.causes(next),
          chip,
          String.valueOf(site),
          Times.print(since));
      next = next.told(ChipStory.LONG_SILENT);
    }
    desk.memory.chips.put(chip, next);
  }

  /** When records cease to explain a silence. */
  private Instant record(Instant since) {
    return since.plus(desk.terms.longestRecord());
  }

  private ChipStory outOfDate(ChipStory story, @Nullable String site, Instant since) {
    ChipStory.Move move = requireNonNull(story.move());
    missing(
        "record-out-of-date",
        story,
        site,
        record(since),
        WatchDesk.withCause(WatchDesk.causes(story), move.index()),
        story.chip(),
        String.valueOf(site),
        Times.print(since),
        Times.print(move.at()),
        move.step().name().toLowerCase(Locale.ROOT));
    return story.told(ChipStory.LONG_SILENT);
  }

  /**
   * Nobody accounts for a chip. One of many is what a repair that nobody wrote down looks like, and
   * is told lightly; a second one of the same site within the time for which records are believed,
   * or a first that is much of its site, is for people to look at, with those that are missing too.
   */
  private void missing(
      String kind,
      ChipStory story,
      @Nullable String at,
      Instant since,
      List<Long> causes,
      String... arguments) {
    List<Long> all = new ArrayList<>(causes);
    List<String> about = desk.aboutChip(story.chip(), WatchDesk.host(story), at);
    boolean alone = false;
    if (at != null) {
      SiteStory site = desk.memory.site(at);
      // A record that came after all accounts for one of them.
      List<String> others =
          site.missingBeside(story.chip(), desk.now.minus(desk.terms.longestRecord())).stream()
              .filter(each -> !desk.isTakenAway(desk.memory.chip(each)))
              .toList();
      alone = others.isEmpty() && 1 < desk.terms.togetherShare() * site.chips.size();
      for (String each : others) {
        all.addAll(WatchDesk.causes(desk.memory.chip(each)));
        about.add("chip:" + each);
      }
      site.missing.put(story.chip(), desk.now);
    }
    desk.say(
        kind, alone ? Severity.LOW : Severity.MEDIUM, story.chip(), since, all, about, arguments);
  }

  private ChipStory silent(ChipStory story, @Nullable String site, Instant since, Instant at) {
    if (story.inspected() != null) {
      desk.say(
          "silent-after-inspection",
          Severity.LOW,
          story.chip(),
          at,
          WatchDesk.causes(story),
          desk.aboutChip(story.chip(), WatchDesk.host(story), site),
          story.chip(),
          String.valueOf(site),
          Times.print(since));
    }
    if (site != null) {
      desk.memory.site(site).silent.put(story.chip(), true);
    }
    String host = WatchDesk.host(story);
    if (host != null) {
      desk.memory.hostAt(since.plus(desk.terms.boardSilence()), host);
    }
    return story.told(ChipStory.SILENT);
  }

  /** All chips of a host, and so of a board, have been silent for long. */
  HostStory boardSilent(HostStory story, String host) {
    SortedSet<String> chips = desk.memory.chipsOf(host);
    if (chips.size() < 2) {
      return story;
    }
    List<Long> causes = new ArrayList<>();
    List<String> about = desk.aboutHost(host, desk.memory.siteOf(host));
    Instant last = Instant.MIN;
    boolean outOfDate = false;
    for (String each : chips) {
      ChipStory chip = desk.memory.chip(each);
      Instant since = chip.quietSince();
      if (!chip.isTold(ChipStory.SILENT)
          || since == null
          || desk.isExcused(chip, chip.site(), since)) {
        return story.forget(HostStory.SILENT);
      }
      last = since.isAfter(last) ? since : last;
      outOfDate |= desk.isOutOfDate(chip, since);
      causes.addAll(WatchDesk.causes(chip));
      about.add("chip:" + each);
    }
    Instant due = last.plus(desk.terms.boardSilence());
    if (desk.now.isBefore(due)) {
      desk.memory.hostAt(due, host);
      return story;
    }
    if (story.isTold(HostStory.SILENT)) {
      return story;
    }
    desk.say(
        "board-silent",
        Severity.MEDIUM,
        host,
        outOfDate ? record(last) : due,
        causes,
        about,
        host,
        String.valueOf(chips.size()),
        Times.print(last));
    return story.told(HostStory.SILENT);
  }

  void together(SiteStory site) {
    int silent = site.silent.size();
    boolean many = desk.isTogether(silent, site);
    if (many && !site.isTold(SiteStory.TOGETHER)) {
      List<String> about = new ArrayList<>(List.of("site:" + site.site));
      List<Long> causes = new ArrayList<>();
      for (String each : site.silent.keys()) {
        about.add("chip:" + each);
        causes.addAll(WatchDesk.causes(desk.memory.chip(each)));
      }
      desk.say(
          "site-silent",
          Severity.MEDIUM,
          site.site,
          desk.now,
          causes,
          about,
          site.site,
          String.valueOf(silent),
          String.valueOf(site.chips.size()));
    }
    site.told(SiteStory.TOGETHER, many);
  }
}
