package dev.holdfast.server;

import dev.holdfast.model.Evidence.Announced;
import dev.holdfast.model.Evidence.Inspected;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Evidence.Sited;
import dev.holdfast.model.Evidence.Transferred;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Drafts of self-disclosures, with what the views know of a case. Safe for many threads. */
final class DisclosureDrafts {
  private static final int MOST_ACTS = 200;

  private final Views views;
  private final Function<String, Optional<String>> classification;

  /**
   * Drafts.
   *
   * @param classification what an item of a model is in the eyes of the law; nothing where unknown
   */
  DisclosureDrafts(Views views, Function<String, Optional<String>> classification) {
    this.views = views;
    this.classification = classification;
  }

  /** The draft about a case, in English, as Markdown. */
  String of(long asCalled, Asked asked) {
    asked.requireAll();
    DisclosureDraft.Known known =
        views
            .read(handle -> CaseRecord.read(handle, asCalled).map(found -> known(handle, found)))
            .orElseThrow(() -> Asked.notThere("case", Long.toString(asCalled)));
    Map<String, String> classes = new TreeMap<>();
    for (String model : known.models().keySet()) {
      classification.apply(model).ifPresent(found -> classes.put(model, found));
    }
    return new DisclosureDraft(known, classes).text();
  }

  private static DisclosureDraft.Known known(Handle handle, CaseRecord found) {
    Map<String, Long> models = new TreeMap<>();
    for (String chip : found.facts().chips()) {
      handle
          .createQuery(
              "SELECT model FROM chip WHERE id ="
                  + " coalesce((SELECT chip FROM known_chip WHERE id = :chip), :chip)")
          .bind("chip", chip)
          .mapTo(String.class)
          .findOne()
          .ifPresent(model -> models.merge(model, 1L, Long::sum));
    }
    Set<String> names = new TreeSet<>(found.facts().sites());
    for (String host : found.facts().hosts()) {
      handle
          .createQuery("SELECT site FROM host WHERE id = ? AND site IS NOT NULL")
          .bind(0, host)
          .mapTo(String.class)
          .findOne()
          .ifPresent(names::add);
    }
    List<FleetItem.Site> sites =
        names.stream().flatMap(each -> Rows.site(handle, each).stream()).toList();
    List<CaseCustody> custody = CaseCustody.of(handle, found.facts(), names);
    return new DisclosureDraft.Known(
        found, models, sites, custody, parties(handle, sites, custody), acts(handle, found));
  }

  /** Everybody who is named, with what the fleet says of them. */
  private static Map<String, String> parties(
      Handle handle, List<FleetItem.Site> sites, List<CaseCustody> custody) {
    Map<String, String> named = new TreeMap<>();
    sites.forEach(site -> named.merge(site.operator(), "operator of a site", (one, more) -> one));
    for (CaseCustody each : custody) {
      switch (each.word().said()) {
        case Licensed said -> named.merge(said.endUser(), "end user of a licence", (a, b) -> a);
        case Inspected said -> named.merge(said.inspector(), "inspector", (a, b) -> a);
        case Transferred said -> {
          named.merge(said.fromParty(), "party to a transfer", (a, b) -> a);
          named.merge(said.toParty(), "party to a transfer", (a, b) -> a);
        }
        case Announced said -> {}
        case Sited said -> throw new IllegalStateException();
      }
    }
    named.replaceAll((id, role) ->
        handle
            .createQuery("SELECT name, role FROM party WHERE id = ?")
            .bind(0, id)
            .map((row, context) ->
                role + "; declared as " + row.getString("name") + ", " + row.getString("role"))
            .findOne()
            .orElse(role));
    return named;
  }

  private static List<DisclosureDraft.Done> acts(Handle handle, CaseRecord found) {
    return handle
        .createQuery(
            "SELECT idx, at, said FROM act WHERE story = ? ORDER BY idx LIMIT " + MOST_ACTS)
        .bind(0, found.facts().number())
        .map((row, context) ->
            new DisclosureDraft.Done(
                row.getLong("idx"),
                Instant.ofEpochMilli(row.getLong("at")),
                StateJson.reason(row.getString("said"))))
        .list();
  }
}
