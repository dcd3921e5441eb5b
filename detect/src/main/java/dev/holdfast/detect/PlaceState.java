package dev.holdfast.detect;

/** What stands of the claim that a host is in its declared destination, worst last. */
public enum PlaceState {
  /** It follows that its key is there. */
  PROVED,
  /** Neither follows. */
  UNPROVEN,
  /** The newest verdict is older than its window, or there never was one. */
  SILENT,
  /** Rounds contradict each other; it stays so for the whole window. */
  CONFLICT,
  /** It follows that its key is not there. */
  REFUTED;

  /** The worse of the two. */
  public PlaceState worse(PlaceState other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
