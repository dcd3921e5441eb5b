package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.detect.ChipState;
import dev.holdfast.detect.ChipState.Signed;
import dev.holdfast.detect.PlaceState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the views hold of a site that can be said in words, as far as somebody may see it. Of
 * each kind there is a limit: what is declared by its ids, what happened newest first. For many
 * threads.
 */
final class SiteRecords {
  private static final int MOST_HOSTS = 500;
  private static final int MOST_CHIPS = 2_000;
  private static final int MOST_BOARDS = 500;
  private static final int MOST_VERDICTS = 500;
  private static final int MOST_FINDINGS = 500;
  private static final int MOST_NOTES = 1_000;
  private static final int MOST_COMMENTS = 500;
  private static final int MOST_DECISIONS = 100;

  /** Among how many of the newest decisions those are looked for that name the site. */
  private static final int DECISIONS_LOOKED_AT = 5_000;

  /** What findings of a site are about; a chip that is keyed otherwise is shown as it is listed. */
  private static final String OWN =
      "SELECT 'host' AS of, id AS subject, id AS shown FROM host WHERE site = :site"
          + " UNION ALL SELECT 'chip', id, id FROM chip WHERE site = :site"
          + " UNION ALL SELECT 'chip', known_chip.id, chip.id FROM known_chip"
          + " JOIN chip ON chip.id = known_chip.chip WHERE chip.site = :site"
          + " UNION ALL SELECT 'board', id, id FROM board WHERE site = :site";

  private final Views views;

  SiteRecords(Views views) {
    this.views = views;
  }

  /** The site, or nothing where it is not declared or may not be seen. */
  Optional<SiteRecord> find(String id, Asked asked) {
    return asked.maySee(id)
        ? views.read(handle -> Rows.site(handle, id).map(site -> read(handle, site, asked)))
        : Optional.empty();
  }

  private static SiteRecord read(Handle handle, FleetItem.Site site, Asked asked) {
    String id = site.id();
    boolean now = asked.maySeeNow(id);
    return new SiteRecord(
        site,
        hosts(handle, id, now),
        chips(handle, id, now, asked),
        now ? boards(handle, id, asked) : List.of(),
        verdicts(handle, id, asked),
        asked.readsAll() ? findings(handle, id) : List.of(),
        asked.readsAll() ? decisions(handle, site) : List.of(),
        notes(handle, id, asked),
        comments(handle, id, asked));
  }

  private static <T> List<T> all(
      Handle handle, String select, Conditions where, String order, int most, RowMapper<T> row) {
    Query query =
        handle.createQuery(select + where.sql() + " ORDER BY " + order + " LIMIT " + most);
    where.values().forEach(query::bind);
    return query.map(row).list();
  }

  private static Conditions of(String condition, String site) {
    return new Conditions().add(condition, "site", site);
  }

  private static List<SiteRecord.Host> hosts(Handle handle, String site, boolean now) {
    return all(
        handle,
        "SELECT * FROM host",
        of("host.site = :site", site),
        "id",
        MOST_HOSTS,
        (row, context) -> {
          String reason = now ? row.getString("reason") : null;
          return new SiteRecord.Host(
              row.getString("id"),
              now ? PlaceState.valueOf(row.getString("place")) : PlaceState.SILENT,
              reason == null ? null : StateJson.reason(reason),
              now ? Rows.time(row, "judged") : null,
              row.getBoolean("simulated"));
        });
  }

  private static List<SiteRecord.Chip> chips(Handle handle, String site, boolean now, Asked asked) {
    return all(
        handle,
        "SELECT * FROM chip",
        of("chip.site = :site", site),
        "id",
        MOST_CHIPS,
        (row, context) -> {
          FleetItem.Chip listed =
              new FleetItem.Chip(
                  row.getString("id"),
                  StateJson.texts(row.getString("aliases")),
                  row.getString("model"),
                  row.getString("host"),
                  row.getBoolean("simulated"));
          return new SiteRecord.Chip(listed, now ? signed(handle, listed.id(), asked) : null);
        });
  }

