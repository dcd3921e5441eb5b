package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Everything that is known of one target's place.
 *
 * @param toleratedFaults how many operators may lie without making a verdict wrong
 * @param bounds the smallest grown bound of each landmark, nearest limit first
 * @param binding those of the bounds that shape the region
 * @param conflicts who contradicts whom; where there is any, every verdict is {@code UNPROVEN}
 * @param verdicts one for each claim
 */
public record LocationReport(
    TargetId target,
    Subject subject,
    Basis basis,
    Region region,
    int toleratedFaults,
    Window window,
    List<Bound> bounds,
    List<Bound> binding,
    List<Conflict> conflicts,
    List<Verdict> verdicts,
    Advice advice) {
  public LocationReport {
    requireNonNull(target, "target");
    requireNonNull(subject, "subject");
    requireNonNull(basis, "basis");
    requireNonNull(region, "region");
    requireNonNull(window, "window");
    requireNonNull(advice, "advice");
    if (toleratedFaults < 0) {
      throw new IllegalArgumentException("tolerated faults are negative: " + toleratedFaults);
    }
    bounds = List.copyOf(bounds);
    binding = List.copyOf(binding);
    conflicts = List.copyOf(conflicts);
    verdicts = List.copyOf(verdicts);
  }
}
