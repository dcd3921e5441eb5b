package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Everything that is known of one target's place.
 *
 * @param standing what it and each of its verdicts stand on
 * @param bounds the smallest grown bound of each landmark, nearest limit first
 * @param binding those of the bounds that shape the region
 * @param conflicts who contradicts whom; where there is any, every verdict is {@code UNPROVEN}
 * @param verdicts one for each claim
 */
public record LocationReport(
    TargetId target,
    Standing standing,
    Region region,
    List<Bound> bounds,
    List<Bound> binding,
    List<Conflict> conflicts,
    List<Verdict> verdicts,
    Advice advice) {
  public LocationReport {
    requireNonNull(target, "target");
    requireNonNull(standing, "standing");
    requireNonNull(region, "region");
    requireNonNull(advice, "advice");
    for (Verdict verdict : verdicts) {
      if (!verdict.standing().equals(standing)) {
        throw new IllegalArgumentException("a verdict stands on something else than its report");
      }
    }
    bounds = List.copyOf(bounds);
    binding = List.copyOf(binding);
    conflicts = List.copyOf(conflicts);
    verdicts = List.copyOf(verdicts);
  }

  /** What it is about. */
  public Subject subject() {
    return standing.subject();
  }

  /** Where its delays come from. */
  public Basis basis() {
    return standing.basis();
  }

  /** Whether any of its delays belongs to a simulation. */
  public boolean simulated() {
    return standing.simulated();
  }

  /** The stretch of time that it speaks of. */
  public Window window() {
    return standing.window();
  }

  /** How many operators may lie without making a verdict wrong. */
  public int toleratedFaults() {
    return standing.toleratedFaults();
  }
}
