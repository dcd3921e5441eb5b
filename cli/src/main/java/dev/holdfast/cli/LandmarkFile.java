package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The landmarks of {@code --landmarks}: {@code landmark,latitude,longitude[,operator,
 * uncertainty_km]}.
 *
 * @param landmarks the good ones
 * @param unusable names of landmarks whose rows are bad: what they measured cannot be used
 */
record LandmarkFile(Map<LandmarkId, Landmark> landmarks, Set<LandmarkId> unusable) {
  /** No landmark is less certain than this: half-way round the Earth. */
  private static final double WIDEST_UNCERTAINTY = 20_004;

  private static final int MOST = 1_000_000;

  static LandmarkFile read(Path path, ProblemLog log) {
    Map<LandmarkId, Landmark> landmarks = new HashMap<>();
    Set<LandmarkId> unusable = new HashSet<>();
    try (CsvReader reader =
        InputFiles.csv(
            path,
            List.of("landmark", "latitude", "longitude"),
            Set.of("operator", "uncertainty_km"),
            log)) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        try {
          add(row.get(), landmarks, unusable);
        } catch (CodedException e) {
          log.add(e.problem());
          salvage(row.get()).ifPresent(unusable::add);
        }
        if (landmarks.size() > MOST) {
          throw new CodedException(
              Problem.in(
                  path.toString(), ErrorCode.TOO_MANY_ROWS, "more than " + MOST + " landmarks"));
        }
      }
    } catch (IOException e) {
      throw BoundedFiles.unreadable(path, e);
    }
    landmarks.keySet().removeAll(unusable);
    return new LandmarkFile(Map.copyOf(landmarks), Set.copyOf(unusable));
  }

  private static void add(
      CsvRow row, Map<LandmarkId, Landmark> landmarks, Set<LandmarkId> unusable) {
    LandmarkId id = Fields.id(row, "landmark", LandmarkId::new);
    Position position =
        new Position(row.number("latitude", -90, 90), row.number("longitude", -180, 180));
    OperatorId operator =
        row.text("operator")
            .map(ignored -> Fields.id(row, "operator", OperatorId::new))
            .orElseGet(() -> new OperatorId(id.value()));
    Distance uncertainty =
        Distance.ofKilometres(
            row.optionalNumber("uncertainty_km", 0, WIDEST_UNCERTAINTY).orElse(0.0));
    Landmark landmark = new Landmark(id, position, operator, uncertainty);
    Landmark before = landmarks.put(id, landmark);
    if (before != null && !before.equals(landmark)) {
      unusable.add(id);
      throw row.fault(
          ErrorCode.CONTRADICTING_ROWS,
          "landmark",
          Problem.quote(id.value()) + " is described differently in an earlier row");
    }
  }

  private static Optional<LandmarkId> salvage(CsvRow row) {
    try {
      return row.salvaged("landmark").map(LandmarkId::new);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
