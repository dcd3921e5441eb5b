package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.Reason;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what hosts that asked for leases were answered, and answers it. Safe for many threads.
 *
 * <p>A lease is handed out once its entry is durable. A refusal for the same reasons is kept once
 * in ten minutes, so that a host that asks again and again does not fill the ledger.
 */
final class LeaseBook {
  /** A refusal that was kept so lately is not kept again. */
  static final Duration SAME = Duration.ofMinutes(10);

  private static final Orders NEWEST = Orders.newestFirst("lease.idx");

  private final Views views;
  private final Pager pager;
  private final Intake intake;
  private final InstantSource clock;

  LeaseBook(Views views, Pager pager, Intake intake, InstantSource clock) {
    this.views = views;
    this.pager = pager;
    this.intake = intake;
    this.clock = clock;
  }

  /**
   * Keeps an answer durably.
   *
   * @throws CodedException LOG_STOPPED where the log takes nothing any more
   */
  void keep(LeaseStatement said) {
    Instant now = clock.instant();
    if (!(said.answer() instanceof LeaseStatement.Refused) || !wasKept(said, now)) {
      var _ = HoldfastServer.join(intake.say(LeaseStatement.TYPE, now, said.content()).index());
    }
  }

  private boolean wasKept(LeaseStatement said, Instant now) {
    return views.read(handle ->
        handle
            .createQuery("SELECT at, said FROM lease WHERE host = ? ORDER BY idx DESC LIMIT 1")
            .bind(0, said.host())
            .map((row, context) ->
                row.getLong("at") > now.minus(SAME).toEpochMilli()
                    && row.getString("said").equals(said.json()))
            .findOne()
            .orElse(false));
  }

  /** Answers, newest first. */
  Pager.Page answers(Asked asked) {
    asked.requireAll();
    Conditions where = new Conditions();
    asked.filter(where, "outcome", "lease.outcome = :outcome");
    asked.filter(where, "host", "lease.host = :host");
    asked.filter(where, "site", "lease.site = :site");
    return pager.page(
        "lease.*", "lease", NEWEST, where, asked, (handle, row) -> body(row, asked.catalogue()));
  }

  private static JsonBody body(ResultSet row, MessageCatalogue catalogue) throws SQLException {
    LeaseStatement said =
        LeaseStatement.read(
            JsonFields.read(
                row.getString("said").getBytes(StandardCharsets.UTF_8),
                "views",
                1 << 20,
                ErrorCode.MALFORMED_STATEMENT));
    JsonBody body =
        new JsonBody()
            .put("index", row.getLong("idx"))
            .put("at", Rows.time(row, "at"))
            .put("host", said.host())
            .put("site", row.getString("site"))
            .put("audience", said.audience())
            .put("actor", said.actor())
            .put("outcome", said.outcome())
            .put("sentence", ReportForm.sentence(said.reason(), catalogue))
            .put("simulated", row.getBoolean("simulated"));
    return switch (said.answer()) {
      case LeaseStatement.Granted granted ->
          body.put("lease", granted.id())
              .put("expires", granted.expires())
              .put("chips", granted.chips())
              .put("licences", granted.licences())
              .put("reasons", List.of());
      case LeaseStatement.Refused(List<Reason> reasons) ->
          body.put("lease", null)
              .put("expires", null)
              .put("chips", List.of())
              .put("licences", List.of())
              .put("reasons", reasons.stream().map(each -> body(each, catalogue)).toList());
    };
  }

  /** A reason as it is answered. */
  static Map<String, @Nullable Object> body(Reason reason, MessageCatalogue catalogue) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("code", reason.code());
    body.put("arguments", reason.arguments());
    body.put("sentence", ReportForm.sentence(reason, catalogue));
    return body;
  }
}
