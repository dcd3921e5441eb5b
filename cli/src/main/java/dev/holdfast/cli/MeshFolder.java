package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.MeshEvaluation.Node;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.model.Delay;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Position;
import dev.holdfast.model.TargetId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A mesh of {@code locate evaluate --mesh}: {@code nodes.csv} (id, lat, lon, cc) and {@code
 * pairs.csv} (src_id, dst_id, min_rtt_ms).
 */
record MeshFolder(List<Node> nodes, List<Measurement> pairs) {
  private static final int MOST_PAIRS = 5_000_000;

  static MeshFolder read(Path folder, NaturalEarth earth, Atlas atlas, ProblemLog log) {
    Map<LandmarkId, Node> nodes = new HashMap<>();
    Path nodeFile = folder.resolve("nodes.csv");
    try (CsvReader reader =
        InputFiles.csv(
            nodeFile, List.of("id", "lat", "lon", "cc"), Set.of("city", "asn_hint"), log)) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        try {
          Node node = node(row.get(), earth, atlas);
          nodes.put(node.id(), node);
        } catch (CodedException e) {
          log.add(e.problem());
        }
      }
    } catch (IOException e) {
      throw BoundedFiles.unreadable(nodeFile, e);
    }
    List<Measurement> pairs = new ArrayList<>();
    Path pairFile = folder.resolve("pairs.csv");
    try (CsvReader reader =
        InputFiles.csv(
            pairFile,
            List.of("src_id", "dst_id", "min_rtt_ms"),
            Set.of(
                "src_lat",
                "src_lon",
                "src_cc",
                "src_city",
                "dst_lat",
                "dst_lon",
                "dst_cc",
                "dst_city",
                "median_hourly_min_rtt_ms",
                "n_hours"),
            log)) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        try {
          pairs.add(pair(row.get()));
        } catch (CodedException e) {
          log.add(e.problem());
        }
        if (pairs.size() > MOST_PAIRS) {
          throw new CodedException(
              Problem.in(pairFile.toString(), ErrorCode.TOO_MANY_ROWS, "more than " + MOST_PAIRS));
        }
      }
    } catch (IOException e) {
      throw BoundedFiles.unreadable(pairFile, e);
    }
    return new MeshFolder(List.copyOf(nodes.values()), pairs);
  }

  private static Node node(CsvRow row, NaturalEarth earth, Atlas atlas) {
    String country = earth.canonical(row.required("cc"));
    if (atlas.destinations().index(country).isEmpty()) {
      throw row.fault(
          ErrorCode.UNKNOWN_COUNTRY, "cc", Problem.quote(country) + " is not on the map");
    }
    return new Node(
        Fields.id(row, "id", LandmarkId::new),
        new Position(row.number("lat", -90, 90), row.number("lon", -180, 180)),
        country);
  }

  private static Measurement pair(CsvRow row) {
    return new Measurement(
        Fields.id(row, "src_id", LandmarkId::new),
        Fields.id(row, "dst_id", TargetId::new),
        Delay.ofMillis(row.number("min_rtt_ms", 0, DelayRow.LONGEST_MS)),
        null);
  }
}
