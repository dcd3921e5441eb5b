package dev.holdfast.locate;

import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Position;
import dev.holdfast.model.TargetId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A mesh of RIPE Atlas anchors that measured each other; shared data that a clone lacks. */
record SharedMesh(List<MeshEvaluation.Node> nodes, List<Measurement> measurements) {
  static SharedMesh europe() {
    return read("ripe_anchor_mesh_eu_2024");
  }

  static SharedMesh unitedStates() {
    return read("ripe_anchor_mesh_us_2024");
  }

  Map<LandmarkId, Landmark> landmarks() {
    Map<LandmarkId, Landmark> landmarks = new HashMap<>();
    for (MeshEvaluation.Node node : nodes) {
      Position at = node.position();
      landmarks.put(node.id(), Landmark.of(node.id().value(), at.latitude(), at.longitude()));
    }
    return landmarks;
  }

  private static SharedMesh read(String name) {
    Path folder =
        Path.of(System.getProperty("holdfast.shared", "../shared")).resolve("data/rtt/" + name);
    Assumptions.assumeTrue(
        Files.isReadable(folder.resolve("pairs.csv")), "shared data is absent: " + folder);
    List<MeshEvaluation.Node> nodes = new ArrayList<>();
    for (CsvRow row : rows(folder.resolve("nodes.csv"), "id", "lat", "lon", "cc")) {
      nodes.add(
          new MeshEvaluation.Node(
              new LandmarkId(row.required("id")),
              new Position(row.number("lat", -90, 90), row.number("lon", -180, 180)),
              Maps.EARTH.canonical(row.required("cc"))));
    }
    List<Measurement> measurements = new ArrayList<>();
    for (CsvRow row : rows(folder.resolve("pairs.csv"), "src_id", "dst_id", "min_rtt_ms")) {
      measurements.add(
          new Measurement(
              new LandmarkId(row.required("src_id")),
              new TargetId(row.required("dst_id")),
              Delay.ofMillis(row.number("min_rtt_ms", 0, 10_000)),
              null));
    }
    return new SharedMesh(List.copyOf(nodes), List.copyOf(measurements));
  }

  private static List<CsvRow> rows(Path file, String... columns) {
    List<CsvRow> rows = new ArrayList<>();
    try (CsvReader reader =
        CsvReader.open(Files.newInputStream(file), file.toString(), List.of(columns))) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
