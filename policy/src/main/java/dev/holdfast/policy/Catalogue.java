package dev.holdfast.policy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The accelerators of a record, by name. */
public final class Catalogue {
  private static final int NEAREST = 5;
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();
  private static final int LONGEST = 200;

  private final List<Accelerator> items;
  private final Map<String, Accelerator> byName = new HashMap<>();

  Catalogue(List<Accelerator> items) {
    this.items = List.copyOf(items);
    for (Accelerator item : items) {
      byName.put(plain(item.sku()), item);
      item.aliases().forEach(alias -> byName.put(plain(alias), item));
    }
  }

  /** All, in the order of the data. */
  public List<Accelerator> items() {
    return items;
  }

  /**
   * The one of a name or alias; case, blanks, hyphens and brackets do not matter.
   *
   * @throws CodedException UNKNOWN_ITEM with the names that come nearest
   */
  public Accelerator find(String name) {
    return known(name)
        .orElseThrow(() ->
            new CodedException(
                new Problem(
                    ErrorCode.UNKNOWN_ITEM,
                    null,
                    0,
                    "item",
                    Problem.quote(name)
                        + " is not in the catalogue; the nearest are "
                        + String.join(", ", nearest(name)))));
  }

  /** The one of a name or alias, where there is one. */
  Optional<Accelerator> known(String name) {
    return Optional.ofNullable(byName.get(plain(name)));
  }

  /** The names that come nearest, those that begin alike first. */
  public List<String> nearest(String name) {
    String wanted = plain(name.substring(0, Math.min(name.length(), LONGEST)));
    List<Map.Entry<String, Accelerator>> all = new ArrayList<>(byName.entrySet());
    all.sort(
        Comparator.<Map.Entry<String, Accelerator>>comparingInt(
                each -> begins(wanted, each.getKey()) ? 0 : 1)
            .thenComparingInt(each -> DISTANCE.apply(wanted, each.getKey()))
            .thenComparing(Map.Entry::getKey));
    Set<String> nearest = new LinkedHashSet<>();
    for (Map.Entry<String, Accelerator> each : all) {
      if (nearest.size() < NEAREST) {
        nearest.add(each.getValue().sku());
      }
    }
    return List.copyOf(nearest);
  }

  private static boolean begins(String wanted, String name) {
    return !wanted.isEmpty() && (name.startsWith(wanted) || wanted.startsWith(name));
  }

  /** A name without what people write differently. */
  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s()_-]+", "");
  }
}
