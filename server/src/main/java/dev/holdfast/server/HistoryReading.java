package dev.holdfast.server;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.detect.HostState;
import dev.holdfast.locate.Atlas;
import dev.holdfast.model.SourceId;
import dev.holdfast.trust.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Answers what was heard, measured, judged and found, in its order. Safe for many threads. */
final class HistoryReading {
  private static final int POINTS = 500;
  private static final Orders EVENTS = Orders.newestFirst("event.id");
  private static final Orders VERDICTS = Orders.newestFirst("verdict.id");
  private static final Orders FINDINGS = Orders.newestFirst("finding.id");

  private final Views views;
  private final Pager pager;
  private final Atlas atlas;

  HistoryReading(Views views, Pager pager, Atlas atlas) {
    this.views = views;
    this.pager = pager;
    this.atlas = atlas;
  }

  private record HostAndSite(@Nullable String host, @Nullable String site) {}

  private HostAndSite hostOfChip(Handle handle, String id, Asked asked) {
    return handle
        .createQuery("SELECT host, site FROM chip WHERE id = ?")
        .bind(0, id)
        .map((row, context) -> new HostAndSite(row.getString("host"), row.getString("site")))
        .findOne()
        .filter(each -> asked.maySee(each.site()))
        .orElseThrow(() -> Asked.notThere("chip", id));
  }

  Pager.Page timeline(String chip, Asked asked) {
    HostAndSite at = views.read(handle -> hostOfChip(handle, chip, asked));
    Conditions where = new Conditions();
    // What the other chips of its host signed is theirs; a comment on the host names it as both.
    where.add(
        "(event.chip = :chip OR (event.host = :host"
            + " AND (event.chip IS NULL OR event.chip = event.host)))",
        "chip",
        chip);
    where.values().put("host", at.host() == null ? "" : at.host());
    if (!asked.readsAll()) {
      where.values().put("site", at.site() == null ? "" : at.site());
      asked.spans(where, ":site", "event.at");
    }
    return pager.page(
        "event.*", "event", EVENTS, where, asked, (handle, row) -> event(row, asked.catalogue()));
  }

  /** What people said of a site itself. */
  Pager.Page comments(String site, Asked asked) {
    if (!asked.maySee(site) || views.read(handle -> Rows.site(handle, site)).isEmpty()) {
      throw Asked.notThere("site", site);
    }
    Conditions where = new Conditions();
    // A comment names its subject as host and as chip; declarations of a chip of this name do not.
    where.add("event.chip = :site AND event.kind = 'comment'", "site", site);
    asked.spans(where, ":site", "event.at");
    return pager.page(
        "event.*", "event", EVENTS, where, asked, (handle, row) -> event(row, asked.catalogue()));
  }

  private static JsonBody event(ResultSet row, MessageCatalogue catalogue) throws SQLException {
    return new JsonBody()
        .put("index", row.getLong("idx"))
        .put("at", Rows.time(row, "at"))
        .put("kind", row.getString("kind"))
        .put("mark", row.getString("mark"))
        .put("sentence", ReportForm.sentence(row.getString("reason"), catalogue))
        .put("source", row.getString("source"))
        .put("simulated", row.getBoolean("simulated"))
        .put("late", row.getBoolean("late"));
  }

  JsonBody delays(String chip, Asked asked) {
    return views.read(handle -> {
      HostAndSite place = hostOfChip(handle, chip, asked);
      String host = place.host();
      if (host == null) {
        return new JsonBody().put("landmarks", List.of());
      }
      HostState state = Rows.state(handle, host);
      Map<String, List<Map<String, @Nullable Object>>> points = new LinkedHashMap<>();
      for (String landmark :
          handle
              .createQuery("SELECT DISTINCT landmark FROM delay WHERE host = ? ORDER BY landmark")
              .bind(0, host)
              .mapTo(String.class)
              .list()) {
        List<Map<String, @Nullable Object>> some =
            handle
                .createQuery(
                    "SELECT at, ms, idx FROM delay WHERE host = ? AND landmark = ?"
                        + " ORDER BY at DESC LIMIT "
                        + POINTS)
                .bind(0, host)
                .bind(1, landmark)
                .map((row, context) ->
                    new JsonBody()
                        .put("at", Rows.time(row, "at"))
                        .put("ms", row.getDouble("ms"))
                        .put("index", row.getLong("idx"))
                        .fields())
                .list();
        points.put(
            landmark,
            some.reversed().stream()
                .filter(point -> {
                  Instant at = (Instant) point.get("at");
                  return at != null && asked.maySee(place.site(), at, at);
                })
                .toList());
      }
      List<Map<String, @Nullable Object>> landmarks = new ArrayList<>();
      points.forEach((landmark, some) ->
          landmarks.add(
              new JsonBody()
                  .put("id", landmark)
                  .put("name", ReportForm.landmarkName(handle, landmark))
                  .put(
                      "provesMs",
                      asked.maySeeNow(place.site())
                          ? ProvingDelay.of(atlas, state, landmark)
                          : null)
                  .put("points", some)
                  .fields()));
      return new JsonBody().put("landmarks", landmarks);
    });
  }

