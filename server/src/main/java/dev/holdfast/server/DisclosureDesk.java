package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Answers what was disclosed to whom, and ends disclosures. Safe for many threads. */
final class DisclosureDesk {
  private static final Orders NEWEST = Orders.newestFirst("disclosure.idx");

  /** The most sites that one answer counts, and the most entries that are counted one by one. */
  private static final int MOST_SITES = 200;

  private static final int MOST_ENTRIES = 200_000;

  private final Views views;
  private final Pager pager;
  private final Intake intake;
  private final LedgerKeeper keeper;
  private final InstantSource clock;

  DisclosureDesk(
      Views views, Pager pager, Intake intake, LedgerKeeper keeper, InstantSource clock) {
    this.views = views;
    this.pager = pager;
    this.intake = intake;
    this.keeper = keeper;
    this.clock = clock;
  }

  /** A disclosure in the views. */
  private record Row(Instant from, Instant until, @Nullable Instant ended) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          Instant.ofEpochMilli(row.getLong("since")),
          Instant.ofEpochMilli(row.getLong("until")),
          Rows.time(row, "ended"));
    }

    /** How it stands: `ahead`, `open`, `over`, or `ended` where somebody ended it. */
    String state(Instant now) {
      if (ended != null) {
        return "ended";
      }
      if (now.isBefore(from)) {
        return "ahead";
      }
      return now.isAfter(until) ? "over" : "open";
    }
  }

  /**
   * Disclosures, newest first.
   *
   * @param auditor whose alone; null for all
   */
  Pager.Page disclosures(@Nullable String auditor, Asked asked) {
    Conditions where = new Conditions();
    if (auditor == null) {
      asked.filter(where, "auditor", "disclosure.auditor = :auditor");
    } else {
      where.add("disclosure.auditor = :own", "own", auditor);
    }
    asked.filter(where, "site", "disclosure.site = :site");
    return pager.page(
        "disclosure.*, site.name AS siteName, site.simulated AS simulated",
        "disclosure LEFT JOIN site ON site.id = disclosure.site",
        NEWEST,
        where,
        asked,
        (handle, row) -> body(row, asked.now()));
  }

  private static JsonBody body(ResultSet row, Instant now) throws SQLException {
    Row said = Row.of(row);
    long end = row.getLong("ended_idx");
    boolean isEnded = !row.wasNull();
    String actor = row.getString("actor");
    return new JsonBody()
        .put("index", row.getLong("idx"))
        .put("at", actor.isEmpty() ? null : Rows.time(row, "said"))
        .put("actor", actor.isEmpty() ? null : actor)
        .put("auditor", row.getString("auditor"))
        .put("site", row.getString("site"))
        .put("siteName", row.getString("siteName"))
        .put("from", said.from())
        .put("until", said.until())
        .put("state", said.state(now))
        .put("ended", said.ended())
        .put("endedBy", row.getString("ended_by"))
        .put("endedIndex", isEnded ? end : null)
        .put("simulated", row.getBoolean("simulated"));
  }

  /**
   * What there is to read for whoever asks: of each site how much, and how many entries of the
   * ledger that is, which says of the others that they are there and nothing else.
   *
   * @param size of the ledger as it is published
   */
  JsonBody readable(Asked asked, long size) {
    JsonBody body = new JsonBody().put("size", size);
    List<Asked.Disclosed> spans = asked.spans();
    if (spans == null) {
      return body.put("all", true).put("entries", size).put("more", false).put("sites", List.of());
    }
    return views.read(handle -> {
      List<Object> items = new ArrayList<>();
      List<String> sites = spans.stream().map(Asked.Disclosed::site).distinct().toList();
      for (String site : sites.subList(0, Math.min(sites.size(), MOST_SITES))) {
        Rows.site(handle, site).ifPresent(known -> items.add(site(handle, known, asked)));
      }
      long entries = entries(handle, asked);
      return body.put("all", false)
          .put("entries", Math.min(entries, MOST_ENTRIES))
          .put("more", entries > MOST_ENTRIES)
          .put("sites", items);
    });
  }

  private static Map<String, @Nullable Object> site(
      Handle handle, FleetItem.Site site, Asked asked) {
    boolean now = asked.maySeeNow(site.id());
    Conditions verdicts = new Conditions();
    verdicts.add("verdict.site = :site", "site", site.id());
    asked.spans(verdicts, "verdict.site", "verdict.at");
    Conditions notes = new Conditions();
    notes.add("note.site = :site", "site", site.id());
    asked.spans(notes, "note.site", "note.at");
    return new JsonBody()
        .put("site", site.id())
        .put("name", site.name())
        .put("now", now)
        .put("hosts", count(handle, "host", of("host.site", site.id())))
        .put("chips", count(handle, "chip", of("chip.site", site.id())))
        .put("boards", now ? count(handle, "board", of("board.site", site.id())) : 0)
        .put("verdicts", count(handle, "verdict", verdicts))
        .put("notes", count(handle, "note", notes))
        .put("simulated", site.simulated())
        .fields();
  }

  private static Conditions of(String column, String site) {
    return new Conditions().add(column + " = :site", "site", site);
  }

  private static long count(Handle handle, String from, Conditions where) {
    Query query = handle.createQuery("SELECT count(*) FROM " + from + where.sql());
    where.values().forEach(query::bind);
    return query.mapTo(Long.class).one();
  }

  /** How many entries are of what was disclosed; no more than one above the most. */
  private static long entries(Handle handle, Asked asked) {
    List<String> parts = new ArrayList<>();
    Conditions all = new Conditions();
    part(
        parts,
        all,
        asked,
        "event.idx FROM event JOIN host ON event.host = host.id",
        "host.site",
        "event.at");
    part(
        parts,
        all,
        asked,
        "event.idx FROM event JOIN chip ON event.chip = chip.id",
        "chip.site",
        "event.at");
    part(
        parts,
        all,
        asked,
        "event.idx FROM event JOIN site ON event.chip = site.id",
        "site.id",
        "event.at");
    part(parts, all, asked, "verdict.idx FROM verdict", "verdict.site", "verdict.at");
    part(parts, all, asked, "note.idx FROM note", "note.site", "note.at");
    Query query =
        handle.createQuery(
            "SELECT count(*) FROM (SELECT idx FROM ("
                + String.join(" UNION ", parts)
                + ") LIMIT "
                + (MOST_ENTRIES + 1)
                + ")");
    all.values().forEach(query::bind);
    return query.mapTo(Long.class).one();
  }

  private static void part(
      List<String> parts, Conditions all, Asked asked, String from, String site, String time) {
    Conditions where = new Conditions();
    // Names of values go on counting, so that those of the parts are never the same.
    where.values().putAll(all.values());
    asked.spans(where, site, time);
    all.values().putAll(where.values());
    parts.add("SELECT " + from + where.sql());
  }

  /**
   * Ends a disclosure, durably and in the views: from then on nothing newer is read by it. What was
   * disclosed of the time before stays so.
   *
   * @throws CodedException NOT_THERE where there is none of that entry, NOT_ALLOWED where it has
   *     ended already
   */
  long end(long index, String actor) throws InterruptedException {
    Instant now = clock.instant();
    Row row = views.read(handle -> row(handle, index)).orElseThrow(() -> notThere(index));
    if (row.ended() != null || now.isAfter(row.until())) {
      throw new CodedException(
          Problem.of(ErrorCode.NOT_ALLOWED, "disclosure " + index + " is over already"));
    }
    long entry =
        HoldfastServer.join(
            intake
                .say(
                    ServerStatements.DISCLOSURE_END,
                    now,
                    new ServerStatements.DisclosureEnd(actor, index).content())
                .index());
    keeper.await(entry);
    return entry;
  }

  private static Optional<Row> row(Handle handle, long index) {
    return handle
        .createQuery("SELECT * FROM disclosure WHERE idx = ?")
        .bind(0, index)
        .map((row, context) -> Row.of(row))
        .findFirst();
  }

  private static CodedException notThere(long index) {
    return Asked.notThere("disclosure", Long.toString(index));
  }
}
