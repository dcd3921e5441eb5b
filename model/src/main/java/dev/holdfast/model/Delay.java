package dev.holdfast.model;

/**
 * A round-trip time.
 *
 * @param milliseconds finite and not negative
 */
public record Delay(double milliseconds) implements Comparable<Delay> {
  public Delay {
    if (!(milliseconds >= 0 && milliseconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("delay is not finite and positive: " + milliseconds);
    }
  }

  /** A delay in milliseconds. */
  public static Delay ofMillis(double milliseconds) {
    return new Delay(milliseconds);
  }

  @Override
  public int compareTo(Delay other) {
    return Double.compare(milliseconds, other.milliseconds);
  }
}
