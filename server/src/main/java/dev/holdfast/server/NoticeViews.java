package dev.holdfast.server;

import dev.holdfast.model.Finding;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What happened that somebody may want to be told of, written in the transaction of the views that
 * it happened to. For one thread.
 */
final class NoticeViews {
  private final Handle handle;

  NoticeViews(Handle handle) {
    this.handle = handle;
  }

  /**
   * What happened.
   *
   * @param index of the entry of the ledger that it follows from
   * @param place among what follows from the same entry, from 0
   * @param story the number of the case; null where it is of none
   * @param more fields of its own, by name
   */
  record Notice(
      long index,
      int place,
      Instant at,
      WebhookEvent type,
      @Nullable Long story,
      String severity,
      Reason reason,
      boolean simulated,
      Map<String, String> more) {}

  /** What a finding did. */
  void found(
      Finding finding,
      long index,
      @Nullable Long story,
      Optional<Severity> ofCase,
      List<WebhookEvent> happened,
      boolean simulated) {
    Map<String, String> more = Map.of("kind", finding.kind(), "subject", finding.subject());
    for (WebhookEvent each : happened) {
      String severity =
          each == WebhookEvent.FINDING_HIGH
              ? finding.severity().word()
              : ofCase.orElse(finding.severity()).word();
      write(index, finding.at(), each, story, severity, finding.reason(), simulated, more);
    }
  }

  /** What somebody did with a case. */
  void acted(CaseAct act, long number, Instant at, long index) {
    WebhookEvent type =
        switch (act.kind()) {
          case PROPOSE -> WebhookEvent.CASE_PROPOSED;
          case CLOSE -> WebhookEvent.CASE_CLOSED;
          case REOPEN -> WebhookEvent.CASE_REOPENED;
          case ASSIGN, COMMENT -> null;
        };
    if (type == null) {
      return;
    }
    Map<String, String> more = new TreeMap<>(Map.of("actor", act.actor()));
    handle
        .createQuery("SELECT severity, simulated, outcome FROM story WHERE number = ?")
        .bind(0, number)
        .map((row, context) -> {
          String outcome = row.getString("outcome");
          if (outcome != null) {
            more.put("outcome", outcome);
          }
          write(
              index,
              at,
              type,
              number,
              row.getString("severity"),
              act.reason(),
              row.getBoolean("simulated"),
              more);
          return number;
        })
        .list();
  }

  /** A host with a certified key was given no lease. */
  void leaseRefused(LeaseStatement said, Instant at, long index, boolean simulated) {
    write(
        index,
        at,
        WebhookEvent.LEASE_REFUSED,
        null,
        Severity.MEDIUM.word(),
        said.reason(),
        simulated,
        Map.of("host", said.host(), "audience", said.audience()));
  }

  private void write(
      long index,
      Instant at,
      WebhookEvent type,
      @Nullable Long story,
      String severity,
      Reason reason,
      boolean simulated,
      Map<String, String> more) {
    handle.execute(
        "INSERT INTO notice VALUES (?, (SELECT count(*) FROM notice WHERE idx = ?),"
            + " ?, ?, ?, ?, ?, ?, ?)",
        index,
        index,
        at.toEpochMilli(),
        type.name(),
        story,
        severity,
        StateJson.of(reason),
        simulated,
        StateJson.ofWords(more));
  }

  /** The notices of entries from one on and before another, in their order. */
  static List<Notice> between(Handle handle, long from, long until, int most) {
    return handle
        .createQuery(
            "SELECT * FROM notice WHERE idx >= ? AND idx < ? ORDER BY idx, place LIMIT " + most)
        .bind(0, from)
        .bind(1, until)
        .map((row, context) -> {
          long story = row.getLong("story");
          boolean any = !row.wasNull();
          return new Notice(
              row.getLong("idx"),
              row.getInt("place"),
              Instant.ofEpochMilli(row.getLong("at")),
              WebhookEvent.valueOf(row.getString("type")),
              any ? story : null,
              row.getString("severity"),
              StateJson.reason(row.getString("reason")),
              row.getBoolean("simulated"),
              StateJson.words(row.getString("more")));
        })
        .list();
  }
}
