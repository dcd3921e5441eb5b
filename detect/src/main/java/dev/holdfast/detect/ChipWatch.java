package dev.holdfast.detect;

import dev.holdfast.base.Times;
import dev.holdfast.detect.ChipStory.Heard;
import dev.holdfast.locate.Geodesics;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Evidence.Sited;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Severity;
import dev.holdfast.model.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of a {@link Watch} that looks at which chip is heard where, and under what name. */
final class ChipWatch {
  /** Nobody takes a chip out, carries it and puts it in again in less. */
  private static final Duration HANDLING = Duration.ofMinutes(15);

  /** Nothing that carries chips is faster, km/s: an aeroplane. */
  private static final double CARRIED = 0.3;

  private final WatchDesk desk;
  private final BoardWatch boards;

  ChipWatch(WatchDesk desk, BoardWatch boards) {
    this.desk = desk;
    this.boards = boards;
  }

  void attested(Attested said, long index) {
    String chip = desk.memory.chips.name(said.chip());
    name(chip, said.aliases(), said.at(), index);
    if (!said.fresh()) {
      return;
    }
    String host = desk.memory.hostName(said.host());
    heard(chip, said.model(), host, said.at(), index, true);
    if (said.isSwitch() || said.neighbours() == null || said.neighbours().isEmpty()) {
      return;
    }
    boards.sighted(chip, host, said.at(), said.neighbours(), index);
  }

  void inventoried(Inventoried said, long index) {
    String host = desk.memory.hostName(said.host());
    for (Inventory.Chip each : said.inventory().chips()) {
      String told = desk.told(each);
      if (told != null) {
        String chip = desk.memory.chips.name(told);
        name(chip, each.aliases(), said.at(), index);
        heard(chip, each.model().value().orElse(null), host, said.at(), index, false);
      }
    }
  }

  private void name(String chip, List<Alias> aliases, Instant at, long index) {
    for (Alias alias : aliases) {
      if (!alias.kind().isUnique()) {
        continue;
      }
      WatchMemory.Name holder = desk.memory.holder(alias);
      if (holder == null) {
        desk.memory.name(alias, chip, at);
      } else if (!holder.chip().equals(chip)) {
        boolean signed = alias.kind().strength() == Alias.Strength.SIGNED;
        String first = holder.chip().compareTo(chip) < 0 ? holder.chip() : chip;
        String second = first.equals(chip) ? holder.chip() : chip;
        if (desk.memory.swaps.putIfAbsent(new WatchMemory.Swap(alias, first, second), true)) {
          desk.say(
              "identity-swapped",
              signed ? Severity.HIGH : Severity.MEDIUM,
              first,
              at.isAfter(holder.since()) ? at : holder.since(),
              List.of(index),
              List.of("chip:" + first, "chip:" + second),
              alias.toString(),
              first,
              second);
        }
      }
    }
  }

  private void heard(
      String chip, @Nullable String model, String host, Instant at, long index, boolean signed) {
    ChipStory known = desk.memory.chip(chip);
    ChipStory story = (signed ? known : known.sold(model)).named(model);
    Heard last = story.heard();
    String site = desk.memory.siteOf(host);
    if (last != null && at.isBefore(last.at())) {
      return;
    }
    if (last != null && !signed && last.signed()) {
      // A chip that signs speaks for itself: a host's word neither moves it nor breaks its silence.
      ChipStory sold = known.sold(model);
      if (last.host().equals(host) && !sold.equals(known)) {
        desk.memory.chips.put(chip, sold);
      }
      return;
    }
    if (last != null && !last.host().equals(host)) {
      moved(story, last, host, site, at, index, signed);
      desk.memory.leave(chip, last.host());
    }
    if (story.isTold(ChipStory.SILENT)) {
      String silentAt = story.site();
      if (silentAt != null) {
        desk.memory.site(silentAt).silent.remove(chip);
        desk.memory.site(silentAt).missing.remove(chip);
      }
    }
    Instant since = last != null && Objects.equals(last.site(), site) ? last.since() : at;
    ChipStory next =
        story
            .heard(new Heard(host, site, at, index, signed, since))
            .forget(ChipStory.SILENT | ChipStory.LONG_SILENT);
    next = settled(next, site, at, index, signed);
    next = licensedAt(next, site, at, index);
    desk.memory.chips.put(chip, next);
    desk.memory.enter(chip, host);
    String before = story.site();
    if (before != null && !before.equals(site)) {
      desk.memory.site(before).chips.remove(chip);
    }
    if (site != null) {
      desk.memory.site(site).chips.put(chip, true);
    }
    desk.memory.chipAt(at.plus(desk.terms.silence()), chip);
  }

