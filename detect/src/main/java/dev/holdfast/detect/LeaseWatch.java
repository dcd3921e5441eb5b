package dev.holdfast.detect;

import dev.holdfast.base.Times;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Evidence.Demand;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Evidence.Sited;
import dev.holdfast.model.Reason;
import dev.holdfast.model.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link Watch} that says whether a host gets a lease: what is known must be fresh
 * and satisfy the licences. It changes nothing, and asks nothing that was learned.
 */
final class LeaseWatch {
  /** As many as an attestation result has room for. */
  private static final int MOST_CHIPS = 256;

  private final WatchDesk desk;

  LeaseWatch(WatchDesk desk) {
    this.desk = desk;
  }

  LeaseDecision decide(TargetId host, Instant now, LeaseTerms terms) {
    Question asked = new Question(host.value(), now, terms);
    HostStory story = desk.memory.host(host);
    Declared declared = story.declared();
    if (declared == null) {
      asked.refuse("undeclared", host.value());
      return new LeaseDecision.Refused(asked.reasons);
    }
    place(asked, story, declared);
    chips(asked, declared);
    if (!asked.reasons.isEmpty()) {
      return new LeaseDecision.Refused(asked.reasons);
    }
    return new LeaseDecision.Granted(
        declared.site(),
        story.rounds().getLast().round().key(),
        asked.chips,
        asked.licences,
        asked.until,
        declared.simulated() || story.rounds().stream().anyMatch(each -> each.round().simulated()));
  }

  /** One question, and what is found for and against. */
  private static final class Question {
    final String host;
    final Instant now;
    final LeaseTerms terms;
    final List<Reason> reasons = new ArrayList<>();
    final SortedSet<String> chips = new TreeSet<>();
    final SortedSet<String> licences = new TreeSet<>();
    Instant until;

    Question(String host, Instant now, LeaseTerms terms) {
      this.host = host;
      this.now = now;
      this.terms = terms;
      this.until = now.plus(terms.length());
    }

    void refuse(String code, String... arguments) {
      if (reasons.size() < LeaseDecision.MOST_REASONS) {
        reasons.add(Reason.of("reason.no-lease-" + code, arguments));
      }
    }
  }

  private static void place(Question asked, HostStory story, Declared declared) {
    Instant oldest = asked.now.minus(asked.terms.rounds());
    List<KeptRound> fresh =
        story.rounds().stream().filter(each -> !each.measuredAt().isBefore(oldest)).toList();
    if (story.rounds().isEmpty()) {
      asked.refuse("rounds-none", asked.host, declared.site());
    } else if (fresh.isEmpty()) {
      asked.refuse("rounds-old", asked.host, Times.print(story.rounds().getLast().measuredAt()));
    } else if (PlaceMath.operators(fresh) < asked.terms.operators()) {
      asked.refuse(
          "rounds-few",
          asked.host,
          String.valueOf(PlaceMath.operators(fresh)),
          String.valueOf(asked.terms.operators()));
    }
    if (story.isTold(HostStory.AWAY)) {
      asked.refuse("other-site", asked.host, declared.site());
    }
    if (story.isTold(HostStory.OUTSIDE)) {
      asked.refuse("outside-territory", asked.host);
    }
    if (story.isTold(HostStory.TWICE)) {
      asked.refuse("two-places", asked.host);
    }
  }

  private void chips(Question asked, Declared declared) {
    for (String chip : desk.memory.chipsOf(asked.host)) {
      if (isSwitch(chip)) {
        continue;
      }
      asked.chips.add(chip);
      ChipStory story = desk.memory.chip(chip);
      ChipStory.Heard heard = story.heard();
      if (heard == null || !heard.signed()) {
        asked.refuse("chip-unsigned", chip, asked.host);
      } else if (heard.at().isBefore(asked.now.minus(asked.terms.signatures()))) {
        asked.refuse("chip-old", chip, Times.print(heard.at()));
      }
      licensed(asked, story, declared);
    }
    if (asked.chips.isEmpty()) {
      asked.refuse("chips-none", asked.host);
    }
    if (asked.chips.size() > MOST_CHIPS) {
      asked.refuse("chips-many", asked.host, String.valueOf(asked.chips.size()));
    }
  }

