package dev.holdfast.locate;

import dev.holdfast.model.Advice;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reason;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
 *       CalibrationFit}). A target has one more trait: how differently two landmarks' delays to all
 *       others look. Two hosts that the world sees alike are close even if the delay between them
 *       is long. This dissimilarity is the second variable wherever it is known.
 *   <li><b>How far to trust that</b>, depending on how near it is ({@link CalibrationSpread}). From
 *       both follows how likely each place is ({@link AdviceLikelihood}), and from that an estimate
 *       and its spread ({@link AdviceEstimate}).
 *   <li><b>How wrong estimates are.</b> Landmarks play the target in turn, without what they
 *       themselves measured. The radius is the spread, times the factor that took in nine of ten of
 *       their true places. The score is scaled by the 99th percentile of the scores of their true
 *       places, or by the largest if there are fewer than 99 of them: above 1 it is odder than 99
 *       of 100 true ones. Both are conformal quantiles: the true target counts as one more
 *       landmark, which is what makes the shares hold for a target like them (Vovk, Gammerman,
 *       Shafer 2005).
 * </ol>
 *
 * <p>The mesh is taken as given: a landmark that an audit doubts is the caller's to leave out. The
 * result depends on the set of rows alone, not on their order or repetition. Immutable.
 */
public final class Calibration {
  /** A target needs this many landmarks. */
  private static final int LEAST_BOUNDS = 3;

  /**
   * At most so many landmarks play the target, evenly picked by name. It takes 99 to tell what 99 of
   * 100 do; more cost time.
   */
  private static final int MOST_TRIALS = 120;

  /** With fewer such trials nothing is said of radius or score. */
  private static final int LEAST_TRIALS = 8;

  /** The share of true places that score at most 1. */
  private static final double SCORE_SHARE = 0.99;

  /**
   * A scale of scores is no smaller: a mesh that fits the model perfectly is no reason to alarm.
   */
  private static final double LEAST_SCALE = 0.01;

  private final CalibrationMesh mesh;
  private final CalibrationFit fit;
  private final @Nullable Trials trials;

  /** What came of landmarks in the part of the target. */
  private record Trials(double radiusFactor, double scoreScale) {}

  private Calibration(CalibrationMesh mesh, CalibrationFit fit) {
    this.mesh = mesh;
    this.fit = fit;
    this.trials = trials(mesh, fit);
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

  private static @Nullable Trials trials(CalibrationMesh mesh, CalibrationFit fit) {
    int most = Math.min(mesh.calibrating(), MOST_TRIALS);
    double[] errors = new double[most];
    double[] scores = new double[most];
    int count = 0;
    for (int trial = 0; trial < most; trial++) {
      int target = trial * mesh.calibrating() / most;
      double[] delays = mesh.delays(target);
      int[] known =
          IntStream.range(0, delays.length).filter(i -> !Double.isNaN(delays[i])).toArray();
      if (known.length >= LEAST_BOUNDS) {
        double[] least = Arrays.stream(known).mapToDouble(i -> delays[i]).toArray();
        AdviceEstimate estimate =
            new AdviceEstimate(new AdviceLikelihood(mesh, fit, known, least));
        double[] truth = mesh.place(target);
        errors[count] = AdviceSphere.distance(truth, estimate.centre()) / estimate.spread();
        scores[count] = estimate.rawScore(truth);
        count++;
      }
    }
    return count < LEAST_TRIALS
        ? null
        : new Trials(
            quantile(errors, count, AdviceEstimate.SHARE),
            Math.max(LEAST_SCALE, quantile(scores, count, SCORE_SHARE)));
  }

  /**
   * The least value such that the next one like these is below it with this chance, or the largest.
   */
  private static double quantile(double[] values, int count, double share) {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[Math.min(count, (int) Math.ceil(share * (count + 1))) - 1];
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
        trials == null ? null : (Double) (trials.radiusFactor() * estimate.spread()),
        claimed == null ? null : score(estimate, claimed),
        Reason.of("advice.calibrated", String.valueOf(mesh.calibrating())));
  }

  /** The estimate behind the advice, for many questions about one target; empty with too few. */
  Optional<AdviceEstimate> estimate(List<Bound> bounds) {
    TreeMap<Integer, Double> least = new TreeMap<>();
    for (Bound bound : bounds) {
      OptionalInt number = mesh.number(bound.landmark().id());
      if (number.isPresent()) {
        double delay = CalibrationMesh.floored(bound.roundTrip().milliseconds());
        least.merge(number.getAsInt(), delay, Math::min);
      }
    }
    if (least.size() < LEAST_BOUNDS) {
      return Optional.empty();
    }
    int[] landmarks = least.keySet().stream().mapToInt(i -> i).toArray();
    double[] delays = least.values().stream().mapToDouble(delay -> delay).toArray();
    return Optional.of(new AdviceEstimate(new AdviceLikelihood(mesh, fit, landmarks, delays)));
  }

  /** How odd a claimed place is; above 1, odder than 99 of 100 true ones. Null without trials. */
  @Nullable Double score(AdviceEstimate estimate, Position claimed) {
    return trials == null
        ? null
        : (Double) (estimate.rawScore(AdviceSphere.unitVector(claimed)) / trials.scoreScale());
  }
}