  /** What a chip signed last, by names that it signed and not by those that a host told. */
  private static @Nullable Signed signed(Handle handle, String chip, Asked asked) {
    return BoardReading.known(handle, chip).stream()
        .map(ChipState::signed)
        .filter(Objects::nonNull)
        .filter(signed -> BoardReading.maySee(handle, signed.host(), asked))
        .max(Comparator.comparing(Signed::at))
        .orElse(null);
  }

  private static List<SiteRecord.Standing> boards(Handle handle, String site, Asked asked) {
    return all(
        handle,
        "SELECT state, simulated FROM board",
        of("board.site = :site", site),
        "id",
        MOST_BOARDS,
        (row, context) ->
            new SiteRecord.Standing(
                BoardReading.shown(handle, StateJson.board(row.getString("state")), asked),
                row.getBoolean("simulated")));
  }

  private static List<SiteRecord.Changed> verdicts(Handle handle, String site, Asked asked) {
    Conditions where = of("verdict.site = :site", site);
    asked.spans(where, ":site", "verdict.at");
    return all(
        handle,
        "SELECT * FROM verdict",
        where,
        "id DESC",
        MOST_VERDICTS,
        (row, context) ->
            new SiteRecord.Changed(
                row.getLong("id"),
                row.getString("host"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("verdict"),
                StateJson.reason(row.getString("reason")),
                row.getBoolean("simulated")));
  }

  private static List<SiteRecord.Found> findings(Handle handle, String site) {
    Conditions where = new Conditions();
    where.values().put("site", site);
    return all(
        handle,
        "SELECT finding.*, own.of, own.shown FROM finding JOIN ("
            + OWN
            + ") AS own"
            + " ON own.subject = finding.subject GROUP BY finding.id",
        where,
        "finding.id DESC",
        MOST_FINDINGS,
        (row, context) ->
            new SiteRecord.Found(
                row.getLong("id"),
                row.getString("of"),
                row.getString("shown"),
                Instant.ofEpochMilli(row.getLong("at")),
                StateJson.reason(row.getString("reason")),
                row.getBoolean("simulated")));
  }

  private static List<SiteRecord.Decided> decisions(Handle handle, FleetItem.Site site) {
    Pattern named =
        Pattern.compile(
            "(?<![\\p{L}\\p{N}])("
                + Pattern.quote(folded(site.id()))
                + "|"
                + Pattern.quote(folded(site.name()))
                + ")(?![\\p{L}\\p{N}])");
    return handle
        .createQuery(
            "SELECT idx, said FROM decision WHERE said LIKE '%\"endUser\"%' ORDER BY idx DESC LIMIT "
                + DECISIONS_LOOKED_AT)
        .map((row, context) ->
            new SiteRecord.Decided(row.getLong("idx"), decision(row.getString("said"))))
        .stream()
        .filter(each -> names(each.said().kept().question(), named))
        .limit(MOST_DECISIONS)
        .toList();
  }

  /** Whether it names the site, by whole words of what somebody typed freely: the end user. */
  private static boolean names(Map<String, String> question, Pattern named) {
    return named.matcher(folded(question.getOrDefault("endUser", ""))).find();
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static DecisionStatement decision(String said) {
    return DecisionStatement.read(
        JsonFields.read(said.getBytes(UTF_8), "decision", 1 << 16, ErrorCode.INTERNAL_ERROR));
  }

  private static List<SiteRecord.Noted> notes(Handle handle, String site, Asked asked) {
    Conditions where = of("note.site = :site", site);
    asked.spans(where, ":site", "note.at");
    return all(
        handle,
        "SELECT idx, said FROM note",
        where,
        "idx DESC",
        MOST_NOTES,
        (row, context) ->
            new SiteRecord.Noted(row.getLong("idx"), NoteStatement.of(row.getString("said"))));
  }

  private static List<SiteRecord.Commented> comments(Handle handle, String site, Asked asked) {
    Conditions where = of("event.chip = :site AND event.kind = 'comment'", site);
    asked.spans(where, ":site", "event.at");
    return all(
        handle,
        "SELECT idx, reason FROM event",
        where,
        "id DESC",
        MOST_COMMENTS,
        (row, context) ->
            new SiteRecord.Commented(
                row.getLong("idx"), StateJson.reason(row.getString("reason"))));
  }
}
