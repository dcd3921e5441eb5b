package dev.holdfast.reading;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * A text with the name that people know it by.
 *
 * @param name the file as the user named it, or any other name; its ending says whether the text
 *     consists of rows
 * @param text all of it; may be empty
 */
public record Document(String name, String text) {
  public Document {
    requireNonNull(name, "name");
    requireNonNull(text, "text");
  }

  /** Whether each line says something by itself, as in tables, logs and lines of JSON. */
  boolean hasRows() {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".csv")
        || lower.endsWith(".log")
        || lower.endsWith(".json")
        || lower.endsWith(".jsonl");
  }
}
