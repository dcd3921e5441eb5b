package dev.holdfast.locate;

import dev.holdfast.model.Bound;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Speed;
import dev.holdfast.model.TargetId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes places, landmarks and delays from a seed: the same seed, the same worlds. */
final class Worlds {
  static final TargetId TARGET = new TargetId("target");

  private static final double[] AWKWARD_LATITUDES = {
    -90, -89.999999, -45, 0, 1e-9, 45, 89.9999, 90
  };
  private static final double[] AWKWARD_LONGITUDES = {
    -180, -179.999999, -135, -90, -45, 0, 1e-9, 45, 90, 135, 179.999999, 180
  };

  final SplittableRandom random;

  Worlds(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Where everything is, and what was measured of a target that is at {@code truth}. */
  record World(Position truth, Map<LandmarkId, Landmark> landmarks, List<Measurement> rows) {
    List<Bound> bounds() {
      return Locator.of(Maps.DEFAULT, landmarks, Settings.DEFAULT).bounds(rows, Speed.OF_LIGHT);
    }

    Set<OperatorId> operators() {
      Set<OperatorId> operators = new TreeSet<>();
      landmarks.values().forEach(landmark -> operators.add(landmark.operator()));
      return operators;
    }
  }

  /** Evenly over the sphere of normals. */
  Position anywhere() {
    return new Position(
        Math.toDegrees(Math.asin(random.nextDouble(-1, 1))), random.nextDouble(-180, 180));
  }

  /** A pole, the equator, the antimeridian, the seams of the faces, or close to these. */
  Position awkward() {
    double latitude =
        random.nextBoolean()
            ? AWKWARD_LATITUDES[random.nextInt(AWKWARD_LATITUDES.length)]
            : random.nextDouble(-90, 90);
    double longitude =
        random.nextInt(3) > 0
            ? AWKWARD_LONGITUDES[random.nextInt(AWKWARD_LONGITUDES.length)]
            : random.nextDouble(-180, 180);
    return new Position(latitude, longitude);
  }

  /** So far from a place, in any direction. */
  Position away(Position from, double kilometres) {
    return Ellipsoid.destination(from, random.nextDouble(360), kilometres);
  }

  /** Within so many kilometres of a place. */
  Position around(Position from, double kilometres) {
    return away(from, kilometres * Math.sqrt(random.nextDouble()));
  }

  /** Close to some border or coast of the map, up to so many kilometres off. */
  Position nearBorder(double kilometres) {
    return around(onBorder(), kilometres);
  }

  /** A corner of some border or coast; borders between two units as often as coasts. */
  Position onBorder() {
    List<BorderMap.Arc> arcs = Maps.EARTH.map().arcs();
    boolean onLand = random.nextBoolean();
    while (true) {
      BorderMap.Arc arc = arcs.get(random.nextInt(arcs.size()));
      if (arc.owners().length > 1 == onLand) {
        int point = random.nextInt(arc.latitudes().length);
        return new Position(arc.latitudes()[point], arc.longitudes()[point]);
      }
    }
  }

  /** A size between two limits, every order of magnitude as likely. */
  double logarithmic(double least, double most) {
    return least * Math.pow(most / least, random.nextDouble());
  }

  /** Where a target may be: land, sea, borders, poles, antimeridian. */
  Position truth() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> anywhere();
      case 2 -> awkward();
      case 3, 4 -> nearBorder(5);
      case 5, 6 -> nearBorder(100);
      default -> nearBorder(0.3);
    };
  }

  /** An honest world: no answer came faster than light, landmarks are as near as they say. */
  World honest() {
    return honest(truth(), 1 + random.nextInt(random.nextInt(3) == 0 ? 20 : 6));
  }

  /** An honest world with a target at a place. */
  World honest(Position truth, int count) {
    Map<LandmarkId, Landmark> landmarks = new HashMap<>();
    List<Measurement> rows = new ArrayList<>();
    int operators = random.nextBoolean() ? count : 1 + random.nextInt(count);
    int layout = random.nextInt(6);
    Position cluster = layout == 1 ? anywhere() : truth;
    double spread = logarithmic(20, 3000);
    // An answer as fast as light itself leaves regions without an inside; some are enough.
    boolean exact = random.nextInt(16) == 0;
    double excess = exact || random.nextBoolean() ? 0 : random.nextDouble(1.5);
    double extra = exact ? 0 : logarithmic(0.001, 15);
    for (int i = 0; i < count; i++) {
      Position real =
          switch (layout) {
            case 0 -> anywhere();
            case 1, 2, 3 -> around(cluster, spread);
            case 4 -> random.nextBoolean() ? anywhere() : around(truth, 300);
            default -> random.nextBoolean() ? awkward() : away(truth, logarithmic(0.01, 20_000));
          };
      double uncertainty = random.nextInt(3) == 0 ? logarithmic(0.001, 200) : 0;
      Position stated = uncertainty == 0 ? real : away(real, random.nextDouble() * uncertainty);
      String operator = operators == count ? "L" + i : "operator " + random.nextInt(operators);
      Landmark landmark =
          new Landmark(
              new LandmarkId("L" + i),
              stated,
              new OperatorId(operator),
              // GeographicLib's own rounding, which the displaced place has in it.
              Distance.ofKilometres(uncertainty == 0 ? 0 : uncertainty + 1e-9));
      landmarks.put(landmark.id(), landmark);
      double least =
          2 * Ellipsoid.geodesic(real, truth) / Speed.OF_LIGHT.kilometresPerMillisecond();
      int rowCount = random.nextInt(4) == 0 ? 2 : 1;
      for (int j = 0; j < rowCount; j++) {
        double delay =
            least * (1 + excess * random.nextDouble()) + extra * random.nextDouble() + j * extra;
        rows.add(row(landmark.id(), delay, null));
      }
    }
    return new World(truth, landmarks, rows);
  }

  /** The same world after some operators have told lies of any kind. */
  World corrupted(World world, int liars) {
    List<OperatorId> operators = new ArrayList<>(world.operators());
    Collections.shuffle(operators, new Random(random.nextLong()));
    Set<OperatorId> lying = new HashSet<>(operators.subList(0, Math.min(liars, operators.size())));
    Map<LandmarkId, Landmark> landmarks = new HashMap<>(world.landmarks());
    List<Measurement> rows = new ArrayList<>();
    boolean sameStory = random.nextBoolean();
    Position story = truth();
    landmarks.replaceAll((id, landmark) ->
        lying.contains(landmark.operator()) && random.nextBoolean()
            ? new Landmark(
                id,
                random.nextBoolean() ? anywhere() : around(story, 500),
                landmark.operator(),
                landmark.uncertainty())
            : landmark);
    for (Measurement row : world.rows()) {
      Landmark landmark = landmarks.get(row.landmark());
      if (landmark == null || !lying.contains(landmark.operator())) {
        rows.add(row);
      } else {
        double pretended =
            2
                * Ellipsoid.geodesic(landmark.position(), story)
                / Speed.OF_LIGHT.kilometresPerMillisecond();
        rows.add(
            row(
                row.landmark(),
                sameStory ? pretended * random.nextDouble(1, 1.2) : random.nextDouble(200),
                null));
      }
    }
    return new World(world.truth(), landmarks, rows);
  }

  /** The same rows, each delay as it is or greater. */
  World delayed(World world) {
    double most = logarithmic(0.001, 60);
    List<Measurement> rows = new ArrayList<>();
    boolean all = random.nextBoolean();
    for (Measurement row : world.rows()) {
      double added = all || random.nextInt(3) == 0 ? most * random.nextDouble() : 0;
      rows.add(row(row.landmark(), row.roundTrip().milliseconds() + added, row.measuredAt()));
    }
    return new World(world.truth(), world.landmarks(), rows);
  }

  static Measurement row(
      LandmarkId landmark, double milliseconds, java.time.@Nullable Instant measuredAt) {
    return new Measurement(landmark, TARGET, Delay.ofMillis(milliseconds), measuredAt);
  }

  static Measurement row(String landmark, double milliseconds) {
    return row(new LandmarkId(landmark), milliseconds, null);
  }

  /** The least delay that a target so far away can have, and a hair more. */
  static double delayOver(double kilometres) {
    return 2 * kilometres / Speed.OF_LIGHT.kilometresPerMillisecond();
  }

  static Map<LandmarkId, Landmark> byId(Landmark... landmarks) {
    Map<LandmarkId, Landmark> byId = new HashMap<>();
    for (Landmark landmark : landmarks) {
      byId.put(landmark.id(), landmark);
    }
    return byId;
  }

  /** A bound as such, without a delay that it came from. */
  static Bound bound(String id, String operator, Position at, double kilometres) {
    return new Bound(
        new Landmark(new LandmarkId(id), at, new OperatorId(operator), Distance.ZERO),
        Distance.ofKilometres(kilometres),
        Delay.ofMillis(delayOver(kilometres)),
        0);
  }

  static Bound bound(String id, double latitude, double longitude, double kilometres) {
    return bound(id, id, new Position(latitude, longitude), kilometres);
  }
}
