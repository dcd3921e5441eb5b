package dev.holdfast.locate;

import dev.holdfast.model.Advice;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Speed;
import dev.holdfast.model.TargetId;
import dev.holdfast.model.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Judges a mesh of hosts at stated places by itself: each host in turn is the target, all others
 * are landmarks.
 *
 * <p>Before a target is judged, the other hosts are audited without it, and what that audit doubts
 * is left out. A measurement counts in both directions. Targets are told apart by whether the audit
 * of the whole mesh doubts them: their stated places may be wrong, so a miss there may be no miss.
 */
public final class MeshEvaluation {
  /** The speed at which the mesh is audited. */
  private static final Speed AUDIT_SPEED = Speed.IN_FIBRE;

  /**
   * One host of the mesh.
   *
   * @param country the destination or unit code that it is stated to be in
   */
  public record Node(LandmarkId id, Position position, String country) {}

  /** What one speed made of one target. */
  record AtSpeed(
      Speed speed,
      boolean empty,
      boolean containsTruth,
      double centroidErrorKm,
      double areaKm2,
      Verdict.Value trueCountry,
      int falseCountries,
      int falseCountriesRejected) {}

  /** A claim that is false, and how odd the model found it. */
  record FalseClaim(double distanceKm, double score) {}

  /** What came out for one target. */
  public record Outcome(
      LandmarkId target,
      boolean doubted,
      double nearestLandmarkKm,
      double shortestPingKm,
      List<AtSpeed> atSpeeds,
      @Nullable Double adviceErrorKm,
      @Nullable Double adviceRadiusKm,
      @Nullable Double trueScore,
      List<FalseClaim> falseClaims) {
    public Outcome {
      atSpeeds = List.copyOf(atSpeeds);
      falseClaims = List.copyOf(falseClaims);
    }
  }

  private final Atlas atlas;
  private final Map<LandmarkId, Node> nodes = new HashMap<>();
  private final List<Node> ordered;
  private final List<Measurement> measurements;
  private final List<LandmarkAudit.ImpossiblePair> impossible;
  private final LandmarkAudit.Result audit;
  private final List<Speed> speeds;
  private final Map<LandmarkId, Landmark> landmarks = new HashMap<>();
  private final Map<LandmarkId, Map<LandmarkId, Measurement>> byTarget = new HashMap<>();
  private final Set<String> countries = new TreeSet<>();

  /**
   * @param nodes hosts; their countries must be known to the atlas
   * @param measurements between them, in any direction; others are ignored
   * @param speeds at which regions are made; the speed of light should be first
   */
  public MeshEvaluation(
      Atlas atlas, List<Node> nodes, Collection<Measurement> measurements, List<Speed> speeds) {
    this.atlas = atlas;
    this.speeds = List.copyOf(speeds);
    for (Node node : nodes) {
      this.nodes.put(node.id(), node);
      countries.add(node.country());
      landmarks.put(
          node.id(),
          new Landmark(
              node.id(), node.position(), new OperatorId(node.id().value()), Distance.ZERO));
    }
    for (Measurement measurement : measurements) {
      LandmarkId other = new LandmarkId(measurement.target().value());
      if (this.nodes.containsKey(other) && this.nodes.containsKey(measurement.landmark())) {
        note(measurement.landmark(), other, measurement);
        note(other, measurement.landmark(), measurement);
      }
    }
    this.measurements = byTarget.values().stream().flatMap(each -> each.values().stream()).toList();
    this.ordered =
        nodes.stream()
            .filter(node -> byTarget.containsKey(node.id()))
            .sorted(Comparator.comparing(Node::id))
            .toList();
    impossible = LandmarkAudit.impossiblePairs(landmarks, this.measurements, AUDIT_SPEED);
    audit = LandmarkAudit.audit(landmarks, this.measurements, AUDIT_SPEED);
  }

  private void note(LandmarkId landmark, LandmarkId target, Measurement measurement) {
    Measurement turned =
        new Measurement(landmark, new TargetId(target.value()), measurement.roundTrip(), null);
    byTarget
        .computeIfAbsent(target, id -> new HashMap<>())
        .merge(landmark, turned, (a, b) -> a.roundTrip().compareTo(b.roundTrip()) <= 0 ? a : b);
  }

  /** The hosts that were measured at all, by id. */
  public List<Node> targets() {
    return ordered;
  }

  /** The audit of the whole mesh. */
  public LandmarkAudit.Result audit() {
    return audit;
  }

