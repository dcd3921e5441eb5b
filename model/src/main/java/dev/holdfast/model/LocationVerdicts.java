package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What is claimed about one target's place, judged; the region that the verdicts follow from is in
 * a {@link LocationReport}.
 *
 * @param standing what each of the verdicts stands on
 * @param conflicts who contradicts whom; where there is any, every verdict is {@code UNPROVEN}
 * @param verdicts one for each claim
 */
public record LocationVerdicts(
    TargetId target, Standing standing, List<Conflict> conflicts, List<Verdict> verdicts) {
  public LocationVerdicts {
    requireNonNull(target, "target");
    requireNonNull(standing, "standing");
    conflicts = List.copyOf(conflicts);
    verdicts = List.copyOf(verdicts);
  }
}