  private void moved(
      ChipStory story,
      Heard last,
      String host,
      @Nullable String site,
      Instant at,
      long index,
      boolean signed) {
    boolean both = signed && last.signed();
    List<String> about = desk.aboutChip(story.chip(), host, site);
    about.add("host:" + last.host());
    if (last.site() != null && !last.site().equals(site)) {
      about.add("site:" + last.site());
    }
    List<Long> causes = List.of(last.index(), index);
    if (Duration.between(last.at(), at).compareTo(carrying(last.host(), host)) < 0) {
      desk.say(
          "identity-in-two-places",
          both ? Severity.HIGH : Severity.LOW,
          story.chip(),
          at,
          causes,
          about,
          story.chip(),
          last.host(),
          Times.print(last.at()),
          host,
          Times.print(at));
      return;
    }
    boolean otherSite = last.site() != null && !last.site().equals(site);
    ChipStory.Move move = story.move();
    boolean said =
        move != null && desk.isRecent(move, at) && (move.to() == null || move.to().equals(site));
    if (otherSite) {
      desk.say(
          "chip-at-other-site",
          said ? Severity.LOW : both ? Severity.HIGH : Severity.MEDIUM,
          story.chip(),
          at,
          causes,
          about,
          story.chip(),
          String.valueOf(last.site()),
          String.valueOf(site));
    } else {
      desk.say(
          "other-chassis",
          Severity.LOW,
          story.chip(),
          at,
          causes,
          about,
          story.chip(),
          last.host(),
          host);
    }
  }

  /** The least time in which a chip goes from one host to another. */
  private Duration carrying(String one, String other) {
    Declared from = desk.memory.host(new TargetId(one)).declared();
    Declared to = desk.memory.host(new TargetId(other)).declared();
    if (from == null || to == null || from.site().equals(to.site())) {
      return HANDLING;
    }
    double apart =
        Geodesics.kilometres(from.place(), to.place())
            - from.radius().kilometres()
            - to.radius().kilometres();
    return HANDLING.plusSeconds((long) Math.max(0, apart / CARRIED));
  }

  /** A transfer is over once the chip is heard where it should go; it lies while it is not. */
  private ChipStory settled(
      ChipStory story, @Nullable String site, Instant at, long index, boolean signed) {
    ChipStory.Move move = story.move();
    if (move == null || move.over()) {
      return story;
    }
    if (move.to() != null && move.to().equals(site) && at.isAfter(move.at())) {
      return story.moved(move.arrived()).forget(ChipStory.STAYED);
    }
    boolean gone =
        move.from() != null
            && move.from().equals(site)
            && !move.from().equals(move.to())
            && at.isAfter(move.at().plus(desk.terms.patience()));
    if (!gone || story.isTold(ChipStory.STAYED)) {
      return story;
    }
    desk.say(
        "transfer-contradicted",
        signed ? Severity.HIGH : Severity.MEDIUM,
        story.chip(),
        at,
        List.of(move.index(), index),
        desk.aboutChip(story.chip(), null, site),
        story.chip(),
        String.valueOf(site),
        move.step().name().toLowerCase(Locale.ROOT),
        Times.print(move.at()));
    return story.told(ChipStory.STAYED);
  }

  private ChipStory licensedAt(ChipStory story, @Nullable String site, Instant at, long index) {
    WatchMemory.Licence kept = desk.licence(story);
    if (kept == null || site == null) {
      return story;
    }
    Licensed licence = kept.terms();
    Sited sited = desk.memory.site(site).declared();
    boolean named = licence.sites().isEmpty() || licence.sites().contains(site);
    boolean inside = sited == null || licence.destinations().contains(sited.destination());
    boolean inTime = !at.isBefore(licence.from()) && at.isBefore(licence.until());
    if (named && inside && inTime) {
      return story.forget(ChipStory.UNLICENSED);
    }
    if (story.isTold(ChipStory.UNLICENSED)) {
      return story;
    }
    desk.say(
        "outside-licence",
        Severity.MEDIUM,
        story.chip(),
        at,
        List.of(kept.index(), index),
        desk.aboutChip(story.chip(), null, site),
        story.chip(),
        site,
        licence.licence());
    return story.told(ChipStory.UNLICENSED);
  }
}
