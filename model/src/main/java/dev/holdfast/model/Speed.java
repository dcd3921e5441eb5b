package dev.holdfast.model;

/**
 * A speed of signals.
 *
 * @param kilometresPerMillisecond above 0, at most the speed of light in vacuum
 */
public record Speed(double kilometresPerMillisecond) {
  /** The speed of light in vacuum, exact by definition of the metre: the only speed of verdicts. */
  public static final Speed OF_LIGHT = new Speed(299.792458);

  /** The usual assumption for fibre, 2/3 c; it supports or contradicts, it never decides. */
  public static final Speed IN_FIBRE = new Speed(200);

  public Speed {
    if (!(kilometresPerMillisecond > 0 && kilometresPerMillisecond <= 299.792458)) {
      throw new IllegalArgumentException(
          "speed is not above 0 and at most 299.792458 km/ms: " + kilometresPerMillisecond);
    }
  }

  /** A speed in kilometres per millisecond. */
  public static Speed ofKilometresPerMillisecond(double speed) {
    return new Speed(speed);
  }
}
