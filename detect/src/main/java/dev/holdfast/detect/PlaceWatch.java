package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.LocationVerdicts;
import dev.holdfast.model.Severity;
import dev.holdfast.model.Subject;
import dev.holdfast.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The part of a {@link Watch} that looks at where hosts answer from. */
final class PlaceWatch {
  /** For how long the newest rounds of a host are held against each other. */
  private static final Duration WINDOW = Duration.ofMinutes(10);

  /** Over how long the tightest bound of a host counts as one. */
  static final Duration PERIOD = Duration.ofHours(2);

  private final WatchDesk desk;
  private final Atlas atlas;

  PlaceWatch(WatchDesk desk, Atlas atlas) {
    this.desk = desk;
    this.atlas = requireNonNull(atlas, "atlas");
  }

  void declared(Declared declared) {
    desk.memory.hosts.put(
        declared.host().value(), desk.memory.host(declared.host()).declared(declared));
    SiteStory site = desk.memory.site(declared.site());
    for (String chip : desk.memory.chipsOf(declared.host().value())) {
      site.chips.put(chip, true);
    }
  }

  void bounded(Bounded round, long index) {
    HostStory before = desk.memory.host(round.host());
    if (before.heard() != null && round.measuredAt().isBefore(before.heard().minus(WINDOW))) {
      // It came late: what is known by now is newer, and the host may have been moved since.
      return;
    }
    HostStory story = before.with(round, index, round.measuredAt().minus(WINDOW));
    Declared declared = story.declared();
    if (declared != null) {
      story = away(story, declared, round.measuredAt());
    }
    story = twice(story, round.measuredAt());
    desk.memory.hosts.put(round.host().value(), story);
    desk.memory.hostAt(requireNonNull(story.period()).plus(PERIOD), round.host().value());
  }

  private HostStory away(HostStory story, Declared declared, Instant at) {
    List<KeptRound> excluding = PlaceMath.excluding(declared, story.rounds());
    if (excluding.isEmpty()) {
      return story.forget(HostStory.AWAY | HostStory.OUTSIDE);
    }
    if (PlaceMath.operators(excluding) <= desk.terms.toleratedFaults()) {
      // One round at home shows no more than that the key is there again.
      return story;
    }
    String host = story.host().value();
    List<Long> causes = excluding.stream().map(KeptRound::index).toList();
    HostStory next = story;
    if (!story.isTold(HostStory.AWAY)) {
      KeptRound first = excluding.getFirst();
      desk.say(
          "other-site",
          Severity.HIGH,
          host,
          at,
          causes,
          desk.aboutHost(host, declared.site()),
          host,
          declared.site(),
          first.landmark().id().value(),
          WatchDesk.kilometres(PlaceMath.bound(first)));
      next = next.told(HostStory.AWAY);
    }
    if (!next.isTold(HostStory.OUTSIDE)) {
      Set<String> allowed = allowed(host, declared);
      if (isOutside(next, allowed)) {
        desk.say(
            "outside-territory",
            Severity.HIGH,
            host,
            at,
            causes,
            desk.aboutHost(host, declared.site()),
            host,
            String.join(", ", allowed));
        next = next.told(HostStory.OUTSIDE);
      }
    }
    return next;
  }

  /** Where the chips of a host may be: by their licences; without one where it is declared. */
  private Set<String> allowed(String host, Declared declared) {
    Set<String> allowed = new TreeSet<>();
    for (String chip : desk.memory.chipsOf(host)) {
      WatchMemory.Licence licence = desk.licence(desk.memory.chip(chip));
      if (licence != null) {
        allowed.addAll(licence.terms().destinations());
      }
    }
    return allowed.isEmpty() ? Set.of(declared.destination()) : allowed;
  }

  /**
   * Whether it follows that the key is in none of these destinations: the whole region is asked.
   */
  private boolean isOutside(HostStory story, Set<String> allowed) {
    KeptRound newest = story.rounds().getLast();
    LocationVerdicts verdicts =
        KeyReport.verdicts(
            atlas,
            Settings.DEFAULT.withToleratedFaults(desk.terms.toleratedFaults()),
            Subject.Kind.KEY,
            newest.key(),
            story.host(),
            story.rounds().stream().map(KeptRound::round).toList(),
            allowed.stream().<Claim>map(Claim.Inside::new).toList());
    return !verdicts.verdicts().isEmpty()
        && verdicts.verdicts().stream().allMatch(each -> each.value() == Verdict.Value.REFUTED);
  }

  private HostStory twice(HostStory story, Instant at) {
    List<List<KeptRound>> contradictions = PlaceMath.contradictions(story.rounds());
    if (contradictions.isEmpty()) {
      return story.forget(HostStory.TWICE);
    }
    if (story.isTold(HostStory.TWICE)) {
      return story;
    }
    String host = story.host().value();
    KeptRound one = contradictions.getFirst().getFirst();
    KeptRound other = contradictions.getFirst().getLast();
    desk.say(
        "key-in-two-places",
        contradictions.size() > desk.terms.toleratedFaults() ? Severity.HIGH : Severity.LOW,
        host,
        at,
        contradictions.stream().flatMap(List::stream).map(KeptRound::index).toList(),
        desk.aboutHost(host, desk.memory.siteOf(host)),
        host,
        one.landmark().id().value(),
        other.landmark().id().value());
    return story.told(HostStory.TWICE);
  }

  HostStory loosened(HostStory story, String host) {
    if (!story.tightness().isLost()) {
      return story.forget(HostStory.LOOSE);
    }
    if (story.isTold(HostStory.LOOSE)) {
      return story;
    }
    desk.say(
        "proximity-lost",
        Severity.LOW,
        host,
        desk.now,
        story.rounds().stream().map(KeptRound::index).toList(),
        desk.aboutHost(host, desk.memory.siteOf(host)),
        host,
        WatchDesk.kilometres(story.tightness().usual()));
    return story.told(HostStory.LOOSE);
  }
}
