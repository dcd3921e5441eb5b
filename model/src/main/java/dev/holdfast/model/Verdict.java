package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one claim.
 *
 * @param standing its subject, its basis, its window, and how many lies it bears
 * @param value what follows from physics alone
 * @param atSlowerSpeed what the slower speed adds; null unless the value is {@code UNPROVEN}
 * @param reason why
 * @param assumptions codes of what is taken for granted, such as {@code assumption.on-land}
 * @param coalition the fewest operators that could have falsified it, sorted; empty for {@code
 *     UNPROVEN}
 */
public record Verdict(
    Standing standing,
    Claim claim,
    Value value,
    @Nullable Support atSlowerSpeed,
    Reason reason,
    List<Reason> assumptions,
    List<OperatorId> coalition) {
  /** The three values of a verdict. */
  public enum Value {
    PROVED,
    REFUTED,
    UNPROVEN
  }

  public Verdict {
    requireNonNull(standing, "standing");
    requireNonNull(claim, "claim");
    requireNonNull(value, "value");
    requireNonNull(reason, "reason");
    assumptions = List.copyOf(assumptions);
    coalition = List.copyOf(coalition);
    if (value == Value.UNPROVEN && !coalition.isEmpty()) {
      throw new IllegalArgumentException("an unproven verdict has no coalition");
    }
    if (value != Value.UNPROVEN && atSlowerSpeed != null) {
      throw new IllegalArgumentException("a slower speed says nothing of what is decided");
    }
  }
}
