package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Gives lists a page at a time, from where a cursor says. Safe for many threads. */
final class Pager {
  private final Views views;

  Pager(Views views) {
    this.views = views;
  }

  /** A page of a list. */
  record Page(List<Map<String, @Nullable Object>> items, @Nullable String next) {}

  /** Builds one object of a list. */
  interface Build {
    JsonBody of(Handle handle, ResultSet row) throws SQLException;
  }

  /**
   * A list, a page at a time.
   *
   * @param from what follows SELECT, up to the conditions
   * @param key the column that the list is in the order of
   */
  Page page(
      String from,
      String key,
      boolean newestFirst,
      Conditions conditions,
      Asked asked,
      Build build) {
    String cursor = asked.cursor();
    if (cursor != null) {
      conditions.add(
          key + (newestFirst ? " < :cursor" : " > :cursor"),
          "cursor",
          newestFirst ? (Object) number(cursor) : cursor);
    }
    String sql =
        "SELECT "
            + from
            + conditions.sql()
            + " ORDER BY "
            + key
            + (newestFirst ? " DESC" : "")
            + " LIMIT :limit";
    return views.read(handle -> {
      Query query = handle.createQuery(sql).bind("limit", asked.limit() + 1);
      conditions.values().forEach(query::bind);
      List<String> keys = new ArrayList<>();
      List<Map<String, @Nullable Object>> items =
          query
              .map((row, context) -> {
                keys.add(row.getString("page_key"));
                return build.of(handle, row).fields();
              })
              .list();
      if (items.size() <= asked.limit()) {
        return new Page(items, null);
      }
      String last = keys.get(asked.limit() - 1);
      return new Page(
          items.subList(0, asked.limit()),
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(last.getBytes(StandardCharsets.UTF_8)));
    });
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new CodedException(
          new Problem(ErrorCode.BAD_PARAMETER, null, 0, "cursor", "it is not one of this list"), e);
    }
  }
}
