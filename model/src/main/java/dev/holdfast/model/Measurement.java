package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The least round-trip time that one landmark saw to one target in one round.
 *
 * @param measuredAt when, or null where that was not recorded: such rows count as simultaneous
 */
public record Measurement(
    LandmarkId landmark, TargetId target, Delay roundTrip, @Nullable Instant measuredAt) {
  public Measurement {
    requireNonNull(landmark, "landmark");
    requireNonNull(target, "target");
    requireNonNull(roundTrip, "roundTrip");
  }
}
