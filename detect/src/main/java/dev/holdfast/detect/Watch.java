package dev.holdfast.detect;

import dev.holdfast.detect.WatchMemory.Due;
import dev.holdfast.locate.Atlas;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Announced;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Evidence.Equivocated;
import dev.holdfast.model.Evidence.Inspected;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Evidence.Sited;
import dev.holdfast.model.Evidence.Skipped;
import dev.holdfast.model.Evidence.Transferred;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Severity;
import dev.holdfast.model.SourceId;
import dev.holdfast.model.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The fold that looks for diversion: evidence, in the order of the ledger, and its ticks, give
 * findings. It knows no other time than that of ticks, asks nobody, and finds the same of the same
 * ledger.
 *
 * <p>What one chip or host shows is told when it comes. What takes several of them together is told
 * at ticks, so that it does not matter in which order they were heard between two.
 *
 * <p>Nothing of weight {@link Severity#HIGH} is said without a manufacturer's signature or physics
 * behind it. Nothing learned is asked.
 */
public final class Watch {
  private final WatchDesk desk;
  private final PlaceWatch places;
  private final ChipWatch chips;
  private final SilenceWatch silence;
  private final BoardWatch boards;
  private final CustodyWatch custody;
  private final MeterWatch meters;

  /** A watch that knows nothing yet. */
  public Watch(WatchTerms terms, Atlas atlas) {
    desk = new WatchDesk(terms);
    boards = new BoardWatch(desk);
    chips = new ChipWatch(desk, boards);
    places = new PlaceWatch(desk, atlas);
    silence = new SilenceWatch(desk);
    custody = new CustodyWatch(desk);
    meters = new MeterWatch(desk);
  }

  /**
   * Goes on from what another watch kept.
   *
   * @param kept the newest row of each kind and key
   * @throws RuntimeException where one is no row of a watch
   */
  public void restore(Iterable<WatchRow> kept) {
    WatchRows.restore(desk.memory, kept);
    Instant at = desk.memory.times.get("now");
    desk.now = at == null ? Instant.EPOCH : at;
  }

  /** Remembers from now on what changes, for {@link #takeChanges}. */
  public void remember() {
    desk.memory.remember();
  }

  /** What has changed since the last time, each thing once. */
  public List<WatchRow> takeChanges() {
    return WatchRows.take(desk.memory);
  }

  /**
   * What a step made.
   *
   * @param next when time alone may change something; empty where nothing waits
   */
  public record Step(List<Finding> findings, Optional<Instant> next) {
    public Step {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Takes in evidence.
   *
   * @param index of its entry
   */
  public Step apply(Evidence evidence, long index) {
    switch (evidence) {
      case Declared declared -> places.declared(declared);
      case Bounded bounded -> places.bounded(bounded, index);
      case Attested attested -> chips.attested(attested, index);
      case Inventoried inventoried -> {
        chips.inventoried(inventoried, index);
        meters.inventoried(inventoried, index);
      }
      case Sited sited -> custody.sited(sited, index);
      case Licensed licensed -> custody.licensed(licensed, index);
      case Inspected inspected -> custody.inspected(inspected, index);
      case Transferred transferred -> custody.transferred(transferred, index);
      case Announced announced -> custody.announced(announced);
      case Skipped skipped ->
          desk.say(
              "evidence-gap",
              Severity.LOW,
              skipped.source().value(),
              skipped.at(),
              List.of(index),
              about(skipped.source()),
              skipped.source().value(),
              String.valueOf(skipped.last() - skipped.first() + 1));
      case Equivocated equivocated ->
          desk.say(
              "equivocation",
              Severity.HIGH,
              equivocated.source().value(),
              equivocated.at(),
              List.of(index),
              about(equivocated.source()),
              equivocated.source().value(),
              String.valueOf(equivocated.number()));
    }
    return taken();
  }

  /** Lets time pass up to a tick of the ledger. */
  public Step tick(Instant at) {
    desk.now = at;
    desk.memory.times.put("now", at);
    for (Due due = desk.memory.take(at); due != null; due = desk.memory.take(at)) {
      if (due.ofHost()) {
        hostDue(due.name());
      } else {
        silence.chipDue(due.name());
      }
    }
    boards.compare();
    for (SiteStory site : desk.memory.sites.values()) {
      silence.together(site);
    }
    Instant day = desk.memory.times.get("day");
    if (day == null || !at.isBefore(day.plus(Duration.ofDays(1)))) {
      desk.memory.times.put("day", at);
      custody.demands();
      desk.memory.sites.values().forEach(custody::counted);
    }
    return taken();
  }

  /** A host signs under its own name. */
  private static List<String> about(SourceId source) {
    String name = source.value();
    return name.startsWith("host:") ? List.of("source:" + name, name) : List.of("source:" + name);
  }

  private void hostDue(String host) {
    HostStory story = desk.memory.host(new TargetId(host));
    Instant period = story.period();
    if (period != null && !desk.now.isBefore(period.plus(PlaceWatch.PERIOD))) {
      story = places.loosened(story.period(desk.now), host);
    }
    story = silence.boardSilent(story, host);
    desk.memory.hosts.put(host, story);
    if (story.heard() != null && desk.now.isBefore(story.heard().plus(desk.terms.silence()))) {
      desk.memory.hostAt(desk.now.plus(PlaceWatch.PERIOD), host);
    }
  }

  /**
   * Whether a host gets a lease by what is known of it; nothing is changed by asking.
   *
   * @param now the present; the watch knows the ledger up to its newest entry alone
   */
  public LeaseDecision lease(TargetId host, Instant now, LeaseTerms terms) {
    return new LeaseWatch(desk).decide(host, now, terms);
  }

  /**
   * How every licence stands, by its number: whether its chips are where it lets them be, and show
   * what it demands. Nothing is changed by asking.
   *
   * @param now the present; the watch knows the ledger up to its newest entry alone
   */
  public List<LicenceStanding> licences(Instant now) {
    return new LicenceReview(desk).of(now);
  }

  private Step taken() {
    Instant due = desk.memory.next();
    Instant board = boards.next();
    Instant next = due == null || (board != null && board.isBefore(due)) ? board : due;
    Step step = new Step(desk.findings, Optional.ofNullable(next));
    desk.findings.clear();
    return step;
  }
}