  /** Leaves one target out and judges it; targets are independent of each other. */
  public Outcome judge(Node target) {
    Set<LandmarkId> dropped = new HashSet<>(doubtedWithout(target.id()));
    dropped.add(target.id());
    Map<LandmarkId, Landmark> trusted = new HashMap<>(landmarks);
    trusted.keySet().removeAll(dropped);
    List<Measurement> rows =
        byTarget.getOrDefault(target.id(), Map.of()).values().stream()
            .filter(row -> trusted.containsKey(row.landmark()))
            .toList();
    Locator locator = Locator.of(atlas, trusted, Settings.DEFAULT);
    List<AtSpeed> atSpeeds = new ArrayList<>();
    for (Speed speed : speeds) {
      atSpeeds.add(atSpeed(target, locator.bounds(rows, speed), speed));
    }
    double nearest = Double.POSITIVE_INFINITY;
    for (Landmark landmark : trusted.values()) {
      nearest = Math.min(nearest, Ellipsoid.geodesic(landmark.position(), target.position()));
    }
    double shortestPing =
        rows.stream()
            .min(Comparator.comparing(Measurement::roundTrip).thenComparing(Measurement::landmark))
            .map(row -> distance(row.landmark(), target))
            .orElse(Double.NaN);
    return advise(target, trusted, locator, rows, atSpeeds, nearest, shortestPing);
  }

  private Set<LandmarkId> doubtedWithout(LandmarkId target) {
    List<LandmarkAudit.ImpossiblePair> others =
        impossible.stream()
            .filter(pair -> !pair.first().equals(target) && !pair.second().equals(target))
            .toList();
    return LandmarkAudit.explain(others, AUDIT_SPEED, 0).doubted();
  }

  private double distance(LandmarkId landmark, Node target) {
    Node node = nodes.get(landmark);
    return node == null ? Double.NaN : Ellipsoid.geodesic(node.position(), target.position());
  }

  private AtSpeed atSpeed(Node target, List<Bound> bounds, Speed speed) {
    Judge judge = new Judge(atlas, bounds, 0);
    boolean empty =
        ConflictFinder.emptiness(judge.discs(), 0) != ConflictFinder.Emptiness.NOT_EMPTY;
    boolean contains =
        bounds.stream()
            .allMatch(bound ->
                Ellipsoid.geodesic(bound.landmark().position(), target.position())
                    <= bound.atMost().kilometres());
    double error = Double.NaN;
    double area = 0;
    if (!empty) {
      RegionShape shape = new RegionShape(judge.discs(), 0);
      Position centre = shape.centre();
      area = shape.areaKm2();
      error = centre == null ? Double.NaN : Ellipsoid.geodesic(centre, target.position());
    }
    int claims = 0;
    int rejected = 0;
    for (String country : countries) {
      if (!country.equals(target.country())) {
        claims++;
        rejected += value(judge, empty, country) == Verdict.Value.REFUTED ? 1 : 0;
      }
    }
    return new AtSpeed(
        speed,
        empty,
        contains,
        error,
        area,
        value(judge, empty, target.country()),
        claims,
        rejected);
  }

  private static Verdict.Value value(Judge judge, boolean empty, String country) {
    return empty ? Verdict.Value.UNPROVEN : judge.value(new Claim.Inside(country));
  }

  private Outcome advise(
      Node target,
      Map<LandmarkId, Landmark> trusted,
      Locator locator,
      List<Measurement> rows,
      List<AtSpeed> atSpeeds,
      double nearest,
      double shortestPing) {
    List<Measurement> mesh =
        measurements.stream()
            .filter(row -> trusted.containsKey(row.landmark()))
            .filter(row -> trusted.containsKey(new LandmarkId(row.target().value())))
            .toList();
    Optional<Calibration> calibration = Calibration.of(trusted, mesh);
    Double error = null;
    Double radius = null;
    Double trueScore = null;
    List<FalseClaim> falseClaims = new ArrayList<>();
    if (calibration.isPresent()) {
      Calibration model = calibration.get();
      List<Bound> bounds = locator.bounds(rows, Speed.OF_LIGHT);
      Advice advice = model.advise(bounds, target.position());
      Optional<AdviceEstimate> estimate = model.estimate(bounds);
      if (advice.centre() != null && estimate.isPresent()) {
        error = Ellipsoid.geodesic(advice.centre(), target.position());
        radius = advice.radius90Km();
        trueScore = advice.score();
        for (Node other : ordered) {
          if (!other.equals(target)) {
            double distance = Ellipsoid.geodesic(other.position(), target.position());
            model
                .score(estimate.get(), other.position())
                .ifPresent(score -> falseClaims.add(new FalseClaim(distance, score)));
          }
        }
      }
    }
    return new Outcome(
        target.id(),
        audit.doubted().contains(target.id()),
        nearest,
        shortestPing,
        atSpeeds,
        error,
        radius,
        trueScore,
        falseClaims);
  }
}
