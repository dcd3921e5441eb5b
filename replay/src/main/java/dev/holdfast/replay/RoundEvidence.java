package dev.holdfast.replay;

import dev.holdfast.model.Delay;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.TargetId;
import dev.holdfast.probe.RoundCheck;

/** What a checked round tells the fold, free of its envelope. */
public final class RoundEvidence {
  private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

  private RoundEvidence() {}

  /** The evidence of a round that bounds where a key was. */
  public static Evidence.Bounded of(RoundCheck.Bounds bounds) {
    return new Evidence.Bounded(
        new TargetId(bounds.round().host()),
        bounds.round().hostKey().hex(),
        bounds.hostCertificate().identity().binding(),
        bounds.landmark(),
        Delay.ofMillis(bounds.round().timings().minimum() / NANOSECONDS_PER_MILLISECOND),
        bounds.measuredAt(),
        bounds.simulated(),
        bounds.revocationsAt());
  }
}
