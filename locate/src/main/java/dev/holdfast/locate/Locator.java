package dev.holdfast.locate;

import dev.holdfast.model.Advice;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Conflict;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Ground;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.LocationVerdicts;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Region;
import dev.holdfast.model.Speed;
import dev.holdfast.model.Standing;
import dev.holdfast.model.Support;
import dev.holdfast.model.TargetId;
import dev.holdfast.model.Verdict;
import dev.holdfast.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells from delays where a target can be, and judges what is claimed about its place.
 *
 * <p>{@code PROVED} and {@code REFUTED} follow from the speed of light in vacuum alone, as long as
 * at most f operators of landmarks lie. The answer depends on the set of measurements, not on their
 * order or repetition. Safe for use by several threads.
 */
public final class Locator {
  private static final Comparator<Bound> NEAREST_LIMIT =
      Comparator.comparing(Bound::atMost).thenComparing(bound -> bound.landmark().id());

  private final Atlas atlas;
  private final Map<LandmarkId, Landmark> landmarks;
  private final Settings settings;
  private final BoundMaker boundMaker;
  private final Optional<Calibration> calibration;

  private Locator(
      Atlas atlas,
      Map<LandmarkId, Landmark> landmarks,
      Settings settings,
      @Nullable Calibration calibration) {
    this.atlas = atlas;
    this.landmarks = Map.copyOf(landmarks);
    this.settings = settings;
    this.boundMaker = new BoundMaker(this.landmarks, settings.window());
    this.calibration = Optional.ofNullable(calibration);
  }

  /** A locator that gives verdicts, and no advice. */
  public static Locator of(Atlas atlas, Map<LandmarkId, Landmark> landmarks, Settings settings) {
    return new Locator(atlas, landmarks, settings, null);
  }

  /** The same with advice from a calibrated model. */
  public Locator withAdvice(Calibration model) {
    return new Locator(atlas, landmarks, settings, model);
  }

  /** The bound at the speed of light that follows from one round trip, when it was measured. */
  public static Bound bound(Landmark landmark, Delay roundTrip) {
    return BoundMaker.bound(landmark, roundTrip, Speed.OF_LIGHT, 0);
  }

  /** The distance of two places on the ellipsoid. */
  public static Distance distance(Position one, Position other) {
    return Distance.ofKilometres(Ellipsoid.geodesic(one, other));
  }

  /**
   * The bounds at the speed of light on a target, at its latest measurement: what {@link Judge}
   * takes.
   */
  public List<Bound> bounds(List<Measurement> measurements, Speed speed) {
    return boundMaker.at(measurements, speed, latest(measurements));
  }

  /**
   * Reports on one target.
   *
   * @param rows all of this target, any order; repeated ones count once; landmarks must be known
   * @param claims what is asked; destinations must be known to the atlas
   * @throws IllegalArgumentException on an unknown landmark or destination
   */
  public LocationReport report(TargetId target, List<Measurement> rows, List<Claim> claims) {
    return report(target, Ground.asGiven(target), rows, claims);
  }

  /**
   * Reports on one target from measurements that stand on more than a file: see {@link
   * #report(TargetId, List, List)}.
   *
   * @param ground its subject: what follows for the key that answered follows for its host only
   *     where a security chip holds the key, and never for a chip
   */
  public LocationReport report(
      TargetId target, Ground ground, List<Measurement> rows, List<Claim> claims) {
    Case found = new Case(ground, rows);
    return new LocationReport(
        target,
        found.standing,
        found.region(),
        found.bounds,
        found.binding(),
        found.conflicts.orElse(List.of()),
        found.verdicts(claims),
        advice(found.bounds, claims));
  }

  /**
   * Judges claims as {@link #report(TargetId, Ground, List, List)} does, for less: the region is
   * measured only where a verdict's reason speaks of its size.
   */
  public LocationVerdicts verdicts(
      TargetId target, Ground ground, List<Measurement> rows, List<Claim> claims) {
    Case found = new Case(ground, rows);
    return new LocationVerdicts(
        target, found.standing, found.conflicts.orElse(List.of()), found.verdicts(claims));
  }

  /** One target: what its measurements say, each thing when it is first asked for. */
  private final class Case {
    private final Ground ground;
    private final List<Measurement> measurements;
    private final List<Bound> bounds;
    private final Judge judge;
    private final ConflictFinder.Emptiness emptiness;
    private final Optional<List<Conflict>> conflicts;
    private final Standing standing;
    private @Nullable RegionShape shape;
    private @Nullable Region region;
    private @Nullable List<Bound> binding;

