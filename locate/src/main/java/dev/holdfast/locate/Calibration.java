package dev.holdfast.locate;

import dev.holdfast.model.Advice;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model of distance over delay, calibrated on landmarks that measured each other. It says where a
 * target probably is, within what radius, and how odd a claimed place would be. It may be wrong
 * where the speed of light cannot be, so it advises and decides nothing.
 *
 * <p>Every pair of landmarks is a lesson: its distance and its delay are known. From them the model
 * learns three things.
 *
 * <ol>
 *   <li><b>What distance to expect of a delay.</b> Delays are made of detours and waits more than
 *       of distance, so the model works in logarithms, where errors are factors ({@link
 *       CalibrationFit}). One more trait is known: how differently the other landmarks see a
 *       landmark and the target. Two hosts that the world sees alike are close even if the delay
 *       between them is long. This dissimilarity is the second variable wherever it is known.
 *   <li><b>How far to trust that</b>, depending on how near it is ({@link CalibrationSpread}) and
 *       on how different hosts' own lines are ({@link CalibrationHeights}). From these follows how
 *       likely each place is ({@link AdviceLikelihood}), and from that an estimate and its spread
 *       ({@link AdviceEstimate}).
 *   <li><b>How wrong estimates are.</b> Landmarks play the target in turn ({@link
 *       CalibrationTrials}). The radius is the spread, times the factor that took in nine of ten of
 *       their true places. The score is the raw score of the claimed place divided by the 99th
 *       percentile of those of their true places, or by the largest if there are fewer than 99 of
 *       them: above 1 it is odder than 99 of 100 true ones. Both are conformal quantiles, which
 *       count the target as one more landmark, so the shares hold for any target that is like the
 *       landmarks (Vovk, Gammerman, Shafer 2005).
 * </ol>
 *
 * <p>The mesh is taken as given: a landmark that an audit doubts is the caller's to leave out. The
 * result depends on the set of rows alone, not on their order or repetition. Immutable.
 */
public final class Calibration {
  private final CalibrationMesh mesh;
  private final CalibrationFit fit;
  private final double heightScale;
  private final Optional<CalibrationTrials> trials;

  private Calibration(CalibrationMesh mesh, CalibrationFit fit) {
    this.mesh = mesh;
    this.fit = fit;
    this.heightScale = CalibrationHeights.scale(mesh, fit);
    this.trials = CalibrationTrials.of(mesh, fit, heightScale);
  }

  /**
   * Calibrates on what landmarks measured of each other; empty where that is too little.
   *
   * @param mesh measurements whose target has the name of a landmark; others are ignored. A pair
   *     counts once, with its least delay in either direction
   */
  public static Optional<Calibration> of(
      Map<LandmarkId, Landmark> landmarks, Collection<Measurement> mesh) {
    CalibrationMesh delays = CalibrationMesh.of(landmarks, mesh);
    return CalibrationFit.of(delays).map(fit -> new Calibration(delays, fit));
  }

  /**
   * What the model thinks of a target.
   *
   * @param bounds their delays count; landmarks unknown to the calibration are ignored
   * @param claimed a place to score, or null
   */
  public Advice advise(List<Bound> bounds, @Nullable Position claimed) {
    Optional<AdviceEstimate> found = estimate(bounds);
    if (found.isEmpty()) {
      return new Advice(null, null, null, Reason.of("advice.too-few"));
    }
    AdviceEstimate estimate = found.get();
    return new Advice(
        AdviceSphere.position(estimate.centre()),
        trials.map(each -> each.radiusFactor() * estimate.spread()).orElse(null),
        claimed == null ? null : score(estimate, claimed).orElse(null),
        Reason.of("advice.calibrated", String.valueOf(mesh.calibrating())));
  }

  /** The estimate behind the advice, for many questions about one target; empty with too few. */
  Optional<AdviceEstimate> estimate(List<Bound> bounds) {
    return estimate(bounds, heightScale);
  }

  /** The estimate with another scatter of heights. */
  Optional<AdviceEstimate> estimate(List<Bound> bounds, double scale) {
    CalibrationTarget target = CalibrationTarget.of(mesh, bounds);
    return target.enough()
        ? Optional.of(new AdviceEstimate(new AdviceLikelihood(mesh, fit, target, scale)))
        : Optional.empty();
  }

  /** How much heights of targets scatter, as a share of their least delay; 0 where not at all. */
  double heightScale() {
    return heightScale;
  }

  /** How odd a place is; above 1, odder than 99 of 100 true ones. Empty without trials. */
  Optional<Double> score(AdviceEstimate estimate, Position claimed) {
    double raw = estimate.rawScore(AdviceSphere.unitVector(claimed));
    return trials.map(each -> raw / each.scoreScale());
  }
}
