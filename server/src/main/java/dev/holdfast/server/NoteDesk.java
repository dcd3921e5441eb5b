package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;

/** Keeps what people write about sites, and answers it. Safe for many threads. */
final class NoteDesk {
  private static final Orders NOTES = Orders.newestFirst("note.idx");
  private static final int MOST_CORRECTIONS = 100;

  private final Views views;
  private final Pager pager;
  private final Intake intake;
  private final LedgerKeeper keeper;
  private final InstantSource clock;

  /** What was said and may not be in the views yet. */
  private final Map<Sha256, CompletableFuture<Long>> underWay = new HashMap<>();

  NoteDesk(Views views, Pager pager, Intake intake, LedgerKeeper keeper, InstantSource clock) {
    this.views = views;
    this.pager = pager;
    this.intake = intake;
    this.keeper = keeper;
    this.clock = clock;
  }

  /**
   * What became of a note.
   *
   * @param index of its entry
   * @param repeated whether the same person had written the same before
   */
  record Kept(long index, boolean repeated) {}

  /** Refuses whoever may not write about a site now. */
  void requireWritable(String site, Asked asked) {
    requireSeen(site, asked);
    if (!asked.maySeeNow(site)) {
      throw new CodedException(
          Problem.of(
              ErrorCode.NOT_ALLOWED,
              "an auditor writes about a site while its present is disclosed to it"));
    }
  }

  private void requireSeen(String site, Asked asked) {
    if (!asked.maySee(site) || views.read(handle -> Rows.site(handle, site)).isEmpty()) {
      throw Asked.notThere("site", site);
    }
  }

  /**
   * Keeps a note, durably and in the views.
   *
   * @throws CodedException UNKNOWN_REFERENCE where it corrects what is no note of its site
   */
  Kept keep(NoteStatement said, Asked asked) throws InterruptedException {
    Long corrected = said.corrects();
    if (corrected != null && find(said.site(), corrected, asked).isEmpty()) {
      throw new CodedException(
          new Problem(
              ErrorCode.UNKNOWN_REFERENCE,
              "body",
              0,
              "/corrects",
              "entry " + corrected + " is no note of this site"));
    }
    Sha256 hash = said.hash();
    CompletableFuture<Long> index;
    boolean repeated;
    synchronized (underWay) {
      CompletableFuture<Long> before = underWay.get(hash);
      if (before == null) {
        before = indexOf(hash).map(CompletableFuture::completedFuture).orElse(null);
      }
      repeated = before != null;
      index =
          before == null
              ? intake.say(NoteStatement.TYPE, clock.instant(), said.content()).index()
              : before;
      underWay.put(hash, index);
    }
    try {
      long at = HoldfastServer.join(index);
      keeper.await(at);
      return new Kept(at, repeated);
    } finally {
      synchronized (underWay) {
        underWay.remove(hash, index);
      }
    }
  }

  private Optional<Long> indexOf(Sha256 hash) {
    return views.read(handle ->
        handle
            .createQuery("SELECT idx FROM note WHERE hash = ? ORDER BY idx LIMIT 1")
            .bind(0, hash.hex())
            .mapTo(Long.class)
            .findOne());
  }

  /** What was written about a site, newest first. */
  Pager.Page notes(String site, Asked asked) {
    requireSeen(site, asked);
    Conditions where = new Conditions();
    where.add("note.site = :site", "site", site);
    asked.spans(where, ":site", "note.at");
    asked.filter(where, "kind", "note.kind = :kind");
    return pager.page(
        "note.*", "note", NOTES, where, asked, (handle, row) -> note(handle, row, asked));
  }

  /** One note of a site. */
  JsonBody note(String site, long index, Asked asked) {
    requireSeen(site, asked);
    return find(site, index, asked).orElseThrow(() -> Asked.notThere("note", Long.toString(index)));
  }

  private Optional<JsonBody> find(String site, long index, Asked asked) {
    return views.read(handle ->
        handle
            .createQuery("SELECT * FROM note WHERE idx = ? AND site = ?")
            .bind(0, index)
            .bind(1, site)
            .map((row, context) -> {
              Instant at = Instant.ofEpochMilli(row.getLong("at"));
              return asked.maySee(site, at, at)
                  ? Optional.of(note(handle, row, asked))
                  : Optional.<JsonBody>empty();
            })
            .findOne()
            .flatMap(found -> found));
  }

  private static JsonBody note(Handle handle, ResultSet row, Asked asked) throws SQLException {
    NoteStatement said = NoteStatement.of(row.getString("said"));
    long index = row.getLong("idx");
    return new JsonBody()
        .put("index", index)
        .put("at", Rows.time(row, "at"))
        .put("site", said.site())
        .put("kind", said.kind().word())
        .put("title", said.title())
        .put("text", said.text())
        .put("language", said.language())
        .put("day", said.day() == null ? null : said.day().toString())
        .put("actor", said.actor())
        .put("role", said.role().word())
        .put("basis", NoteStatement.BASIS)
        .put("corrects", said.corrects())
        .put("correctedBy", corrections(handle, index, said.site(), asked));
  }

  /** The notes that correct one, oldest first. */
  private static List<Long> corrections(Handle handle, long index, String site, Asked asked) {
    Conditions where = new Conditions();
    where.add("note.corrects = :corrects", "corrects", index);
    where.add("note.site = :site", "site", site);
    asked.spans(where, ":site", "note.at");
    var query =
        handle.createQuery(
            "SELECT idx FROM note" + where.sql() + " ORDER BY idx LIMIT " + MOST_CORRECTIONS);
    where.values().forEach(query::bind);
    return query.mapTo(Long.class).list();
  }
}
