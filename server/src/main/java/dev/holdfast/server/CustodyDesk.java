package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Evidence.Licensed;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/**
 * Keeps what people tell of licences, inspections, transfers and outages, and answers it. Safe for
 * many threads.
 */
final class CustodyDesk {
  private static final Orders NEWEST = Orders.newestFirst("custody.idx");

  private final Views views;
  private final Pager pager;
  private final Intake intake;
  private final LedgerKeeper keeper;
  private final InstantSource clock;

  CustodyDesk(Views views, Pager pager, Intake intake, LedgerKeeper keeper, InstantSource clock) {
    this.views = views;
    this.pager = pager;
    this.intake = intake;
    this.keeper = keeper;
    this.clock = clock;
  }

  /**
   * Keeps what somebody tells, durably and in the views.
   *
   * @throws CodedException FROM_THE_FUTURE where it has not happened yet; UNKNOWN_REFERENCE where
   *     it names a site that nobody declared, or an entry at which no chip signed
   */
  long keep(JsonFields fields, String actor) throws InterruptedException {
    Instant now = clock.instant();
    CustodyStatement said = CustodyStatement.asked(fields, actor, now);
    if (said.word().said().at().isAfter(now.plus(Intake.AHEAD))) {
      throw new CodedException(
          new Problem(ErrorCode.FROM_THE_FUTURE, "body", 0, "/at", "it has not happened yet"));
    }
    views.read(handle -> {
      requireReferences(handle, said);
      return true;
    });
    long index =
        HoldfastServer.join(intake.say(CustodyStatement.TYPE, now, said.content()).index());
    keeper.await(index);
    return index;
  }

  private static void requireReferences(Handle handle, CustodyStatement said) {
    if (!(said.word().said() instanceof Licensed)) {
      for (String site : said.word().sites()) {
        if (Rows.site(handle, site).isEmpty()) {
          throw unknown("site", "there is no site " + Problem.quote(site));
        }
      }
    }
    for (long index : said.word().entries()) {
      boolean signed =
          handle
              .createQuery("SELECT 1 FROM event WHERE idx = ? AND kind = 'evidence'")
              .bind(0, index)
              .mapTo(Integer.class)
              .findFirst()
              .isPresent();
      if (!signed) {
        throw unknown("entries", "no chip signed at entry " + index);
      }
    }
  }

  private static CodedException unknown(String field, String reason) {
    return new CodedException(
        new Problem(ErrorCode.UNKNOWN_REFERENCE, "body", 0, "/" + field, reason));
  }

  /** What was told, newest first. */
  Pager.Page told(Asked asked) {
    asked.requireAll();
    Conditions where = new Conditions();
    asked.filter(where, "kind", "custody.kind = :kind");
    asked.filter(where, "site", "custody.site = :site");
    return pager.page("custody.*", "custody", NEWEST, where, asked, (handle, row) -> told(row));
  }

  private static JsonBody told(ResultSet row) throws SQLException {
    return new JsonBody()
        .put("index", row.getLong("idx"))
        .put("at", Rows.time(row, "at"))
        .put("kind", row.getString("kind"))
        .put("id", row.getString("number"))
        .put("actor", row.getString("actor"))
        .put("basis", NoteStatement.BASIS)
        .put(
            "said",
            StateJson.mapper().readTree(row.getString("said").getBytes(StandardCharsets.UTF_8)));
  }
}
