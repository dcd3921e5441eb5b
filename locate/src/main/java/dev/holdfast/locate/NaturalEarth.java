package dev.holdfast.locate;

import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The border map that Holdfast carries, with the codes that people use for its units.
 *
 * <p>Natural Earth 10m draws de facto lines; what counts as one destination is for {@link
 * Destinations} to say.
 */
public final class NaturalEarth {
  private final BorderMap map;
  private final Map<String, String> aliases;
  private final Map<String, String> notDrawn;

  private NaturalEarth(BorderMap map, Map<String, String> aliases, Map<String, String> notDrawn) {
    this.map = map;
    this.aliases = aliases;
    this.notDrawn = notDrawn;
  }

  /** Reads the map from this room's resources; takes about a tenth of a second. */
  public static NaturalEarth load() {
    try (InputStream borders = resource("borders.bin")) {
      List<String> codes = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (CsvRow row : rows("units.csv", List.of("code", "name", "source"))) {
        codes.add(row.required("code"));
        names.add(row.required("name"));
      }
      Map<String, String> aliases = new HashMap<>();
      for (CsvRow row : rows("code-aliases.csv", List.of("alias", "code", "source"))) {
        aliases.put(row.required("alias"), row.required("code"));
      }
      Map<String, String> notDrawn = new HashMap<>();
      for (CsvRow row : rows("not-drawn.csv", List.of("code", "name", "drawn_as", "source"))) {
        notDrawn.put(row.required("code"), row.text("drawn_as").orElse(""));
      }
      return new NaturalEarth(
          BorderMap.parse(borders.readAllBytes(), codes, names), aliases, notDrawn);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The units and their lines. */
  public BorderMap map() {
    return map;
  }

  /** The ISO code that an alias stands for ({@code UK} is {@code GB}), or the code as it is. */
  public String canonical(String code) {
    return aliases.getOrDefault(code, code);
  }

  /**
   * For a country code whose land the map draws as part of another unit, that unit's code; blank
   * where it draws none of it. Empty for any other code.
   */
  public Optional<String> drawnAs(String code) {
    return Optional.ofNullable(notDrawn.get(code));
  }

  private static List<CsvRow> rows(String name, List<String> columns) throws IOException {
    List<CsvRow> rows = new ArrayList<>();
    try (CsvReader reader = CsvReader.open(resource(name), name, columns)) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }

  private static InputStream resource(String name) {
    InputStream in = NaturalEarth.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("missing resource " + name);
    }
    return in;
  }
}
