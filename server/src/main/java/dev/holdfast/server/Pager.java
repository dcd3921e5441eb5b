package dev.holdfast.server;

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
   * @param columns what follows SELECT
   * @param from what follows FROM, up to the conditions
   */
  Page page(
      String columns, String from, Orders orders, Conditions where, Asked asked, Build build) {
    Orders.Order order = orders.of(asked);
    order.narrow(where, asked);
    String sql =
        "SELECT "
            + columns
            + order.selected()
            + " FROM "
            + from
            + where.sql()
            + " ORDER BY "
            + order.sql()
            + " LIMIT :limit";
    return views.read(handle -> {
      Query query = handle.createQuery(sql).bind("limit", asked.limit() + 1);
      where.values().forEach(query::bind);
      List<String> places = new ArrayList<>();
      List<Map<String, @Nullable Object>> items =
          query
              .map((row, context) -> {
                places.add(order.place(row));
                return build.of(handle, row).fields();
              })
              .list();
      if (items.size() <= asked.limit()) {
        return new Page(items, null);
      }
      String last = places.get(asked.limit() - 1);
      return new Page(
          items.subList(0, asked.limit()),
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(last.getBytes(StandardCharsets.UTF_8)));
    });
  }
}