  /** Whether accelerators name it as what they are linked to: no licence is asked of a switch. */
  private boolean isSwitch(String chip) {
    return desk.memory.boards.isMark(chip);
  }

  /** The first licence that lets a chip be there now; where none does, what each lacks. */
  private void licensed(Question asked, ChipStory story, Declared declared) {
    List<Reason> lacking = new ArrayList<>();
    for (WatchMemory.Licence each : desk.memory.licences.values()) {
      Licensed licence = each.terms();
      if (!covers(licence, story)) {
        continue;
      }
      Reason lack = lack(asked, licence, story, declared);
      if (lack == null) {
        asked.licences.add(licence.licence());
        asked.until = asked.until.isBefore(licence.until()) ? asked.until : licence.until();
        return;
      }
      lacking.add(lack);
    }
    if (lacking.isEmpty()) {
      asked.refuse("unlicensed", story.chip());
    }
    for (Reason each : lacking) {
      if (asked.reasons.size() < LeaseDecision.MOST_REASONS) {
        asked.reasons.add(each);
      }
    }
  }

  /** By its own name or label, or by its model. */
  private boolean covers(Licensed licence, ChipStory story) {
    String model = story.model();
    return (model != null && licence.models().contains(model))
        || licence.chips().contains(story.chip())
        || licence.chips().stream().anyMatch(each -> desk.known(each).equals(story.chip()));
  }

  private @Nullable Reason lack(
      Question asked, Licensed licence, ChipStory story, Declared declared) {
    if (asked.now.isBefore(licence.from()) || !asked.now.isBefore(licence.until())) {
      return reason("licence-time", story.chip(), licence.licence(), Times.print(asked.now));
    }
    Reason misplaced = misplaced(desk, licence, story, declared);
    if (misplaced != null) {
      return misplaced;
    }
    return missing(desk, licence, story, asked.now).stream()
        .findFirst()
        .map(Missing::reason)
        .orElse(null);
  }

  /** Why a licence does not let a chip be where its host is declared; null where it does. */
  static @Nullable Reason misplaced(
      WatchDesk desk, Licensed licence, ChipStory story, Declared declared) {
    String site = declared.site();
    SiteStory known = desk.memory.sites.get(site);
    Sited sited = known == null ? null : known.declared();
    boolean named = licence.sites().isEmpty() || licence.sites().contains(site);
    boolean inside =
        licence.destinations().contains(declared.destination())
            && (sited == null || licence.destinations().contains(sited.destination()));
    return named && inside
        ? null
        : reason("licence-place", story.chip(), licence.licence(), site, declared.destination());
  }

  /**
   * What a licence demands of a chip and was not shown in its time.
   *
   * @param since when it was shown last, or the licence began
   */
  record Missing(Demand demand, Instant since, Reason reason) {}

  /** All that is missing of a chip under a licence at a moment. */
  static List<Missing> missing(WatchDesk desk, Licensed licence, ChipStory story, Instant now) {
    List<Missing> missing = new ArrayList<>();
    for (Map.Entry<Demand, Duration> each : licence.demands().entrySet()) {
      Instant shown = CustodyWatch.shown(desk, story, each.getKey());
      Instant since = shown == null || shown.isBefore(licence.from()) ? licence.from() : shown;
      if (!now.isBefore(since.plus(each.getValue()))) {
        missing.add(
            new Missing(
                each.getKey(),
                since,
                reason(
                    "licence-demand",
                    story.chip(),
                    licence.licence(),
                    each.getKey().name().toLowerCase(Locale.ROOT),
                    Times.print(since))));
      }
    }
    return missing;
  }

  private static Reason reason(String code, String... arguments) {
    return Reason.of("reason.no-lease-" + code, arguments);
  }
}
