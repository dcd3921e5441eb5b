package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Landmark;
import dev.holdfast.model.Position;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How long rounds take on a stage: the ways of the {@link DelayModel}, what queues add, and what
 * befalls ways and landmarks.
 */
final class StageNetwork {
  private static final double COLLUDING_MILLISECONDS = 0.8;
  private static final double QUEUE_MILLISECONDS = 0.2;
  private static final int CHALLENGES = 16;

  private final HonestLife.Network life;
  private final StageTime time;
  private final Chance chance;
  private final DelayModel delays;
  private final List<Landmark> landmarks;
  private final Map<String, Double> ways = new HashMap<>();
  private final Map<String, Longer> reroutes = new HashMap<>();
  private final Map<String, Longer> jams = new HashMap<>();
  private final Map<String, Longer> slow = new HashMap<>();
  private final Map<String, Integer> down = new HashMap<>();
  private @Nullable StageSite colluding;

  private record Longer(int until, double milliseconds) {}

  StageNetwork(long seed, HonestLife.Network life, StageTime time, List<Landmark> landmarks) {
    this.life = requireNonNull(life, "life");
    this.time = requireNonNull(time, "time");
    this.landmarks = List.copyOf(landmarks);
    chance = new Chance(seed);
    delays = new DelayModel(seed);
  }

  /** All landmarks, those first that are nearest to a place. */
  List<Landmark> nearest(Position place) {
    return landmarks.stream()
        .sorted(
            Comparator.comparingDouble(each -> delays.between(each.position(), place).kilometres()))
        .toList();
  }

  /** From now on the operator of the landmark nearest to a site lies for hosts that left it. */
  void collude(StageSite site) {
    colluding = requireNonNull(site, "site");
  }

  /** The ways of so many landmarks, the nearest to a site, are longer until a period. */
  void lengthen(StageSite site, int landmarks, int until, double milliseconds) {
    for (Landmark each : site.nearest.subList(0, landmarks)) {
      reroutes.put(way(each, site), new Longer(until, milliseconds));
    }
  }

  /** What befalls ways in this period. */
  void reroute(Collection<StageSite> sites, SplittableRandom random) {
    for (StageSite site : sites) {
      for (Landmark landmark : site.nearest) {
        if (StageTime.happens(random, life.reroutes())) {
          reroutes.put(
              way(landmark, site),
              new Longer(
                  time.until(24 * Chance.lognormal(random, life.rerouteDays(), 1)),
                  Chance.lognormal(random, life.rerouteMilliseconds(), 0.7)));
        }
      }
    }
  }

  /** What befalls landmarks, and all ways of a site at once, in this period. */
  void live(Collection<StageSite> sites) {
    SplittableRandom random = chance.of("network", Integer.toString(time.period()));
    for (StageSite site : sites) {
      if (StageTime.happens(random, life.jams())) {
        jams.put(
            site.id(),
            new Longer(
                time.until(Chance.lognormal(random, life.jamHours(), 0.7)),
                Chance.lognormal(random, life.jamMilliseconds(), 0.7)));
      }
    }
    for (Landmark landmark : landmarks) {
      String name = landmark.id().value();
      if (StageTime.happens(random, life.outages())) {
        down.put(name, time.until(Chance.lognormal(random, life.outageHours(), 1)));
      }
      if (StageTime.happens(random, life.slow())) {
        slow.put(
            name,
            new Longer(
                time.until(24 * Chance.lognormal(random, life.slowDays(), 0.7)),
                Chance.lognormal(random, life.slowMilliseconds(), 0.7)));
      }
    }
  }

  /** Whether a landmark measures at all. */
  boolean measures(Landmark landmark) {
    return time.period() >= down.getOrDefault(landmark.id().value(), 0);
  }

  /** The shortest of a round's challenges, in milliseconds. */
  double milliseconds(Landmark landmark, StageHost host, SplittableRandom random) {
    Position at = requireNonNull(host.at);
    StageSite lied = colluding;
    if (lied != null
        && host.site == lied
        && landmark.operator().equals(lied.nearest.getFirst().operator())
        && !at.equals(lied.site.position())) {
      return COLLUDING_MILLISECONDS + 0.1 * random.nextDouble();
    }
    double least =
        ways.computeIfAbsent(
            landmark.id().value() + " " + at,
            none -> delays.between(landmark.position(), at).leastNanoseconds() / 1e6);
    double mean = QUEUE_MILLISECONDS + more(jams, host.site.id());
    double queue = mean / CHALLENGES * -Math.log(1 - random.nextDouble());
    return least
        + queue
        + more(reroutes, way(landmark, host.site))
        + more(slow, landmark.id().value());
  }

  private double more(Map<String, Longer> what, String of) {
    Longer longer = what.get(of);
    return longer != null && time.period() < longer.until ? longer.milliseconds : 0;
  }

  private static String way(Landmark landmark, StageSite site) {
    return landmark.id().value() + " " + site.id();
  }
}
