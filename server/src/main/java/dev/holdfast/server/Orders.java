package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;

/**
 * The orders that a list can be asked in. Each is that of an index, so that a page costs the same
 * wherever it begins; the first is the usual one.
 */
final class Orders {
  private static final String SORT = "sort";
  private static final String ORDER = "order";

  private final List<Order> orders = new ArrayList<>();
  private final Column key;
  private final boolean newestFirst;

  private Orders(Column key, boolean newestFirst) {
    this.key = key;
    this.newestFirst = newestFirst;
  }

  /** A column of a list, of texts or of whole numbers, and never null. */
  private record Column(String sql, boolean isNumber) {}

  /** Only by the number that each row got when it was written, the newest first. */
  static Orders newestFirst(String key) {
    Orders orders = new Orders(new Column(key, true), true);
    orders.orders.add(new Order("newest", List.of(orders.key), true, ""));
    return orders;
  }

  /** By the id, which no two rows share. */
  static Orders byId(String key) {
    Orders orders = new Orders(new Column(key, false), false);
    orders.orders.add(new Order("id", List.of(orders.key), false, ""));
    return orders;
  }

  /** Also by a column of texts, and among equals by the id. */
  Orders or(String name, String column) {
    orders.add(new Order(name, List.of(new Column(column, false), key), false, ""));
    return this;
  }

  /** Also by a column of numbers that tells what stands now of a site. */
  Orders orNow(String name, String column, String site) {
    orders.add(new Order(name, List.of(new Column(column, true), key), false, site));
    return this;
  }

  /** The order that is asked for. */
  Order of(Asked asked) {
    String name = asked.text(SORT);
    String way = asked.text(ORDER);
    if (newestFirst && (name != null || way != null)) {
      throw Asked.bad(name == null ? ORDER : SORT, "this list is newest first");
    }
    Order found =
        name == null
            ? orders.getFirst()
            : orders.stream()
                .filter(each -> each.name.equals(name))
                .findFirst()
                .orElseThrow(() -> Asked.bad(SORT, "it is one of " + names()));
    if (way == null || way.equals("asc")) {
      return found;
    }
    if (way.equals("desc")) {
      return new Order(found.name, found.columns, true, found.site);
    }
    throw Asked.bad(ORDER, "it is asc or desc");
  }

  private String names() {
    return orders.stream().map(each -> each.name).collect(Collectors.joining(", "));
  }

  /**
   * One of them.
   *
   * @param columns what it is by, the key last
   * @param site the column of the site where the order tells what stands now of it, else empty
   */
  record Order(String name, List<Column> columns, boolean descending, String site) {

    /** The columns as a page reads them, to go on behind its last row. */
    String selected() {
      return IntStream.range(0, columns.size())
          .mapToObj(i -> ", " + columns.get(i).sql + " AS page_" + i)
          .collect(Collectors.joining());
    }

    String sql() {
      String end = descending ? " DESC" : "";
      return columns.stream().map(each -> each.sql + end).collect(Collectors.joining(", "));
    }

    /**
     * The place of a row, for a cursor: the order itself, so that no other takes it, and values.
     */
    String place(ResultSet row) throws SQLException {
      List<String> words = new ArrayList<>(List.of(name, way()));
      for (int i = 0; i < columns.size(); i++) {
        words.add(row.getString("page_" + i));
      }
      return StateJson.of(words);
    }

    /** Only what comes behind a place, and only what may be told in this order. */
    void narrow(Conditions where, Asked asked) {
      if (!site.isEmpty()) {
        asked.onlyNow(where, site);
      }
      String place = asked.cursor();
      if (place == null) {
        return;
      }
      List<String> words = words(place);
      if (words.size() != columns.size() + 2
          || !words.get(0).equals(name)
          || !words.get(1).equals(way())) {
        throw notOfThisList();
      }
      // Compared as one value, which an index of these columns finds at once.
      String names =
          IntStream.range(0, columns.size())
              .mapToObj(i -> ":page" + i)
              .collect(Collectors.joining(", ", "(", ")"));
      where.add(
          columns.stream().map(Column::sql).collect(Collectors.joining(", ", "(", ")"))
              + (descending ? " < " : " > ")
              + names);
      for (int i = 0; i < columns.size(); i++) {
        where.values().put("page" + i, value(columns.get(i), words.get(i + 2)));
      }
    }

    private String way() {
      return descending ? "desc" : "asc";
    }

    /** The words of a place, none where it is no array of words. */
    private static List<String> words(String place) {
      try {
        String[] words = StateJson.mapper().readValue(place, String[].class);
        return words == null || Arrays.stream(words).anyMatch(Objects::isNull)
            ? List.of()
            : List.of(words);
      } catch (JacksonException e) {
        return List.of();
      }
    }

    private static Object value(Column column, String word) {
      if (!column.isNumber) {
        return word;
      }
      try {
        return Long.parseLong(word);
      } catch (NumberFormatException e) {
        throw notOfThisList();
      }
    }

    private static CodedException notOfThisList() {
      return Asked.bad("cursor", "it is not one of this list in this order");
    }
  }
}
