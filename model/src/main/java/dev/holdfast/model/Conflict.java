package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Landmarks whose bounds cannot all hold.
 *
 * @param landmarks a smallest set found that contradicts itself, sorted
 * @param gapKm by how much the bounds of a pair miss each other; 0 where it takes more than two
 * @param at the moment at which they contradict each other; null where rows carry no time
 */
public record Conflict(List<LandmarkId> landmarks, double gapKm, @Nullable Instant at) {
  public Conflict {
    landmarks = List.copyOf(requireNonNull(landmarks, "landmarks"));
    if (landmarks.size() < 2) {
      throw new IllegalArgumentException("a conflict needs two landmarks");
    }
    if (!(gapKm >= 0 && gapKm < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("gap is not finite and positive: " + gapKm);
    }
  }
}
