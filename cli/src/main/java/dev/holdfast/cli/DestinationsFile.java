package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.model.Claim;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The grouping of {@code --destinations}: {@code destination,unit}, one row for each unit of a
 * group.
 */
final class DestinationsFile {
  private DestinationsFile() {}

  /** The atlas under a grouping file, or under the default grouping. */
  static Atlas atlas(NaturalEarth earth, @Nullable Path path, ProblemLog log) {
    Map<String, List<String>> groups =
        path == null ? Destinations.DEFAULT_GROUPS : groups(path, earth, log);
    try {
      return Atlas.of(earth.map(), Destinations.of(earth.map(), groups), Atlas.DEFAULT_MARGIN);
    } catch (IllegalArgumentException e) {
      throw new CodedException(
          Problem.in(String.valueOf(path), ErrorCode.BAD_GROUPING, String.valueOf(e.getMessage())),
          e);
    }
  }

  private static Map<String, List<String>> groups(Path path, NaturalEarth earth, ProblemLog log) {
    Map<String, List<String>> groups = new TreeMap<>();
    try (CsvReader reader =
        InputFiles.csv(path, List.of("destination", "unit"), Set.of("note"), log)) {
      // A grouping changes every answer, so one bad row spoils the whole file.
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        String group =
            Fields.id(row.get(), "destination", name -> new Claim.Inside(name).country());
        String unit = earth.canonical(row.get().required("unit"));
        List<String> units = groups.computeIfAbsent(group, ignored -> new ArrayList<>());
        if (!units.contains(unit)) {
          units.add(unit);
        }
      }
    } catch (IOException e) {
      throw BoundedFiles.unreadable(path, e);
    }
    return groups;
  }
}
