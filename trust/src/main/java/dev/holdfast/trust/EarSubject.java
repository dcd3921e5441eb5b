package dev.holdfast.trust;

import dev.holdfast.model.Names;
import dev.holdfast.model.Subject.Binding;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What Holdfast adds to an appraisal; what is null is not said.
 *
 * @param chip a name of the chip
 * @param key the key that the result is bound to
 * @param binding how firmly they are bound
 * @param relayNotExcluded whether the evidence may have been relayed from elsewhere
 * @param board the grade of the board's cohesion
 * @param simulated whether the chip is simulated; a result of Holdfast's always says
 * @param revocationAge how old the revocation data was, in whole seconds; null where revocation was
 *     not checked
 */
public record EarSubject(
    @Nullable String chip,
    @Nullable KeyId key,
    @Nullable Binding binding,
    @Nullable Boolean relayNotExcluded,
    @Nullable String board,
    @Nullable Boolean simulated,
    @Nullable Duration revocationAge) {
  /** Nothing is said. */
  public static final EarSubject UNTOLD = new EarSubject(null, null, null, null, null, null, null);

  public EarSubject {
    if (chip != null) {
      Names.check("chip", chip);
    }
    if (board != null) {
      Names.check("board", board);
    }
    if (revocationAge != null && (revocationAge.isNegative() || revocationAge.toNanosPart() != 0)) {
      throw new IllegalArgumentException("an age is whole seconds from 0");
    }
  }
}
