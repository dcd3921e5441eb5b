package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a {@link Watch} remembers, in the form in which it can be kept outside of it.
 *
 * @param kind of thing; with the key it is unique
 * @param state JSON that only the watch reads; null where the thing is forgotten
 */
public record WatchRow(String kind, String key, @Nullable String state) {
  public WatchRow {
    requireNonNull(kind, "kind");
    requireNonNull(key, "key");
  }
}
