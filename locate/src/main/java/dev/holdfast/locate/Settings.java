package dev.holdfast.locate;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Speed;
import java.time.Duration;

/**
 * What a verdict takes for granted and how it is asked.
 *
 * @param toleratedFaults f: a verdict holds as long as at most this many operators lie
 * @param window how old a bound may be, above zero
 * @param slowerSpeed the speed that supports or contradicts what is left open
 */
public record Settings(int toleratedFaults, Duration window, Speed slowerSpeed) {
  /** The defaults of the command: no fault tolerated, ten minutes, fibre. */
  public static final Settings DEFAULT = new Settings(0, Duration.ofMinutes(10), Speed.IN_FIBRE);

  public Settings {
    if (toleratedFaults < 0) {
      throw new IllegalArgumentException("tolerated faults are negative: " + toleratedFaults);
    }
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("the window is not above zero: " + window);
    }
    requireNonNull(slowerSpeed, "slowerSpeed");
  }

  /** The same with another number of tolerated faults. */
  public Settings withToleratedFaults(int faults) {
    return new Settings(faults, window, slowerSpeed);
  }
}