    Case(Ground ground, List<Measurement> rows) {
      this.ground = ground;
      measurements = rows.stream().distinct().toList();
      Instant reference = latest(measurements);
      bounds = new ArrayList<>(Locator.this.bounds(measurements, Speed.OF_LIGHT));
      bounds.sort(NEAREST_LIMIT);
      int tolerated = settings.toleratedFaults();
      judge = new Judge(atlas, bounds, tolerated);
      emptiness = ConflictFinder.emptiness(judge.discs(), tolerated);
      conflicts =
          emptiness == ConflictFinder.Emptiness.NOT_EMPTY
              ? earlierConflicts(measurements, reference)
              : Optional.of(ConflictFinder.find(judge.discs(), reference));
      standing =
          new Standing(
              ground.subject(),
              ground.basis(),
              ground.simulated(),
              window(measurements, reference),
              tolerated);
    }

    private RegionShape shape() {
      RegionShape known = shape;
      if (known == null) {
        known = new RegionShape(judge.discs(), settings.toleratedFaults());
        shape = known;
      }
      return known;
    }

    /** The bounds that shape the region. */
    List<Bound> binding() {
      List<Bound> known = binding;
      if (known == null) {
        known = Locator.binding(judge.discs(), shape());
        binding = known;
      }
      return known;
    }

    Region region() {
      Region known = region;
      if (known == null) {
        known =
            emptiness == ConflictFinder.Emptiness.NOT_EMPTY
                ? Locator.region(shape(), judge)
                : new Region(true, 0, null, 0, List.of());
        region = known;
      }
      return known;
    }

    List<Verdict> verdicts(List<Claim> claims) {
      boolean conflict = conflicts.isPresent();
      List<Verdict> verdicts = new ArrayList<>();
      // Made for the first claim that stays open, if any does.
      Optional<Judge> slower = Optional.empty();
      boolean slowerMade = false;
      for (Claim claim : claims) {
        Verdict verdict;
        if (conflict) {
          verdict =
              open(
                  claim, Reasons.conflict(conflicts.orElseThrow(), ground), Support.OPEN, standing);
        } else if (judge.discs().count == 0) {
          verdict = open(claim, Reason.of("reason.no-bounds"), Support.OPEN, standing);
        } else {
          TwoSided found = judge.judge(claim);
          if (found.value() == Verdict.Value.UNPROVEN) {
            if (!slowerMade) {
              slower = slowerJudge(measurements);
              slowerMade = true;
            }
            Support support = slower.map(each -> support(each, claim)).orElse(Support.OPEN);
            verdict = open(claim, openReason(claim, found), support, standing);
          } else {
            verdict = decided(claim, found.value());
          }
        }
        verdicts.add(SubjectStep.take(verdict, ground));
      }
      return verdicts;
    }

    private Verdict decided(Claim claim, Verdict.Value value) {
      Reason reason =
          claim instanceof Claim.Within within
              ? Reasons.within(within, value, judge.discs(), binding(), settings.toleratedFaults())
              : Reasons.country(claim, value, destination(claim), margin(), binding());
      return new Verdict(
          standing,
          claim,
          value,
          null,
          reason,
          assumptions(claim, standing),
          judge.coalition(claim, value));
    }

    private Reason openReason(Claim claim, TwoSided found) {
      return claim instanceof Claim.Within within
          ? Reasons.openWithin(within, found, region().radiusKm())
          : Reasons.openCountry(claim, found, destination(claim), judge.destinations(), margin());
    }
  }

  private Verdict open(Claim claim, Reason reason, Support support, Standing standing) {
    return new Verdict(
        standing,
        claim,
        Verdict.Value.UNPROVEN,
        support,
        reason,
        assumptions(claim, standing),
        List.of());
  }

  private static Support support(Judge slower, Claim claim) {
    return switch (slower.value(claim)) {
      case PROVED -> Support.SUPPORTED;
      case REFUTED -> Support.CONTRADICTED;
      case UNPROVEN -> Support.OPEN;
    };
  }

  private Optional<Judge> slowerJudge(List<Measurement> measurements) {
    Judge slower =
        new Judge(atlas, bounds(measurements, settings.slowerSpeed()), settings.toleratedFaults());
    // Where the slower speed leaves no point, it is the assumption that is contradicted.
    return ConflictFinder.emptiness(slower.discs(), settings.toleratedFaults())
            == ConflictFinder.Emptiness.NOT_EMPTY
        ? Optional.of(slower)
        : Optional.empty();
  }

