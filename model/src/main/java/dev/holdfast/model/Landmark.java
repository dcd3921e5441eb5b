package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

/**
 * A verifier at a known position that sends challenges.
 *
 * @param operator who runs it; a landmark without a stated operator is its own
 * @param uncertainty how far its true position may be from the stated one; widens its bounds
 */
public record Landmark(
    LandmarkId id, Position position, OperatorId operator, Distance uncertainty) {
  public Landmark {
    requireNonNull(id, "id");
    requireNonNull(position, "position");
    requireNonNull(operator, "operator");
    requireNonNull(uncertainty, "uncertainty");
  }

  /** A landmark that is its own operator and whose position is exact. */
  public static Landmark of(String id, double latitude, double longitude) {
    return new Landmark(
        new LandmarkId(id), new Position(latitude, longitude), new OperatorId(id), Distance.ZERO);
  }
}
