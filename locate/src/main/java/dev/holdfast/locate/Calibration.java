package dev.holdfast.locate;

import dev.holdfast.model.Advice;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model of distance over delay, calibrated on landmarks that measured each other. */
public final class Calibration {
  /** Calibrates on what landmarks measured of each other; empty where that is too little. */
  public static Optional<Calibration> of(
      Map<LandmarkId, Landmark> landmarks, Collection<Measurement> mesh) {
    return mesh.size() > landmarks.size() ? Optional.of(new Calibration()) : Optional.empty();
  }

  /** What the model thinks of a target, given its bounds at the speed of light. */
  public Advice advise(List<Bound> bounds, @Nullable Position claimed) {
    return new Advice(null, null, null, Reason.of("advice.no-calibration"));
  }
}
