package dev.holdfast.server;

import dev.holdfast.model.Reason;
import dev.holdfast.model.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What the findings of a case come to, counted in the views: kinds, chips, sites and days. */
final class CaseFacts {
  private static final List<String> OF_CHIPS =
      List.of("silent-after-inspection", "long-silent-after-inspection");

  private final Handle handle;
  private final long number;

  CaseFacts(Handle handle, long number) {
    this.handle = handle;
    this.number = number;
  }

  /**
   * Findings that tell the same.
   *
   * @param since when it began
   * @param last when the last of them came
   * @param chips that they are about; of one board or key it may be none
   * @param all whether these are all chips of the site
   * @param site that most of them are about; null where they are about none
   * @param reason of the first of them
   */
  record Group(
      Instant since,
      Instant last,
      Severity severity,
      int chips,
      boolean all,
      @Nullable String site,
      Reason reason) {
    /** The same, about another site. */
    Group(Group other, String site) {
      this(other.since, other.last, other.severity, other.chips, other.all, site, other.reason);
    }
  }

  /** Findings of some kinds; empty where there is none. */
  Optional<Group> of(String... kinds) {
    return group(condition(List.of(kinds)));
  }

  /** That chips are silent, each since it was heard last. */
  Optional<Group> silent() {
    String kinds =
        condition(
            List.of(
                "silent-after-inspection",
                "long-silent-after-inspection",
                "board-silent",
                "site-silent"));
    Optional<Group> all =
        handle
            .createQuery(
                "SELECT json_extract(reason, '$.arguments[1]') ="
                    + " json_extract(reason, '$.arguments[2]') FROM finding WHERE story = ? AND"
                    + " kind = 'site-silent' ORDER BY id DESC LIMIT 1")
            .bind(0, number)
            .mapTo(Boolean.class)
            .findOne()
            .flatMap(whole ->
                group(kinds)
                    .map(found ->
                        new Group(
                            found.since,
                            found.last,
                            found.severity,
                            found.chips,
                            whole,
                            found.site,
                            found.reason)));
    return all.or(() -> group(kinds)).map(this::sinceHeard);
  }

  /** These findings come a day and more after what they tell: the day of that is in their words. */
  private Group sinceHeard(Group group) {
    return handle
        .createQuery(
            "SELECT min(json_extract(reason, '$.arguments[2]')) AS since,"
                + " max(json_extract(reason, '$.arguments[2]')) AS last FROM finding"
                + " WHERE story = ? AND "
                + condition(List.of(OF_CHIPS.getFirst(), OF_CHIPS.getLast(), "board-silent")))
        .bind(0, number)
        .map((row, context) -> {
          String since = row.getString("since");
          return since == null
              ? group
              : new Group(
                  instant(since),
                  instant(row.getString("last")),
                  group.severity,
                  group.chips,
                  group.all,
                  group.site,
                  group.reason);
        })
        .one();
  }

  /** As it stands in the arguments of findings, {@code 2026-01-31 08:00:00 UTC}. */
  private static Instant instant(String printed) {
    return Instant.parse(printed.replace(" UTC", "Z").replace(' ', 'T'));
  }

  /** That chips are heard at another site: the way that most of them took. */
  Optional<Group> moved() {
    return handle
        .createQuery(
            "SELECT json_extract(reason, '$.arguments[1]') AS origin,"
                + " json_extract(reason, '$.arguments[2]') AS target FROM finding"
                + " WHERE story = ? AND kind = 'chip-at-other-site' GROUP BY origin, target"
                + " ORDER BY count(*) DESC, origin, target LIMIT 1")
        .bind(0, number)
        .map((row, context) -> List.of(row.getString("origin"), row.getString("target")))
        .findOne()
        .flatMap(way ->
            group(
                "finding.kind = 'chip-at-other-site'"
                    + " AND json_extract(finding.reason, '$.arguments[1]') = :p0"
                    + " AND json_extract(finding.reason, '$.arguments[2]') = :p1",
                way.getFirst(),
                way.getLast()));
  }

