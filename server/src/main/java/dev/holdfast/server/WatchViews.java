package dev.holdfast.server;

import dev.holdfast.detect.WatchRow;
import dev.holdfast.model.Finding;
import java.util.List;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What the watch remembers and found. For one thread, in a transaction of its caller's. */
final class WatchViews {
  private final Handle handle;

  WatchViews(Handle handle) {
    this.handle = handle;
  }

  /** What the watch wrote before. */
  List<WatchRow> rows() {
    return handle
        .createQuery("SELECT kind, key, state FROM watch ORDER BY kind, key")
        .map((row, context) ->
            new WatchRow(row.getString("kind"), row.getString("key"), row.getString("state")))
        .list();
  }

  void keep(List<WatchRow> changes) {
    PreparedBatch put = handle.prepareBatch("INSERT OR REPLACE INTO watch VALUES (?, ?, ?)");
    PreparedBatch forget = handle.prepareBatch("DELETE FROM watch WHERE kind = ? AND key = ?");
    int kept = 0;
    for (WatchRow each : changes) {
      if (each.state() == null) {
        forget.add(each.kind(), each.key());
      } else {
        put.add(each.kind(), each.key(), each.state());
        kept++;
      }
    }
    if (kept > 0) {
      put.execute();
    }
    if (kept < changes.size()) {
      forget.execute();
    }
  }

  /** What the watch found before, in its order, with the ids of the rows. */
  void findings(BiConsumer<Long, Finding> use) {
    handle
        .createQuery("SELECT * FROM finding WHERE watched ORDER BY id")
        .map((row, context) -> {
          use.accept(row.getLong("id"), Rows.finding(row));
          return 0;
        })
        .forEach(each -> {});
  }
}
