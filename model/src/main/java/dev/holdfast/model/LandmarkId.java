package dev.holdfast.model;

/**
 * The name of a landmark.
 *
 * @param value 1 to 200 characters, no control characters, no blanks at the ends
 */
public record LandmarkId(String value) implements Comparable<LandmarkId> {
  public LandmarkId {
    Names.check("landmark", value);
  }

  @Override
  public int compareTo(LandmarkId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
