package dev.holdfast.sim;

import dev.holdfast.model.Evidence;
import dev.holdfast.model.Finding;
import java.time.Instant;
import java.util.List;

/** Looks for diversion in evidence, in its order. */
interface Detector {
  /**
   * Hears evidence.
   *
   * @param index of its entry
   */
  List<Finding> hear(Evidence evidence, long index);

  /** Time has passed. */
  List<Finding> tick(Instant at);
}
