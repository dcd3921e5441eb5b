package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a calibrated model thinks; it never decides a verdict.
 *
 * @param centre the likeliest place; null where the model has no basis
 * @param radius90Km a distance from the centre that held nine of ten places in calibration
 * @param score how odd the claimed place is, 0 (as expected) upwards; null without a claimed place
 * @param basis what the model was calibrated on, or why it has no basis
 */
public record Advice(
    @Nullable Position centre, @Nullable Double radius90Km, @Nullable Double score, Reason basis) {
  public Advice {
    requireNonNull(basis, "basis");
    check("radius", radius90Km);
    check("score", score);
  }

  private static void check(String what, @Nullable Double value) {
    if (value != null && !(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + " is not finite and positive: " + value);
    }
  }
}
