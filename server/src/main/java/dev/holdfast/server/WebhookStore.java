package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * Webhooks, what is to be sent to them and what was, in a small database beside the views: it does
 * not follow from the ledger, so {@code holdfast rebuild} leaves it alone. Each change is durable
 * before it is answered. Safe for many threads.
 */
final class WebhookStore implements AutoCloseable {
  static final String FILE = "webhooks.db";

  /** How long what was delivered or given up is remembered. */
  private static final Duration REMEMBERED = Duration.ofDays(30);

  private final Connection connection;
  private final Handle handle;

  /**
   * Somebody who is told.
   *
   * @param pages what links begin with
   * @param first the entry of the ledger from which on it is told
   * @param generation of its secret, from 1
   * @param rotated since when that secret signs
   * @param disabled why nothing is sent to it; null where something is
   */
  record Hook(
      String id,
      String url,
      Set<WebhookEvent> events,
      String language,
      String pages,
      String actor,
      Instant since,
      long first,
      int generation,
      Instant rotated,
      @Nullable String disabled) {
    static Hook of(ResultSet row) throws SQLException {
      return new Hook(
          row.getString("id"),
          row.getString("url"),
          StateJson.texts(row.getString("events")).stream()
              .map(WebhookEvent::of)
              .collect(java.util.stream.Collectors.toUnmodifiableSet()),
          row.getString("language"),
          row.getString("pages"),
          row.getString("actor"),
          Instant.ofEpochMilli(row.getLong("since")),
          row.getLong("first"),
          row.getInt("generation"),
          Instant.ofEpochMilli(row.getLong("rotated")),
          row.getString("disabled"));
    }
  }

  /**
   * Something to be sent.
   *
   * @param id that the receiver tells repetitions by
   * @param index of the entry that it follows from; null where it follows from none
   */
  record Message(
      String id,
      String webhook,
      String type,
      @Nullable Long index,
      Instant made,
      String body,
      String state,
      int attempts,
      @Nullable Instant next,
      Instant until) {
    static Message of(ResultSet row) throws SQLException {
      long index = row.getLong("idx");
      boolean ofEntry = !row.wasNull();
      return new Message(
          row.getString("id"),
          row.getString("webhook"),
          row.getString("type"),
          ofEntry ? index : null,
          Instant.ofEpochMilli(row.getLong("made")),
          row.getString("body"),
          row.getString("state"),
          row.getInt("attempts"),
          Rows.time(row, "next"),
          Instant.ofEpochMilli(row.getLong("until")));
    }
  }

  private WebhookStore(Connection connection) {
    this.connection = connection;
    this.handle = Jdbi.create(connection).open();
  }

  /**
   * Opens what a folder holds.
   *
   * @throws CodedException FILE_UNREADABLE
   */
  static WebhookStore open(Path folder) {
    Path file = folder.resolve(FILE).toAbsolutePath();
    String address = "jdbc:sqlite:" + file;
    try {
      Flyway.configure(WebhookStore.class.getClassLoader())
          .dataSource(address, "", "")
          .locations("classpath:dev/holdfast/server/webhooks")
          .loggers("slf4j")
          .load()
          .migrate();
      SQLiteConfig config = new SQLiteConfig();
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
      // What is said to be sent is not forgotten by a power cut.
      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
      config.setBusyTimeout(10_000);
      return new WebhookStore(DriverManager.getConnection(address, config.toProperties()));
    } catch (SQLException | RuntimeException e) {
      throw new CodedException(
          Problem.in(
              file.toString(),
              ErrorCode.FILE_UNREADABLE,
              "webhooks cannot be opened ("
                  + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                  + ")"),
          e);
    }
  }

  /** Does something as one change, or not at all. */
  synchronized <T> T change(Function<WebhookStore, T> use) {
    return handle.inTransaction(same -> use.apply(this));
  }

  // ---- who is told

  synchronized List<Hook> hooks() {
    return handle
        .createQuery("SELECT * FROM webhook ORDER BY since, id")
        .map((row, context) -> Hook.of(row))
        .list();
  }

  synchronized Optional<Hook> hook(String id) {
    return handle
        .createQuery("SELECT * FROM webhook WHERE id = ?")
        .bind(0, id)
        .map((row, context) -> Hook.of(row))
        .findOne();
  }

  synchronized void keep(Hook hook) {
    handle.execute(
        "INSERT OR REPLACE INTO webhook VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        hook.id(),
        hook.url(),
        StateJson.of(hook.events().stream().map(WebhookEvent::word).sorted().toList()),
        hook.language(),
        hook.pages(),
        hook.actor(),
        hook.since().toEpochMilli(),
        hook.first(),
        hook.generation(),
        hook.rotated().toEpochMilli(),
        hook.disabled());
  }

  synchronized void disable(String id, @Nullable String why) {
    handle.execute("UPDATE webhook SET disabled = ? WHERE id = ?", why, id);
  }

  /** Forgets one, and all that was or is to be sent to it. */
  synchronized boolean forget(String id) {
    return change(store -> {
      handle.execute(
          "DELETE FROM attempt WHERE message IN (SELECT id FROM message WHERE webhook = ?)", id);
      handle.execute("DELETE FROM message WHERE webhook = ?", id);
      return handle.execute("DELETE FROM webhook WHERE id = ?", id) > 0;
    });
  }

