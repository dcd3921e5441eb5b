package dev.holdfast.detect;

import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Reason;
import dev.holdfast.model.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The part of a {@link Watch} that says how licences stand, by the same rules as {@link LeaseWatch}
 * asks of one host. It changes nothing.
 */
final class LicenceReview {
  /** Of how many chips of its models a licence is held against what is known. */
  private static final int MOST_CHIPS = 20_000;

  private final WatchDesk desk;

  LicenceReview(WatchDesk desk) {
    this.desk = desk;
  }

  List<LicenceStanding> of(Instant now) {
    return desk.memory.licences.values().stream().map(each -> of(each, now)).toList();
  }

  private LicenceStanding of(WatchMemory.Licence licence, Instant now) {
    Count count = new Count();
    Licensed terms = licence.terms();
    List<ChipStory> chips = chips(terms).limit(MOST_CHIPS + 1L).toList();
    boolean all = chips.size() <= MOST_CHIPS;
    for (ChipStory story : all ? chips : chips.subList(0, MOST_CHIPS)) {
      look(count, terms, story, now);
    }
    return new LicenceStanding(
        terms,
        licence.index(),
        force(terms, now),
        count.chips,
        count.unheard,
        count.satisfied,
        count.excused,
        all,
        count.missing,
        count.reasons);
  }

  private static final class Count {
    int chips;
    int unheard;
    int satisfied;
    int excused;
    final SortedMap<String, Integer> missing = new TreeMap<>();
    final List<Reason> reasons = new ArrayList<>();

    void lacks(String what, Reason reason) {
      missing.merge(what, 1, Integer::sum);
      if (reasons.size() < LicenceStanding.MOST_REASONS) {
        reasons.add(reason);
      }
    }
  }

  private Stream<ChipStory> chips(Licensed terms) {
    return terms.models().isEmpty()
        ? terms.chips().stream().map(desk::known).distinct().map(desk.memory::chip)
        : desk.memory
            .chips
            .stories()
            .filter(each -> each.model() != null && terms.models().contains(each.model()));
  }

  private void look(Count count, Licensed terms, ChipStory story, Instant now) {
    count.chips++;
    String host = WatchDesk.host(story);
    count.unheard += host == null ? 1 : 0;
    Declared declared = host == null ? null : desk.memory.host(new TargetId(host)).declared();
    Reason misplaced = declared == null ? null : LeaseWatch.misplaced(desk, terms, story, declared);
    if (misplaced != null) {
      count.lacks("place", misplaced);
    }
    // Before it begins, and once it has ended, a licence demands nothing.
    List<LeaseWatch.Missing> missing =
        force(terms, now) == LicenceStanding.Force.NOW
            ? LeaseWatch.missing(desk, terms, story, now)
            : List.of();
    for (LeaseWatch.Missing each : missing) {
      count.lacks(each.demand().name().toLowerCase(Locale.ROOT), each.reason());
    }
    if (misplaced == null && missing.isEmpty()) {
      count.satisfied++;
    } else if (missing.stream()
        .anyMatch(each -> desk.isExcused(story, story.site(), each.since()))) {
      count.excused++;
    }
  }

  private static LicenceStanding.Force force(Licensed terms, Instant now) {
    if (now.isBefore(terms.from())) {
      return LicenceStanding.Force.LATER;
    }
    return now.isBefore(terms.until()) ? LicenceStanding.Force.NOW : LicenceStanding.Force.ENDED;
  }
}
