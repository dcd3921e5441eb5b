package dev.holdfast.locate;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Delay;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Speed;
import dev.holdfast.model.TargetId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Audits landmarks by hosts that several of them measured, where they did not measure each other.
 *
 * <p>Two bounds of one moment on one target leave a place only where their landmarks are no further
 * apart than both bounds together (the triangle inequality). Where they are further apart, at least
 * one of both is not where it is said to be, or the key that answered was at two places. Nobody's
 * declared place is needed for that. Who of all is the fewest to explain every such pair, {@link
 * LandmarkAudit} tells; that is advice, since keys may have moved.
 *
 * <p>Beside it stands, for each landmark, which declared sites its bounds exclude, and whether it
 * is alone in that. A site may be wrong as well as a landmark, so that too is advice.
 */
public final class SharedAudit {
  private SharedAudit() {}

  /** A site by its id, and the circle that is declared to be it. */
  public record Site(String id, Claim.Within circle) {
    public Site {
      requireNonNull(id, "id");
      requireNonNull(circle, "circle");
    }
  }

  /**
   * A target as it was measured.
   *
   * @param bounds of one moment and one key, at the speed of light
   * @param site that it is declared to be at, or null
   */
  public record Measured(TargetId target, List<Bound> bounds, @Nullable Site site) {
    public Measured {
      requireNonNull(target, "target");
      bounds = List.copyOf(bounds);
    }
  }

  /**
   * Two landmarks that cannot both be right about a target.
   *
   * @param hosts how many targets show it
   * @param host the one that shows it best
   * @param distanceKm between the landmarks
   * @param limitKm both bounds together
   */
  public record Contradiction(
      LandmarkId first,
      LandmarkId second,
      int hosts,
      TargetId host,
      double distanceKm,
      double limitKm) {}

  /**
   * A declared site that a landmark's bound excludes.
   *
   * @param hosts at the site of which it does
   * @param boundKm the bound that excludes it by most
   * @param distanceKm from the landmark to the declared circle
   * @param alone whether no other landmark's bound excludes the site too
   */
  public record Exclusion(
      LandmarkId landmark,
      String site,
      int hosts,
      double boundKm,
      double distanceKm,
      boolean alone) {}

  /**
   * What an audit found.
   *
   * @param targets how many were measured by two landmarks or more
   * @param explanation the fewest landmarks that explain all contradictions
   */
  public record Result(
      int targets,
      List<Contradiction> contradictions,
      List<Exclusion> exclusions,
      LandmarkAudit.Result explanation) {
    public Result {
      contradictions = List.copyOf(contradictions);
      exclusions = List.copyOf(exclusions);
      requireNonNull(explanation, "explanation");
    }
  }

  private record Pair(LandmarkId first, LandmarkId second) {}

  private record At(LandmarkId landmark, String site) {}

  /** Audits the landmarks of these bounds. */
  public static Result audit(Collection<Measured> measured) {
    Map<Pair, Contradiction> pairs = new HashMap<>();
    TreeSet<String> checked = new TreeSet<>();
    Map<At, Exclusion> excluded = new HashMap<>();
    Map<Pair, Delay> delays = new HashMap<>();
    int targets = 0;
    for (Measured each : measured) {
      List<Bound> bounds =
          each.bounds().stream()
              .sorted(Comparator.comparing(bound -> bound.landmark().id()))
              .toList();
      targets += bounds.size() > 1 ? 1 : 0;
      for (int i = 0; i < bounds.size(); i++) {
        exclude(each, bounds.get(i), excluded);
        for (int j = i + 1; j < bounds.size(); j++) {
          compare(each.target(), bounds.get(i), bounds.get(j), pairs, delays);
          checked.add(bounds.get(i).landmark().id() + " " + bounds.get(j).landmark().id());
        }
      }
    }
    List<Contradiction> contradictions =
        pairs.values().stream()
            .sorted(
                Comparator.comparingInt(Contradiction::hosts)
                    .reversed()
                    .thenComparing(Contradiction::first)
                    .thenComparing(Contradiction::second))
            .toList();
    List<LandmarkAudit.ImpossiblePair> impossible = new ArrayList<>();
    for (Contradiction each : contradictions) {
      Delay delay = delays.get(new Pair(each.first(), each.second()));
      impossible.add(
          new LandmarkAudit.ImpossiblePair(
              each.first(),
              each.second(),
              requireNonNull(delay),
              each.distanceKm(),
              each.limitKm()));
    }
    return new Result(
        targets,
        contradictions,
        alone(excluded.values()),
        LandmarkAudit.explain(impossible, Speed.OF_LIGHT, checked.size()));
  }

  private static void compare(
      TargetId target,
      Bound one,
      Bound other,
      Map<Pair, Contradiction> pairs,
      Map<Pair, Delay> delays) {
    double limit = one.atMost().kilometres() + other.atMost().kilometres();
    double distance = Ellipsoid.geodesic(one.landmark().position(), other.landmark().position());
    if (distance - 1e-9 <= limit * (1 + 0x1p-50)) {
      return;
    }
    Pair pair = new Pair(one.landmark().id(), other.landmark().id());
    Contradiction known = pairs.get(pair);
    if (known == null || distance - limit > known.distanceKm() - known.limitKm()) {
      delays.put(
          pair, Delay.ofMillis(one.roundTrip().milliseconds() + other.roundTrip().milliseconds()));
      int before = known == null ? 0 : known.hosts();
      pairs.put(
          pair,
          new Contradiction(pair.first(), pair.second(), before + 1, target, distance, limit));
    } else {
      pairs.put(
          pair,
          new Contradiction(
              known.first(),
              known.second(),
              known.hosts() + 1,
              known.host(),
              known.distanceKm(),
              known.limitKm()));
    }
  }

  private static void exclude(Measured each, Bound bound, Map<At, Exclusion> excluded) {
    Site declared = each.site();
    if (declared == null) {
      return;
    }
    Claim.Within claim = declared.circle();
    String site = declared.id();
    double distance =
        Ellipsoid.geodesic(bound.landmark().position(), claim.place())
            - claim.radius().kilometres();
    double limit = bound.atMost().kilometres();
    if (distance - 1e-9 <= limit) {
      return;
    }
    excluded.merge(
        new At(bound.landmark().id(), site),
        new Exclusion(bound.landmark().id(), site, 1, limit, distance, true),
        (a, b) -> {
          Exclusion most = a.distanceKm() - a.boundKm() >= b.distanceKm() - b.boundKm() ? a : b;
          return new Exclusion(
              a.landmark(), site, a.hosts() + b.hosts(), most.boundKm(), most.distanceKm(), true);
        });
  }

  /** Those of a site that several landmarks exclude are not alone. */
  private static List<Exclusion> alone(Collection<Exclusion> excluded) {
    Map<String, Integer> landmarks = new TreeMap<>();
    excluded.forEach(each -> landmarks.merge(each.site(), 1, Integer::sum));
    return excluded.stream()
        .map(each ->
            landmarks.getOrDefault(each.site(), 0) == 1
                ? each
                : new Exclusion(
                    each.landmark(),
                    each.site(),
                    each.hosts(),
                    each.boundKm(),
                    each.distanceKm(),
                    false))
        .sorted(Comparator.comparing(Exclusion::landmark).thenComparing(Exclusion::site))
        .toList();
  }
}
