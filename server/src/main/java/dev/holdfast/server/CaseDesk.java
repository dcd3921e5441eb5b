package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Answers cases, and keeps what people do with them. Safe for many threads. */
final class CaseDesk {
  private static final Orders NEWEST = Orders.newestFirst("story.number");

  /** The most findings, and the most acts, that one answer holds. */
  private static final int MOST_SHOWN = 500;

  private final Views views;
  private final Pager pager;
  private final Intake intake;
  private final LedgerKeeper keeper;
  private final InstantSource clock;
  private final ReportForm form;

  CaseDesk(
      Views views,
      Pager pager,
      Intake intake,
      LedgerKeeper keeper,
      InstantSource clock,
      ReportForm form) {
    this.views = views;
    this.pager = pager;
    this.intake = intake;
    this.keeper = keeper;
    this.clock = clock;
    this.form = form;
  }

  /** Cases, newest first. */
  Pager.Page cases(Asked asked) {
    asked.requireAll();
    Conditions where = new Conditions();
    asked.filter(where, "state", "story.state = :state");
    asked.filter(where, "severity", "story.severity = :severity");
    asked.filter(
        where,
        "site",
        "EXISTS (SELECT 1 FROM story_about WHERE story_about.story = story.number"
            + " AND story_about.name = 'site:' || :site)");
    return pager.page(
        "story.*",
        "story",
        NEWEST,
        where,
        asked,
        (handle, row) -> {
          CaseSentence said = new CaseSentence(handle, row.getLong("number"), asked.catalogue());
          return body(handle, row).put("sentence", said.brief());
        });
  }

  private static JsonBody body(Handle handle, ResultSet row) throws SQLException {
    long number = row.getLong("number");
    CaseAct.Work work = CaseViews.work(row);
    return new JsonBody()
        .put("number", number)
        .put("state", work.state().word())
        .put("severity", row.getString("severity"))
        .put("since", Rows.time(row, "since"))
        .put("last", Rows.time(row, "last"))
        .put("findings", row.getInt("findings"))
        .put("assignee", work.assignee())
        .put("proposer", work.proposer())
        .put("outcome", work.outcome())
        .put("sites", names(handle, number, "site:"))
        .put("simulated", row.getBoolean("simulated"));
  }

  private static List<String> names(Handle handle, long number, String kind) {
    return handle
        .createQuery(
            "SELECT substr(name, length(:kind) + 1) FROM story_about WHERE story = :number"
                + " AND substr(name, 1, length(:kind)) = :kind ORDER BY name LIMIT "
                + MOST_SHOWN)
        .bind("kind", kind)
        .bind("number", number)
        .mapTo(String.class)
        .list();
  }

  /** One case, with what was found, oldest first, and what was done. */
  JsonBody story(long asCalled, Asked asked) {
    asked.requireAll();
    return views
        .read(handle -> {
          long number = CaseViews.number(handle, asCalled);
          CasePath path = CasePath.read(handle, number);
          CasePathForm stops = new CasePathForm(handle, form);
          CaseSentence said = new CaseSentence(handle, number, asked.catalogue());
          return handle
              .createQuery("SELECT * FROM story WHERE number = ?")
              .bind(0, number)
              .map((row, context) ->
                  body(handle, row)
                      .put("sentence", said.full(path, stops))
                      .put("path", stops.stops(path))
                      .put("hosts", names(handle, number, "host:"))
                      .put("boards", names(handle, number, "board:"))
                      .put("chips", names(handle, number, "chip:"))
                      .put("items", findings(handle, number, asked))
                      .put("acts", acts(handle, number, asked)))
              .findOne();
        })
        .orElseThrow(() -> Asked.notThere("case", Long.toString(asCalled)));
  }

  private static List<Map<String, @Nullable Object>> findings(
      Handle handle, long number, Asked asked) {
    return handle
        .createQuery("SELECT * FROM finding WHERE story = ? ORDER BY id LIMIT " + MOST_SHOWN)
        .bind(0, number)
        .map((row, context) -> HistoryReading.finding(row, asked).fields())
        .list();
  }

  private static List<Map<String, @Nullable Object>> acts(Handle handle, long number, Asked asked) {
    return handle
        .createQuery("SELECT * FROM act WHERE story = ? ORDER BY idx LIMIT " + MOST_SHOWN)
        .bind(0, number)
        .map((row, context) ->
            new JsonBody()
                .put("index", row.getLong("idx"))
                .put("at", Rows.time(row, "at"))
                .put("kind", row.getString("kind"))
                .put("actor", row.getString("actor"))
                .put("sentence", ReportForm.sentence(row.getString("said"), asked.catalogue()))
                .fields())
        .list();
  }

  /**
   * Keeps what somebody does with a case, durably and in the views.
   *
   * @throws CodedException NOT_THERE where there is no such case, NOT_ALLOWED where that cannot be
   *     done as work stands
   */
  long act(long asCalled, JsonFields fields, String actor) throws InterruptedException {
    long number = views.read(handle -> CaseViews.number(handle, asCalled));
    CaseAct act = CaseAct.asked(fields, actor, number);
    CaseAct.Work work =
        views
            .read(handle -> CaseViews.work(handle, number))
            .orElseThrow(() -> Asked.notThere("case", Long.toString(asCalled)));
    String refusal = act.refusal(work);
    if (refusal != null) {
      throw new CodedException(Problem.of(ErrorCode.NOT_ALLOWED, refusal));
    }
    long index =
        HoldfastServer.join(intake.say(CaseAct.TYPE, clock.instant(), act.content()).index());
    keeper.await(index);
    return index;
  }
}
