package dev.holdfast.server;

import dev.holdfast.model.Finding;
import dev.holdfast.replay.CaseDossier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A case as the views know it, for whoever writes it down elsewhere.
 *
 * @param findings oldest first, at most {@link CaseDossier#MOST_FINDINGS}
 * @param more how many findings there are beside them
 * @param acts the entries of what people did, oldest first
 */
record CaseRecord(CaseDossier.Facts facts, List<Noticed> findings, long more, List<Long> acts) {
  private static final int MOST_ACTS = 200;

  CaseRecord {
    findings = List.copyOf(findings);
    acts = List.copyOf(acts);
  }

  /**
   * A finding of the case.
   *
   * @param index of the entry at which it was noticed
   */
  record Noticed(Finding finding, long index, boolean simulated) {}

  /** Reads a case by the number that it has or had. */
  static Optional<CaseRecord> read(Handle handle, long asCalled) {
    long number = CaseViews.number(handle, asCalled);
    return handle
        .createQuery("SELECT * FROM story WHERE number = ?")
        .bind(0, number)
        .map((row, context) -> read(handle, number, row))
        .findOne();
  }

  private static CaseRecord read(Handle handle, long number, ResultSet row) throws SQLException {
    CaseAct.Work work = CaseViews.work(row);
    List<Noticed> findings =
        handle
            .createQuery(
                "SELECT * FROM finding WHERE story = ? ORDER BY id LIMIT "
                    + CaseDossier.MOST_FINDINGS)
            .bind(0, number)
            .map((each, context) ->
                new Noticed(Rows.finding(each), each.getLong("idx"), each.getBoolean("simulated")))
            .list();
    List<Long> acts =
        handle
            .createQuery("SELECT idx FROM act WHERE story = ? ORDER BY idx LIMIT " + MOST_ACTS)
            .bind(0, number)
            .mapTo(Long.class)
            .list();
    CaseDossier.Facts facts =
        new CaseDossier.Facts(
            number,
            work.state().word(),
            Rows.severity(row.getString("severity")),
            Instant.ofEpochMilli(row.getLong("since")),
            Instant.ofEpochMilli(row.getLong("last")),
            work.assignee(),
            work.proposer(),
            work.outcome(),
            names(handle, number, "site:"),
            names(handle, number, "host:"),
            names(handle, number, "board:"),
            names(handle, number, "chip:"),
            row.getBoolean("simulated"));
    return new CaseRecord(facts, findings, row.getLong("findings") - findings.size(), acts);
  }

  private static List<String> names(Handle handle, long number, String kind) {
    return handle
        .createQuery(
            "SELECT substr(name, length(:kind) + 1) FROM story_about WHERE story = :number"
                + " AND substr(name, 1, length(:kind)) = :kind ORDER BY name LIMIT "
                + CaseDossier.MOST_NAMES)
        .bind("kind", kind)
        .bind("number", number)
        .mapTo(String.class)
        .list();
  }
}
