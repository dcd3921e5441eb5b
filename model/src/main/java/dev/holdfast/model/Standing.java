package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

/**
 * What a verdict stands on: without it the verdict says nothing.
 *
 * @param subject what it is about
 * @param basis where its delays come from
 * @param simulated whether any of them belongs to a simulation
 * @param window the stretch of time that it speaks of
 * @param toleratedFaults f: it holds as long as at most this many operators lie
 */
public record Standing(
    Subject subject, Basis basis, boolean simulated, Window window, int toleratedFaults) {
  public Standing {
    requireNonNull(subject, "subject");
    requireNonNull(basis, "basis");
    requireNonNull(window, "window");
    if (toleratedFaults < 0) {
      throw new IllegalArgumentException("tolerated faults are negative: " + toleratedFaults);
    }
  }
}