  /**
   * Conflicts at earlier moments of the window. They are kept, so that delaying one answer later
   * cannot turn a conflict into a proof.
   */
  private Optional<List<Conflict>> earlierConflicts(
      List<Measurement> measurements, @Nullable Instant reference) {
    if (reference == null) {
      return Optional.empty();
    }
    Instant oldest = reference.minus(settings.window());
    TreeSet<Instant> moments = new TreeSet<>();
    for (Measurement measurement : measurements) {
      Instant at = measurement.measuredAt();
      if (at != null && at.isBefore(reference) && !at.isBefore(oldest)) {
        moments.add(at);
      }
    }
    int tolerated = settings.toleratedFaults();
    // A place that suits all measurements without any growth suits every moment.
    if (moments.isEmpty()
        || ConflictFinder.emptiness(
                new Discs(boundMaker.ungrown(measurements, Speed.OF_LIGHT)), tolerated)
            == ConflictFinder.Emptiness.NOT_EMPTY) {
      return Optional.empty();
    }
    for (Instant moment : moments.descendingSet()) {
      Discs then = new Discs(boundMaker.at(measurements, Speed.OF_LIGHT, moment));
      if (ConflictFinder.emptiness(then, tolerated) != ConflictFinder.Emptiness.NOT_EMPTY) {
        return Optional.of(ConflictFinder.find(then, moment));
      }
    }
    return Optional.empty();
  }

  private static Region region(RegionShape shape, Judge judge) {
    Position centre = shape.centre();
    return new Region(false, shape.areaKm2(), centre, shape.radiusKm(centre), judge.destinations());
  }

  private static List<Bound> binding(Discs discs, RegionShape shape) {
    boolean[] shaping = shape.shaping();
    List<Bound> binding = new ArrayList<>();
    for (int i = 0; i < discs.count; i++) {
      if (shaping[i]) {
        binding.add(discs.bounds.get(i));
      }
    }
    return binding;
  }

  private List<Reason> assumptions(Claim claim, Standing standing) {
    List<Reason> assumptions = new ArrayList<>();
    if (!(claim instanceof Claim.Within)) {
      assumptions.add(Reason.of("assumption.on-land"));
      assumptions.add(Reason.of("assumption.margin", margin()));
      for (String group : atlas.destinations().groups().keySet()) {
        assumptions.add(
            Reason.of(
                "assumption.grouping",
                group,
                String.join(", ", atlas.destinations().groups().getOrDefault(group, List.of()))));
      }
    }
    if (standing.window().withoutTime() > 0) {
      assumptions.add(Reason.of("assumption.simultaneous"));
    }
    return assumptions;
  }

  private Window window(List<Measurement> measurements, @Nullable Instant reference) {
    int used = 0;
    int withoutTime = 0;
    for (Measurement measurement : measurements) {
      used += boundMaker.counts(measurement, reference) ? 1 : 0;
      withoutTime += measurement.measuredAt() == null ? 1 : 0;
    }
    return new Window(settings.window(), reference, used, measurements.size() - used, withoutTime);
  }

  private Advice advice(List<Bound> bounds, List<Claim> claims) {
    if (calibration.isEmpty()) {
      return new Advice(null, null, null, Reason.of("advice.no-calibration"));
    }
    Optional<Position> claimed =
        claims.stream()
            .filter(Claim.Within.class::isInstance)
            .map(claim -> ((Claim.Within) claim).place())
            .findFirst();
    return calibration.get().advise(bounds, claimed.orElse(null));
  }

  private String destination(Claim claim) {
    String country =
        switch (claim) {
          case Claim.Inside inside -> inside.country();
          case Claim.Outside outside -> outside.country();
          case Claim.Within within ->
              throw new IllegalArgumentException("not about a destination: " + within);
        };
    return atlas
        .destinations()
        .index(country)
        .map(index -> atlas.destinations().names().get(index))
        .orElseThrow(() -> new IllegalArgumentException("unknown destination " + country));
  }

  private String margin() {
    return Reasons.km(atlas.margin().kilometres());
  }

  private static @Nullable Instant latest(List<Measurement> measurements) {
    Instant latest = null;
    for (Measurement measurement : measurements) {
      Instant at = measurement.measuredAt();
      if (at != null && (latest == null || at.isAfter(latest))) {
        latest = at;
      }
    }
    return latest;
  }
}