  /** The heaviest finding, the first of equals. */
  Optional<Group> heaviest() {
    return handle
        .createQuery(
            "SELECT id FROM finding WHERE story = ? ORDER BY CASE severity WHEN 'high' THEN 0"
                + " WHEN 'medium' THEN 1 ELSE 2 END, id LIMIT 1")
        .bind(0, number)
        .mapTo(Long.class)
        .findOne()
        .flatMap(id -> group("finding.id = " + id));
  }

  /** The day of the last inspection before a time that findings of the case rest on. */
  Optional<String> inspected(Instant before) {
    return handle
        .createQuery(
            "SELECT max(json_extract(custody.said, '$.at')) FROM custody WHERE custody.kind ="
                + " 'inspection' AND json_extract(custody.said, '$.at') <= :before"
                + " AND custody.idx IN (SELECT cause.value FROM finding,"
                + " json_each(finding.causes) AS cause WHERE finding.story = :number)")
        .bind("before", before.toString())
        .bind("number", number)
        .mapTo(String.class)
        .findOne()
        .map(at -> at.substring(0, 10));
  }

  private static String condition(List<String> kinds) {
    return "finding.kind IN ('" + String.join("', '", kinds) + "')";
  }

  private Optional<Group> group(String condition, String... parameters) {
    Optional<Group> counted =
        bound(
                "SELECT min(at) AS since, max(at) AS last, min(id) AS first, max(CASE severity"
                    + " WHEN 'high' THEN 2 WHEN 'medium' THEN 1 ELSE 0 END) AS weight"
                    + " FROM finding WHERE story = :number AND "
                    + condition
                    + " HAVING count(*) > 0",
                parameters)
            .map((row, context) ->
                new Group(
                    Instant.ofEpochMilli(row.getLong("since")),
                    Instant.ofEpochMilli(row.getLong("last")),
                    severity(row.getInt("weight")),
                    chips(condition, parameters),
                    false,
                    site(condition, parameters),
                    reason(row.getLong("first"))))
            .findOne();
    return counted;
  }

  private static Severity severity(int weight) {
    return switch (weight) {
      case 2 -> Severity.HIGH;
      case 1 -> Severity.MEDIUM;
      default -> Severity.LOW;
    };
  }

  private Query bound(String sql, String... parameters) {
    Query query = handle.createQuery(sql).bind("number", number);
    for (int i = 0; i < parameters.length; i++) {
      query.bind("p" + i, parameters[i]);
    }
    return query;
  }

  private int chips(String condition, String... parameters) {
    return bound(
            "SELECT count(DISTINCT named.value) FROM finding, json_each(finding.about) AS named"
                + " WHERE story = :number AND named.value GLOB 'chip:*' AND "
                + condition,
            parameters)
        .mapTo(Integer.class)
        .one();
  }

  private @Nullable String site(String condition, String... parameters) {
    return bound(
            "SELECT substr(named.value, 6) FROM finding, json_each(finding.about) AS named"
                + " WHERE story = :number AND named.value GLOB 'site:*' AND "
                + condition
                + " GROUP BY named.value ORDER BY count(*) DESC, named.value LIMIT 1",
            parameters)
        .mapTo(String.class)
        .findOne()
        .or(() ->
            bound(
                    "SELECT host.site FROM finding, json_each(finding.about) AS named"
                        + " JOIN host ON host.id = substr(named.value, 6)"
                        + " WHERE story = :number AND named.value GLOB 'host:*'"
                        + " AND host.site IS NOT NULL AND "
                        + condition
                        + " GROUP BY host.site ORDER BY count(*) DESC, host.site LIMIT 1",
                    parameters)
                .mapTo(String.class)
                .findOne())
        .orElse(null);
  }

  private Reason reason(long id) {
    return StateJson.reason(
        handle
            .createQuery("SELECT reason FROM finding WHERE id = ?")
            .bind(0, id)
            .mapTo(String.class)
            .one());
  }
}
