package dev.holdfast.detect;

import dev.holdfast.locate.Geodesics;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Position;
import dev.holdfast.model.Speed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What follows from single rounds without a look at the whole region: cheap, sound, and not all
 * that follows. Distances are rounded against what is concluded.
 */
final class PlaceMath {
  /** A bound grows by so much for each second that lies between two rounds: a jet. */
  static final double KILOMETRES_A_SECOND = 0.3;

  /** What distances on the ellipsoid may be wrong by, with room. */
  private static final double ROUNDING = 0.01;

  /** Below a(1 - e²) = 6335.44 km, the meridian's radius at the equator. */
  private static final double LEAST_CURVED = 6335.3;

  /** Above a²/b = 6399.59 km, every radius at the poles. */
  private static final double MOST_CURVED = 6399.7;

  private PlaceMath() {}

  /** How far from the landmark's stated position the key was at most, in kilometres. */
  static double bound(KeptRound round) {
    return round.milliseconds() / 2 * Speed.OF_LIGHT.kilometresPerMillisecond()
        + round.landmark().uncertainty().kilometres()
        + ROUNDING;
  }

  /** The rounds that no key at the declared site could have answered. */
  static List<KeptRound> excluding(Declared declared, List<KeptRound> rounds) {
    List<KeptRound> excluding = new ArrayList<>(0);
    for (KeptRound each : rounds) {
      if (isFarther(
          each.landmark().position(),
          declared.place(),
          bound(each) + declared.radius().kilometres() + ROUNDING)) {
        excluding.add(each);
      }
    }
    return excluding;
  }

  /** How many operators stand behind rounds. */
  static int operators(List<KeptRound> rounds) {
    return (int) rounds.stream().map(each -> each.landmark().operator()).distinct().count();
  }

  /**
   * Rounds that no one place could have answered, as pairs that share no operator: so many
   * operators would have to lie.
   */
  static List<List<KeptRound>> contradictions(List<KeptRound> rounds) {
    List<List<KeptRound>> pairs = new ArrayList<>();
    Set<String> used = new TreeSet<>();
    for (int i = 0; i < rounds.size(); i++) {
      for (int j = i + 1; j < rounds.size(); j++) {
        String one = rounds.get(i).landmark().operator().value();
        String other = rounds.get(j).landmark().operator().value();
        if (!used.contains(one)
            && !used.contains(other)
            && disjoint(rounds.get(i), rounds.get(j))) {
          used.add(one);
          used.add(other);
          pairs.add(List.of(rounds.get(i), rounds.get(j)));
        }
      }
    }
    return pairs;
  }

  private static boolean disjoint(KeptRound a, KeptRound b) {
    double apart = Duration.between(a.measuredAt(), b.measuredAt()).abs().toMillis() / 1e3;
    return isFarther(
        a.landmark().position(),
        b.landmark().position(),
        bound(a) + bound(b) + apart * KILOMETRES_A_SECOND + ROUNDING);
  }

  /**
   * Whether two places are farther apart than so many kilometres. The ellipsoid of WGS84 curves
   * with radii between {@value #LEAST_CURVED} and {@value #MOST_CURVED} km, so the angle on a
   * sphere of the same latitudes settles most questions; the geodesic is asked for the rest.
   */
  static boolean isFarther(Position one, Position other, double kilometres) {
    double first = Math.toRadians(one.latitude());
    double second = Math.toRadians(other.latitude());
    double north = Math.sin((second - first) / 2);
    double east = Math.sin(Math.toRadians(other.longitude() - one.longitude()) / 2);
    double haversine = north * north + Math.cos(first) * Math.cos(second) * east * east;
    if (haversine <= haversine(kilometres / MOST_CURVED)) {
      return false;
    }
    return haversine > haversine(kilometres / LEAST_CURVED)
        || Geodesics.kilometres(one, other) > kilometres;
  }

  /** Of an angle; above every other where there is no such angle. */
  private static double haversine(double angle) {
    if (angle >= Math.PI) {
      return 2;
    }
    double sine = Math.sin(angle / 2);
    return sine * sine;
  }
}
