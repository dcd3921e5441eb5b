package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.detect.HostState;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.store.LogFolder;
import dev.holdfast.replay.CaseDossier;
import dev.holdfast.replay.DossierMaker;
import dev.holdfast.replay.VerdictBundle;
import dev.holdfast.trust.Sha256;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Makes the dossiers of cases out of the ledger. Safe for many threads. */
final class CaseDossiers {
  private static final int AT_ONCE = 2;
  private static final int PATIENCE_SECONDS = 20;
  private static final int MOST_DECLARED = 500;
  private static final int MOST_BUNDLES = 4;
  private static final int MOST_BUNDLE_OCTETS = 6 << 20;

  private final Views views;
  private final LogFolder log;
  private final Function<Sha256, Optional<byte[]>> blobs;
  private final Bundles bundles;
  private final Semaphore making = new Semaphore(AT_ONCE);

  CaseDossiers(
      Views views, LogFolder log, Function<Sha256, Optional<byte[]>> blobs, Bundles bundles) {
    this.views = views;
    this.log = log;
    this.blobs = blobs;
    this.bundles = bundles;
  }

  /** What the views hold of a case and of all around it. */
  private record Around(
      CaseRecord record, List<Long> declared, List<Long> told, List<HostState> hosts) {}

  /**
   * The dossier of a case, in a language.
   *
   * @throws CodedException NOT_THERE; NOT_PUBLISHED where the newest of it is not in the published
   *     tree yet; TOO_BUSY where others are being made
   */
  byte[] of(long asCalled, Asked asked, Locale language) throws IOException, InterruptedException {
    asked.requireAll();
    if (!making.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new CodedException(Problem.of(ErrorCode.TOO_BUSY, "other dossiers are being made"));
    }
    try {
      return make(asCalled, language);
    } finally {
      making.release();
    }
  }

  private byte[] make(long asCalled, Locale language) throws IOException {
    Around around =
        views
            .read(handle -> CaseRecord.read(handle, asCalled).map(found -> around(handle, found)))
            .orElseThrow(() -> Asked.notThere("case", Long.toString(asCalled)));
    CaseRecord found = around.record();
    SignedCheckpoint checkpoint = log.signedCheckpoint();
    DossierEntries entries =
        new DossierEntries(
            log,
            checkpoint.checkpoint().size(),
            found.facts().hosts(),
            named -> views.read(handle -> Bundles.mentioning(handle, named)),
            blobs);
    entries.add(around.declared());
    entries.add(found.acts());
    for (long each : around.told()) {
      entries.add(List.of(each));
    }
    // The gravest first, so that there is room for them.
    for (CaseRecord.Noticed each :
        found.findings().stream()
            .sorted(
                Comparator.comparing((CaseRecord.Noticed noticed) -> noticed.finding().severity())
                    .reversed())
            .toList()) {
      Set<Long> needed = new TreeSet<>(each.finding().causes());
      needed.add(each.index());
      entries.add(needed);
    }
    for (HostState each : around.hosts()) {
      entries.add(each.ofNewestKey().stream().map(HostState.Kept::index).toList());
    }
    List<VerdictBundle> verdicts = new ArrayList<>();
    long left = 0;
    long octets = 0;
    for (HostState each : around.hosts()) {
      if (verdicts.size() < MOST_BUNDLES && octets < MOST_BUNDLE_OCTETS) {
        VerdictBundle bundle = bundles.ofKey(each, checkpoint);
        octets += bundle.octets().length;
        verdicts.add(bundle);
      } else {
        left++;
      }
    }
    return new DossierMaker(bundles.maps(), views.read(bundles::trust))
        .make(
            new DossierMaker.Material(
                language,
                found.facts(),
                bundles.settings(),
                found.findings().stream()
                    .map(each -> new DossierMaker.Told(each.finding(), each.simulated()))
                    .toList(),
                entries.entries(),
                entries.blobs(),
                verdicts,
                new CaseDossier.LeftOut(found.more(), entries.leftOut(), left)),
            log,
            checkpoint);
  }

  private static Around around(Handle handle, CaseRecord found) {
    Set<Long> declared = new TreeSet<>();
    Set<String> sites = new TreeSet<>(found.facts().sites());
    List<HostState> hosts = new ArrayList<>();
    for (String host : found.facts().hosts()) {
      declared.addAll(
          handle
              .createQuery(
                  "SELECT DISTINCT idx FROM event WHERE host = ? AND kind = 'declared'"
                      + " ORDER BY idx LIMIT 16")
              .bind(0, host)
              .mapTo(Long.class)
              .list());
      handle
          .createQuery("SELECT site FROM host WHERE id = ? AND site IS NOT NULL")
          .bind(0, host)
          .mapTo(String.class)
          .findOne()
          .ifPresent(sites::add);
      HostState state = Rows.state(handle, host);
      if (!state.ofNewestKey().isEmpty()) {
        hosts.add(state);
      }
    }
    for (String site : sites) {
      siteDeclared(handle, site).ifPresent(declared::add);
    }
    for (String chip : found.facts().chips()) {
      firstHeard(handle, chip).ifPresent(declared::add);
    }
    hosts.sort(
        Comparator.comparing(
                (HostState state) -> Optional.ofNullable(state.lastHeard()).orElse(Instant.MIN))
            .reversed());
    return new Around(
        found,
        declared.stream().limit(MOST_DECLARED).toList(),
        CaseCustody.of(handle, found.facts(), sites).stream().map(CaseCustody::index).toList(),
        hosts);
  }

  /** The entry that declared a site last, as the watch remembers it. */
  private static Optional<Long> siteDeclared(Handle handle, String site) {
    return handle
        .createQuery("SELECT state FROM watch WHERE kind = 'site' AND key = ?")
        .bind(0, site)
        .mapTo(String.class)
        .findOne()
        .map(state -> StateJson.mapper().readTree(state))
        .filter(state -> state.hasNonNull("declared"))
        .map(state -> state.path("declaredIndex").asLong());
  }

  /** The entry at which a chip was first heard, by which its other names are known. */
  private static Optional<Long> firstHeard(Handle handle, String chip) {
    return handle
        .createQuery(
            "SELECT min(event.idx) FROM event WHERE event.kind = 'evidence' AND event.chip ="
                + " coalesce((SELECT chip FROM known_chip WHERE id = :chip), :chip)")
        .bind("chip", chip)
        .mapTo(Long.class)
        .findOne();
  }
}