  Pager.Page verdicts(Asked asked) {
    Conditions where = new Conditions();
    asked.spans(where, "verdict.site", "verdict.at");
    asked.filter(where, "subject", "(verdict.host = :subject OR verdict.subject = :subject)");
    asked.filter(where, "site", "verdict.site = :site");
    asked.filter(where, "verdict", "verdict.verdict = :verdict");
    return pager.page(
        "verdict.*",
        "verdict",
        VERDICTS,
        where,
        asked,
        (handle, row) ->
            new JsonBody()
                .put("id", row.getLong("id"))
                .put(
                    "subject",
                    new JsonBody()
                        .put("kind", row.getString("kind"))
                        .put("id", row.getString("subject"))
                        .put("host", row.getString("host"))
                        .fields())
                .put("site", row.getString("site"))
                .put("claim", row.getString("question") + ":" + row.getString("value"))
                .put("verdict", row.getString("verdict"))
                .put("reason", ReportForm.sentence(row.getString("reason"), asked.catalogue()))
                .put("coalition", StateJson.texts(row.getString("coalition")))
                .put("at", Rows.time(row, "at"))
                .put("index", row.getLong("idx"))
                .put("simulated", row.getBoolean("simulated")));
  }

  Pager.Page findings(Asked asked) {
    Conditions where = new Conditions();
    asked.requireAll();
    asked.filter(where, "kind", "finding.kind = :kind");
    asked.filter(where, "subject", "finding.subject = :subject");
    asked.filter(where, "severity", "finding.severity = :severity");
    return pager.page(
        "finding.*", "finding", FINDINGS, where, asked, (handle, row) -> finding(row, asked));
  }

  /** A finding, as it is answered everywhere. */
  static JsonBody finding(ResultSet row, Asked asked) throws SQLException {
    long story = row.getLong("story");
    boolean ofCase = !row.wasNull();
    return new JsonBody()
        .put("id", row.getLong("id"))
        .put("kind", row.getString("kind"))
        .put("severity", row.getString("severity"))
        .put("subject", row.getString("subject"))
        .put("sentence", ReportForm.sentence(row.getString("reason"), asked.catalogue()))
        .put("at", Rows.time(row, "at"))
        .put("index", row.getLong("idx"))
        .put("causes", StateJson.numbers(row.getString("causes")))
        .put("about", StateJson.texts(row.getString("about")))
        .put("case", ofCase ? story : null)
        .put("simulated", row.getBoolean("simulated"));
  }

  Optional<Long> indexOf(SourceId source, long sequence, Sha256 hash) {
    return views.read(handle ->
        handle
            .createQuery("SELECT idx FROM statement WHERE source = ? AND sequence = ? AND hash = ?")
            .bind(0, source.value())
            .bind(1, sequence)
            .bind(2, hash.hex())
            .mapTo(Long.class)
            .findOne());
  }

  /** What was disclosed to an auditor. */
  List<Asked.Disclosed> disclosedTo(String auditor) {
    return views.read(handle ->
        handle
            .createQuery(
                "SELECT site, since, min(until, coalesce(ended, until)) AS until FROM disclosure"
                    + " WHERE auditor = ? AND since <= coalesce(ended, until)")
            .bind(0, auditor)
            .map((row, context) ->
                new Asked.Disclosed(
                    row.getString("site"),
                    Instant.ofEpochMilli(row.getLong("since")),
                    Instant.ofEpochMilli(row.getLong("until"))))
            .list());
  }
}
