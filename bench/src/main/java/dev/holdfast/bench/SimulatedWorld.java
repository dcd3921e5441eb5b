package dev.holdfast.bench;

import dev.holdfast.model.Claim;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Position;
import dev.holdfast.model.TargetId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.sf.geographiclib.Geodesic;

/**
 * Simulated landmarks and targets in Europe, from a fixed seed: what every measurement of this room
 * works on.
 *
 * <p>A delay is the geodesic at 100 to 160 km/ms of round trip over two, plus 0.3 to 3 ms of
 * access: the spread that real anchor meshes show.
 */
public final class SimulatedWorld {
  private static final String[] COUNTRIES = {
    "FR", "DE", "ES", "PL", "IT", "CN", "GB", "MY", "NL", "SG"
  };

  private final Map<LandmarkId, Landmark> landmarks = new HashMap<>();
  private final List<Position> places = new ArrayList<>();
  private final List<List<Measurement>> measurements = new ArrayList<>();

  public SimulatedWorld(int landmarkCount, int targetCount, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < landmarkCount; i++) {
      Landmark landmark =
          Landmark.of("landmark-" + i, random.nextDouble(36, 60), random.nextDouble(-9, 30));
      landmarks.put(landmark.id(), landmark);
    }
    List<Landmark> ordered =
        landmarks.values().stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
    for (int i = 0; i < targetCount; i++) {
      Position place = new Position(random.nextDouble(38, 56), random.nextDouble(-5, 26));
      TargetId target = new TargetId("target-" + i);
      List<Measurement> rows = new ArrayList<>();
      for (Landmark landmark : ordered) {
        double kilometres = distance(landmark.position(), place);
        double delay = 2 * kilometres / random.nextDouble(100, 160) + random.nextDouble(0.3, 3);
        rows.add(new Measurement(landmark.id(), target, Delay.ofMillis(delay), null));
      }
      places.add(place);
      measurements.add(rows);
    }
  }

  public Map<LandmarkId, Landmark> landmarks() {
    return landmarks;
  }

  public int targets() {
    return places.size();
  }

  public List<Measurement> measurements(int target) {
    return measurements.get(target);
  }

  /** A claim of a kind about a target: true or false, near or far, by turns. */
  public Claim claim(String kind, int target) {
    String country = COUNTRIES[target % COUNTRIES.length];
    return switch (kind) {
      case "country" -> new Claim.Inside(country);
      case "excluded_country" -> new Claim.Outside(country);
      case "within" -> {
        Position place = places.get((target + target % 3) % places.size());
        yield new Claim.Within(place, Distance.ofKilometres(50 + 100.0 * (target % 7)));
      }
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** The bare distance, by the library that is the oracle of the tests, km. */
  public static double distance(Position a, Position b) {
    return Geodesic.WGS84.Inverse(a.latitude(), a.longitude(), b.latitude(), b.longitude()).s12
        / 1000;
  }

  public Position place(int target) {
    return places.get(target);
  }
}