  // ---- how far the ledger was heard

  /** The entry behind the last that was heard of; empty where none was. */
  synchronized Optional<Long> taken() {
    return handle.createQuery("SELECT next FROM taken").mapTo(Long.class).findOne();
  }

  synchronized void taken(long next) {
    handle.execute("INSERT OR REPLACE INTO taken VALUES (0, ?)", next);
  }

  // ---- what is to be sent

  /** Keeps a message; one of the same id is the same. */
  synchronized void add(Message message) {
    handle.execute(
        "INSERT OR IGNORE INTO message (id, webhook, type, idx, made, body, state,"
            + " attempts, next, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        message.id(),
        message.webhook(),
        message.type(),
        message.index(),
        message.made().toEpochMilli(),
        message.body(),
        message.state(),
        message.attempts(),
        millis(message.next()),
        message.until().toEpochMilli());
  }

  synchronized long count(String webhook, String state) {
    return handle
        .createQuery("SELECT count(*) FROM message WHERE webhook = ? AND state = ?")
        .bind(0, webhook)
        .bind(1, state)
        .mapTo(Long.class)
        .one();
  }

  /** The messages that are due, one a webhook, the one that waits longest. */
  synchronized List<Message> due(Instant now) {
    return handle
        .createQuery(
            "SELECT message.*, min(message.next) FROM message JOIN webhook"
                + " ON webhook.id = message.webhook WHERE message.next <= ?"
                + " AND webhook.disabled IS NULL GROUP BY message.webhook")
        .bind(0, now.toEpochMilli())
        .map((row, context) -> Message.of(row))
        .list();
  }

  /** Whether anything waits to be sent. */
  synchronized boolean isAnythingWaiting() {
    return handle
        .createQuery("SELECT 1 FROM message WHERE next IS NOT NULL LIMIT 1")
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  synchronized Optional<Message> message(String webhook, String id) {
    return handle
        .createQuery("SELECT * FROM message WHERE id = ? AND webhook = ?")
        .bind(0, id)
        .bind(1, webhook)
        .map((row, context) -> Message.of(row))
        .findOne();
  }

  /** Sends one once more, as the same message. */
  synchronized void again(String id, Instant now, Instant until) {
    handle.execute(
        "UPDATE message SET state = 'waiting', next = ?, until = ? WHERE id = ?",
        now.toEpochMilli(),
        until.toEpochMilli(),
        id);
  }

  /** Keeps what came of an attempt, and what becomes of its message. */
  synchronized void tried(
      Message message,
      Instant at,
      WebhookPost.Outcome outcome,
      long millis,
      String state,
      @Nullable Instant next) {
    var _ =
        change(store -> {
          int number = message.attempts() + 1;
          WebhookPost.Failure failure = outcome.failure();
          handle.execute(
              "INSERT OR REPLACE INTO attempt VALUES (?, ?, ?, ?, ?, ?)",
              message.id(),
              number,
              at.toEpochMilli(),
              outcome.status(),
              failure == null ? null : failure.word(),
              millis);
          return handle.execute(
              "UPDATE message SET state = ?, attempts = ?, next = ? WHERE id = ?",
              state,
              number,
              millis(next),
              message.id());
        });
  }

  /** Forgets what nobody asks for any more. */
  synchronized void forgetOlder(Instant now) {
    long before = now.minus(REMEMBERED).toEpochMilli();
    handle.execute(
        "DELETE FROM attempt WHERE message IN"
            + " (SELECT id FROM message WHERE made < ? AND state <> 'waiting')",
        before);
    handle.execute("DELETE FROM message WHERE made < ? AND state <> 'waiting'", before);
  }

  // ---- what is shown

  /** A message with its number in the list. */
  record Listed(long number, Message message) {}

  /** Messages to a webhook, newest first, before a number. */
  synchronized List<Listed> messages(String webhook, long before, int most) {
    return handle
        .createQuery(
            "SELECT * FROM message WHERE webhook = ? AND number < ? ORDER BY number DESC LIMIT "
                + most)
        .bind(0, webhook)
        .bind(1, before)
        .map((row, context) -> new Listed(row.getLong("number"), Message.of(row)))
        .list();
  }

  /** The attempts of a message, oldest first, the newest so many. */
  synchronized List<JsonBody> attempts(String message, int most) {
    return handle
        .createQuery(
            "SELECT * FROM (SELECT * FROM attempt WHERE message = ? ORDER BY number DESC LIMIT "
                + most
                + ") ORDER BY number")
        .bind(0, message)
        .map((row, context) -> {
          int status = row.getInt("status");
          boolean answered = !row.wasNull();
          return new JsonBody()
              .put("attempt", row.getInt("number"))
              .put("at", Rows.time(row, "at"))
              .put("status", answered ? status : null)
              .put("problem", row.getString("problem"))
              .put("millis", row.getLong("millis"));
        })
        .list();
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli();
  }

  @Override
  public synchronized void close() {
    handle.close();
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
