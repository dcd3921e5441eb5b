package dev.holdfast.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which country was in which groups on which day, as it was known on which day (Supplement 1 to
 * part 740). A country of ISO 3166-1 without a row is in none of the groups of the record, whose
 * tables name all their members.
 */
public final class CountryGroups {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  /**
   * One row.
   *
   * @param verifiedOn when the source was read, or null where the row is unverified
   */
  public record Row(
      String country,
      String name,
      Set<String> groups,
      Days valid,
      Days recorded,
      @Nullable LocalDate verifiedOn,
      String note,
      String source,
      long line) {
    public Row {
      groups = Set.copyOf(groups);
    }
  }

  private final List<Row> rows;
  private final Map<String, List<Row>> byCountry = new HashMap<>();

  CountryGroups(List<Row> rows) {
    this.rows = List.copyOf(rows);
    for (Row row : rows) {
      byCountry.computeIfAbsent(row.country(), country -> new ArrayList<>()).add(row);
    }
  }

  /** Every row, as the data has them. */
  public List<Row> rows() {
    return rows;
  }

  /** Whether ISO 3166-1 knows a code of two letters. */
  public static boolean isCountry(String code) {
    return COUNTRIES.contains(code);
  }

  /** All countries, by code. */
  public static Set<String> countries() {
    return new TreeSet<>(COUNTRIES);
  }

  /** The row that holds on a day, as known on another; empty where a country has none. */
  public Optional<Row> row(String country, LocalDate on, LocalDate known) {
    for (Row row : byCountry.getOrDefault(country, List.of())) {
      if (row.recorded().hold(known) && row.valid().hold(on)) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  /** The groups of a country on a day, as known on another. */
  public Set<String> groups(String country, LocalDate on, LocalDate known) {
    return row(country, on, known).map(Row::groups).orElse(Set.of());
  }
}
