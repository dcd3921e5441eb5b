package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What measurements stand on, before anybody looks at what they say.
 *
 * @param subject what a verdict from them is about
 * @param basis where they come from
 * @param simulated whether any of them belongs to a simulation
 * @param assumptions what every verdict from them takes for granted
 */
public record Ground(Subject subject, Basis basis, boolean simulated, List<Reason> assumptions) {
  public Ground {
    requireNonNull(subject, "subject");
    requireNonNull(basis, "basis");
    assumptions = List.copyOf(assumptions);
  }

  /** Delays that somebody wrote into a file, about a target whatever stands behind it. */
  public static Ground asGiven(TargetId target) {
    return asGiven(target, false);
  }

  /** Delays out of our own generator, about a target that is invented. */
  public static Ground simulated(TargetId target) {
    return asGiven(target, true);
  }

  private static Ground asGiven(TargetId target, boolean simulated) {
    return new Ground(
        new Subject(Subject.Kind.TARGET, target.value(), null),
        Basis.AS_GIVEN,
        simulated,
        List.of());
  }
}
