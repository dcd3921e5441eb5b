package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;

/**
 * The views in SQLite: one connection that writes, some that read what was committed (WAL).
 *
 * <p>What a power cut takes from the end of them is made again from the ledger.
 */
final class Views implements AutoCloseable {
  static final String FILE = "views.db";
  private static final int READERS = 8;
  private static final int CACHE_KIBI = 65_536;

  private final String address;
  private final Handle writer;
  private final Connection writing;
  private final Semaphore permits = new Semaphore(READERS);
  private final Deque<Handle> idle = new ArrayDeque<>();

  private Views(String address) throws SQLException {
    this.address = address;
    writing = connect(false);
    writer = Jdbi.create(writing).open();
  }

  /**
   * Opens the views in a folder, made or migrated where they are not what is needed.
   *
   * @throws CodedException FILE_UNREADABLE
   */
  static Views open(Path folder) {
    String address = "jdbc:sqlite:" + folder.resolve(FILE).toAbsolutePath();
    try {
      Flyway.configure(Views.class.getClassLoader())
          .dataSource(address, "", "")
          .locations("classpath:dev/holdfast/server/views")
          .loggers("slf4j")
          .load()
          .migrate();
      return new Views(address);
    } catch (SQLException | RuntimeException e) {
      throw new CodedException(
          Problem.in(
              folder.resolve(FILE).toString(),
              ErrorCode.FILE_UNREADABLE,
              "the views cannot be opened ("
                  + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                  + "); holdfast rebuild makes them again from the ledger"),
          e);
    }
  }

  /** Deletes the views of a folder. */
  static void delete(Path folder) throws IOException {
    for (String end : new String[] {"", "-wal", "-shm"}) {
      Files.deleteIfExists(folder.resolve(FILE + end));
    }
  }

  private Connection connect(boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(10_000);
    config.setCacheSize(-CACHE_KIBI);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    if (readOnly) {
      config.setReadOnly(true);
    }
    return DriverManager.getConnection(address, config.toProperties());
  }

  /** The connection that writes; for one thread. */
  Handle writer() {
    return writer;
  }

  /** What is done with a connection. */
  @FunctionalInterface
  interface Use<T> {
    T of(Handle handle);
  }

  /** Reads what is committed; waits where too many read. */
  <T> T read(Use<T> use) {
    permits.acquireUninterruptibly();
    try {
      Handle handle = borrow();
      try {
        return use.of(handle);
      } finally {
        synchronized (idle) {
          idle.push(handle);
        }
      }
    } finally {
      permits.release();
    }
  }

  private Handle borrow() {
    synchronized (idle) {
      Handle handle = idle.poll();
      if (handle != null) {
        return handle;
      }
    }
    try {
      return Jdbi.create(connect(true)).open();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    writer.close();
    try {
      synchronized (idle) {
        for (Handle each : idle) {
          // A handle leaves open a connection that it was given.
          each.getConnection().close();
        }
        idle.clear();
      }
      writing.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
