package dev.holdfast.server;

import dev.holdfast.detect.CaseBook;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Writes cases, and reads them where the fold must know them. For one thread. */
final class CaseViews {
  private final Handle handle;

  CaseViews(Handle handle) {
    this.handle = handle;
  }

  /** A case in the views. */
  private record Row(
      long since,
      long last,
      Severity severity,
      int findings,
      CaseAct.Work work,
      boolean simulated) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getLong("since"),
          row.getLong("last"),
          Rows.severity(row.getString("severity")),
          row.getInt("findings"),
          CaseViews.work(row),
          row.getBoolean("simulated"));
    }

    Row with(Finding finding, boolean ofSimulation) {
      long at = finding.at().toEpochMilli();
      boolean heavy = finding.severity() != Severity.LOW;
      return new Row(
          heavy ? Math.min(since, at) : since,
          Math.max(last, at),
          severity.compareTo(finding.severity()) < 0 ? finding.severity() : severity,
          findings + 1,
          heavy && work.state() == CaseAct.State.CLOSED ? work.reopened() : work,
          simulated || ofSimulation);
    }

    /** With all of another case; who works on the less known one goes on with both. */
    Row with(Row other) {
      boolean closed = work.state() == CaseAct.State.CLOSED;
      boolean otherClosed = other.work.state() == CaseAct.State.CLOSED;
      return new Row(
          Math.min(since, other.since),
          Math.max(last, other.last),
          severity.compareTo(other.severity) < 0 ? other.severity : severity,
          findings + other.findings,
          closed && !otherClosed ? other.work : work,
          simulated || other.simulated);
    }
  }

  static CaseAct.Work work(ResultSet row) throws SQLException {
    return new CaseAct.Work(
        CaseAct.State.of(row.getString("state")),
        row.getString("assignee"),
        row.getString("proposer"),
        row.getString("outcome"));
  }

  /**
   * Writes what a finding did to the cases.
   *
   * @param rows of all findings that the change names and that were in no case
   */
  Changed changed(CaseBook.Change change, List<Long> rows, boolean simulated) {
    long number = change.number();
    Row before = row(number).orElse(null);
    Row row = before;
    for (int merged : change.merged()) {
      Optional<Row> other = row(merged);
      if (other.isPresent()) {
        row = row == null ? other.get() : row.with(other.get());
      }
      handle.execute("UPDATE finding SET story = ? WHERE story = ?", number, merged);
      handle.execute("UPDATE act SET story = ? WHERE story = ?", number, merged);
      handle.execute("UPDATE OR IGNORE story_about SET story = ? WHERE story = ?", number, merged);
      handle.execute("DELETE FROM story_about WHERE story = ?", merged);
      handle.execute("UPDATE story_merged SET kept = ? WHERE kept = ?", number, merged);
      handle.execute("INSERT OR REPLACE INTO story_merged VALUES (?, ?)", merged, number);
      handle.execute("DELETE FROM story WHERE number = ?", merged);
    }
    PreparedBatch story = handle.prepareBatch("UPDATE finding SET story = ? WHERE id = ?");
    rows.forEach(id -> story.add(number, id));
    story.execute();
    List<Finding> more =
        change.more().subList(change.more().size() - rows.size(), change.more().size());
    PreparedBatch about = handle.prepareBatch("INSERT OR IGNORE INTO story_about VALUES (?, ?)");
    boolean any = false;
    for (Finding each : more) {
      row = (row == null ? first(each) : row).with(each, simulated);
      for (String name : each.about()) {
        about.add(name, number);
        any = true;
      }
    }
    if (any) {
      about.execute();
    }
    if (row == null) {
      return new Changed(Severity.LOW, List.of());
    }
    write(number, row);
    return new Changed(row.severity, happened(before, row));
  }

  /**
   * What a finding did to its case.
   *
   * @param severity of the case by now
   */
  record Changed(Severity severity, List<WebhookEvent> happened) {}

  private static List<WebhookEvent> happened(@Nullable Row before, Row after) {
    if (before == null) {
      return List.of(WebhookEvent.CASE_OPENED);
    }
    List<WebhookEvent> happened = new ArrayList<>();
    if (before.work.state() == CaseAct.State.CLOSED && after.work.state() != CaseAct.State.CLOSED) {
      happened.add(WebhookEvent.CASE_REOPENED);
    }
    if (before.severity.compareTo(after.severity) < 0) {
      happened.add(WebhookEvent.CASE_SEVERITY);
    }
    return happened;
  }

  private static Row first(Finding finding) {
    return new Row(
        Long.MAX_VALUE, finding.at().toEpochMilli(), Severity.LOW, 0, CaseAct.Work.NONE, false);
  }

  private Optional<Row> row(long number) {
    return handle
        .createQuery("SELECT * FROM story WHERE number = ?")
        .bind(0, number)
        .map((row, context) -> Row.of(row))
        .findOne();
  }

  private void write(long number, Row row) {
    handle.execute(
        "INSERT OR REPLACE INTO story VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        number,
        row.since,
        row.last,
        row.severity.word(),
        row.findings,
        row.work.state().word(),
        row.work.assignee(),
        row.work.proposer(),
        row.work.outcome(),
        row.simulated);
  }

  /** The number that a case has by now; it may have turned out to be another. */
  static long number(Handle handle, long number) {
    return handle
        .createQuery("SELECT kept FROM story_merged WHERE number = ?")
        .bind(0, number)
        .mapTo(Long.class)
        .findOne()
        .orElse(number);
  }

  /** Where work on a case stands; empty where there is none of that number. */
  static Optional<CaseAct.Work> work(Handle handle, long number) {
    return handle
        .createQuery("SELECT * FROM story WHERE number = ?")
        .bind(0, number)
        .map((row, context) -> work(row))
        .findOne();
  }

  /**
   * Writes what somebody did.
   *
   * @return why it was not done; null where it was
   */
  @Nullable String act(CaseAct act, Instant at, long index) {
    long number = number(handle, act.number());
    Optional<Row> row = row(number);
    if (row.isEmpty()) {
      return "there is no case " + act.number();
    }
    String refusal = act.refusal(row.get().work);
    if (refusal != null) {
      return refusal;
    }
    handle.execute(
        "INSERT OR IGNORE INTO act VALUES (?, ?, ?, ?, ?, ?)",
        index,
        at.toEpochMilli(),
        number,
        act.actor(),
        act.kind().word(),
        StateJson.of(act.reason()));
    Row now = row.get();
    write(
        number,
        new Row(
            now.since, now.last, now.severity, now.findings, act.after(now.work), now.simulated));
    new NoticeViews(handle).acted(act, number, at, index);
    return null;
  }
}
