package dev.holdfast.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of an answer, with its fields in the order in which they were put. */
final class JsonBody {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  JsonBody put(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  Map<String, @Nullable Object> fields() {
    return fields;
  }
}
