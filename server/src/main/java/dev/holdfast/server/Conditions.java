package dev.holdfast.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Conditions of a query, all of which hold; values are bound, never spelled into it. */
final class Conditions {
  private final List<String> parts = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  Conditions add(String condition, String name, Object value) {
    parts.add(condition);
    values.put(name, value);
    return this;
  }

  /** One without a value of its own. */
  Conditions add(String condition) {
    parts.add(condition);
    return this;
  }

  String sql() {
    return parts.isEmpty() ? "" : " WHERE " + String.join(" AND ", parts);
  }

  Map<String, Object> values() {
    return values;
  }
}
