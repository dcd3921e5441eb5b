package dev.holdfast.sim;

import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Subject.Binding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The carried lists of parties, halls, landmarks and models.
 *
 * @param landmarks each with the name of its city, in the order of the list
 * @param watts of each model of accelerator
 */
record Places(
    List<SimulatedParty> parties,
    List<SimulatedSite> sites,
    Map<Landmark, String> landmarks,
    Map<String, Integer> watts) {
  /** Coordinates in the lists are rounded to 0.01 degree, which is less than a kilometre. */
  private static final Distance UNCERTAINTY = Distance.ofKilometres(1);

  private static final double FARTHEST_KM = 20_000;

  static Places load() {
    List<SimulatedParty> parties = new ArrayList<>();
    for (CsvRow row : rows("parties.csv", List.of("id", "name", "role"))) {
      parties.add(
          new SimulatedParty(row.required("id"), row.required("name"), row.required("role")));
    }
    Map<String, Integer> watts = new HashMap<>();
    for (CsvRow row : rows("models.csv", List.of("model", "watts"))) {
      watts.put(row.required("model"), (int) row.number("watts", 1, 100_000));
    }
    List<SimulatedSite> sites = new ArrayList<>();
    for (CsvRow row : rows("sites.csv", List.of("id", "operator", "destination", "model"))) {
      sites.add(
          new SimulatedSite(
              row.required("id"),
              row.required("name"),
              row.required("operator"),
              row.required("destination"),
              position(row),
              Distance.ofKilometres(row.number("radius_km", 0, FARTHEST_KM)),
              Binding.of(row.required("binding")),
              row.required("model"),
              0));
    }
    Map<Landmark, String> landmarks = new LinkedHashMap<>();
    for (CsvRow row : rows("landmarks.csv", List.of("id", "operator"))) {
      landmarks.put(
          new Landmark(
              new LandmarkId(row.required("id")),
              position(row),
              new OperatorId(row.required("operator")),
              UNCERTAINTY),
          row.required("name"));
    }
    return new Places(parties, sites, landmarks, watts);
  }

  private static Position position(CsvRow row) {
    return new Position(row.number("latitude", -90, 90), row.number("longitude", -180, 180));
  }

  private static List<CsvRow> rows(String name, List<String> columns) {
    InputStream in = Places.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("missing resource " + name);
    }
    List<CsvRow> rows = new ArrayList<>();
    try (CsvReader reader = CsvReader.open(in, name, columns)) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
