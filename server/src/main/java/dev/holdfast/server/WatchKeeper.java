package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.detect.CaseBook;
import dev.holdfast.detect.LeaseDecision;
import dev.holdfast.detect.LeaseTerms;
import dev.holdfast.detect.LicenceStanding;
import dev.holdfast.detect.Watch;
import dev.holdfast.detect.WatchTerms;
import dev.holdfast.locate.Atlas;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Severity;
import dev.holdfast.model.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows the watch what the fold reads, and writes what it finds and remembers. What it remembers is
 * written in the transaction of the entries that it learned it from. For one thread.
 */
final class WatchKeeper {
  private final ViewWriter views;
  private final FoldedEvents events;
  private final Watch watch;
  private final CaseBook cases = new CaseBook();

  /** The rows of findings that belong to no case yet. */
  private final IdentityHashMap<Finding, Long> rows = new IdentityHashMap<>();

  WatchKeeper(ViewWriter views, FoldedEvents events, Atlas atlas) {
    this.views = requireNonNull(views, "views");
    this.events = requireNonNull(events, "events");
    watch = new Watch(WatchTerms.USUAL, atlas);
    watch.restore(views.watch().rows());
    watch.remember();
    views
        .watch()
        .findings((id, finding) -> {
          rows.put(finding, id);
          cases.add(finding).ifPresent(change -> change.more().forEach(rows::remove));
        });
  }

  /** Takes evidence in. */
  void hear(Evidence evidence, long index, String source) {
    found(watch.apply(evidence, index), index, source);
  }

  /** Lets time pass. */
  void tick(Instant at, long index, String source) {
    found(watch.tick(at), index, source);
  }

  /** Whether a host gets a lease. */
  LeaseDecision lease(TargetId host, Instant now) {
    return watch.lease(host, now, LeaseTerms.USUAL);
  }

  /** How licences stand. */
  List<LicenceStanding> licences(Instant now) {
    return watch.licences(now);
  }

  /** Writes what the watch learned since this was asked last. */
  void write() {
    views.watch().keep(watch.takeChanges());
  }

  private void found(Watch.Step step, long index, String source) {
    for (Finding finding : step.findings()) {
      boolean simulated = views.isSimulated(finding.about());
      long id =
          events.notice(
              finding,
              index,
              first(finding, "host:"),
              first(finding, "chip:"),
              source,
              simulated,
              true);
      rows.put(finding, id);
      List<WebhookEvent> happened = new ArrayList<>();
      if (finding.severity() == Severity.HIGH) {
        happened.add(WebhookEvent.FINDING_HIGH);
      }
      Optional<CaseBook.Change> story = cases.add(finding);
      Optional<CaseViews.Changed> changed = story.map(change -> ofCase(change, simulated));
      changed.ifPresent(each -> happened.addAll(each.happened()));
      views
          .notices()
          .found(
              finding,
              index,
              story.map(change -> (long) change.number()).orElse(null),
              changed.map(CaseViews.Changed::severity),
              happened,
              simulated);
    }
  }

  private CaseViews.Changed ofCase(CaseBook.Change change, boolean simulated) {
    List<Long> fresh = new ArrayList<>();
    for (Finding each : change.more()) {
      Long row = rows.remove(each);
      if (row != null) {
        fresh.add(row);
      }
    }
    return views.cases().changed(change, fresh, simulated);
  }

  private static @Nullable String first(Finding finding, String kind) {
    return finding.about().stream()
        .filter(each -> each.startsWith(kind))
        .map(each -> each.substring(kind.length()))
        .findFirst()
        .orElse(null);
  }
}
