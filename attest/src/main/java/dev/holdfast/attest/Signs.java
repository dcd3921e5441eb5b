package dev.holdfast.attest;

import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.HostSign;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Gathers the signs of a host. What names nothing is left out. Of more than {@value
 * Inventory#MOST_VALUES} values of one kind the first in their order are kept, so that the same
 * host gives the same ones. Not safe for threads.
 */
public final class Signs {
  private final Map<HostSign, SortedSet<String>> values = new EnumMap<>(HostSign.class);

  /**
   * Adds what a field holds.
   *
   * @throws IllegalArgumentException where it is longer than 200 characters or holds a control
   *     character
   */
  public void add(HostSign kind, String text) {
    // These are hexadecimal digits, which sources spell as they like.
    boolean digits =
        kind == HostSign.SYSTEM_UUID
            || kind == HostSign.MACHINE_ID
            || kind == HostSign.NETWORK_ADDRESS;
    ReportedText.name(digits ? text.toLowerCase(Locale.ROOT) : text)
        .value()
        .ifPresent(value -> keep(kind, value));
  }

  private void keep(HostSign kind, String value) {
    SortedSet<String> kept = values.computeIfAbsent(kind, any -> new TreeSet<>());
    kept.add(value);
    if (kept.size() > Inventory.MOST_VALUES) {
      kept.removeLast();
    }
  }

  /** All of them. */
  public Map<HostSign, SortedSet<String>> all() {
    return Map.copyOf(values);
  }
}
