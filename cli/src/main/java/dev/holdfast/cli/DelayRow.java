package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.CsvRow;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Delay;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.TargetId;
import java.time.Instant;
import java.util.Optional;

/**
 * One row of {@code --delays}: {@code landmark,target,min_rtt_ms[,measured_at]}; good, or what is
 * wrong with it and which target it touches.
 */
sealed interface DelayRow {
  /** A day: no network holds a packet longer. */
  double LONGEST_MS = 86_400_000;

  /** A measurement. */
  record Good(Measurement measurement) implements DelayRow {}

  /** A bad row; its target has no answer. The target is null where it cannot be made out. */
  record Bad(@org.jspecify.annotations.Nullable TargetId target, Problem problem)
      implements DelayRow {}

  static DelayRow parse(CsvRow row, LandmarkFile landmarks) {
    try {
      TargetId target = Fields.id(row, "target", TargetId::new);
      LandmarkId landmark = Fields.id(row, "landmark", LandmarkId::new);
      Delay delay = Delay.ofMillis(row.number("min_rtt_ms", 0, LONGEST_MS));
      Optional<Instant> measuredAt = row.optionalTime("measured_at");
      if (!landmarks.landmarks().containsKey(landmark)) {
        throw landmarks.unusable().contains(landmark)
            ? row.fault(
                ErrorCode.BAD_LANDMARK,
                "landmark",
                Problem.quote(landmark.value()) + " has no usable row in the landmarks")
            : row.fault(
                ErrorCode.UNKNOWN_LANDMARK,
                "landmark",
                Problem.quote(landmark.value()) + " is not among the landmarks");
      }
      return new Good(new Measurement(landmark, target, delay, measuredAt.orElse(null)));
    } catch (CodedException e) {
      return new Bad(salvage(row), e.problem());
    }
  }

  private static @org.jspecify.annotations.Nullable TargetId salvage(CsvRow row) {
    try {
      return row.salvaged("target").map(TargetId::new).orElse(null);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
