package dev.holdfast.cli;

import dev.holdfast.model.Claim;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The ghost data centre in small: a hall near Johor Bahru is installed, inspected, emptied, and its
 * host's key answers again from Shenzhen; an honest hall in Ireland has a slow network all the
 * while.
 *
 * <p>Every delay is simulated from the true place by {@link NetworkModel} with a fixed seed; only
 * the delays go to the locator, never the true place.
 */
final class DemoStory {
  /** One moment: what was measured then of one target, and what was claimed. */
  record Scene(
      String narration,
      Instant at,
      TargetId target,
      List<Measurement> measurements,
      List<Claim> claims) {}

  private static final long SEED = 20260302;

  private static final Position HALL = new Position(1.4655, 103.7578);
  private static final Position ELSEWHERE = new Position(22.5431, 114.0579);
  private static final Position IRISH_HALL = new Position(53.4055, -6.3726);

  private final Map<LandmarkId, Landmark> landmarks = new HashMap<>();
  private final NetworkModel network = new NetworkModel(new SplittableRandom(SEED));
  private final List<Scene> scenes = new ArrayList<>();

  DemoStory() {
    landmark("Singapore", 1.3521, 103.8198, "north");
    landmark("Kuala Lumpur", 3.1390, 101.6869, "north");
    landmark("Jakarta", -6.2088, 106.8456, "east");
    landmark("Ho Chi Minh City", 10.8231, 106.6297, "east");
    landmark("Hong Kong", 22.3193, 114.1694, "harbour");
    landmark("Taipei", 25.0330, 121.5654, "harbour");
    landmark("Tokyo", 35.6762, 139.6503, "east");
    landmark("Dublin", 53.3498, -6.2603, "atlantic");
    landmark("London", 51.5072, -0.1276, "atlantic");
    landmark("Amsterdam", 52.3676, 4.9041, "north");

    List<Claim> hall =
        List.of(
            new Claim.Within(HALL, Distance.ofKilometres(100)),
            new Claim.Inside("MY"),
            new Claim.Outside("CN"));
    scene("demo.installed", "2026-03-02T09:00:00Z", "johor-hall-2", HALL, 0, hall);
    scene("demo.inspected", "2026-05-11T03:30:00Z", "johor-hall-2", HALL, 0, hall);
    silent("demo.silent", "2026-06-03T00:00:00Z", "johor-hall-2", hall);
    scene("demo.elsewhere", "2026-06-20T14:10:00Z", "johor-hall-2", ELSEWHERE, 0, hall);
    scene("demo.delayed", "2026-06-21T14:10:00Z", "johor-hall-2", ELSEWHERE, 60, hall);
    scene(
        "demo.slow",
        "2026-06-21T15:00:00Z",
        "dublin-hall-1",
        IRISH_HALL,
        45,
        List.of(
            new Claim.Within(IRISH_HALL, Distance.ofKilometres(100)),
            new Claim.Inside("IE"),
            new Claim.Outside("CN")));
  }

  Map<LandmarkId, Landmark> landmarks() {
    return landmarks;
  }

  List<Scene> scenes() {
    return scenes;
  }

  private void landmark(String name, double latitude, double longitude, String operator) {
    Landmark landmark =
        new Landmark(
            new LandmarkId(name),
            new Position(latitude, longitude),
            new OperatorId(operator),
            Distance.ofKilometres(0.1));
    landmarks.put(landmark.id(), landmark);
  }

  private void scene(
      String narration,
      String at,
      String target,
      Position truth,
      double addedMillis,
      List<Claim> claims) {
    Instant moment = Instant.parse(at);
    TargetId id = new TargetId(target);
    List<Measurement> measurements = new ArrayList<>();
    landmarks.values().stream()
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .forEach(landmark ->
            measurements.add(
                new Measurement(
                    landmark.id(),
                    id,
                    network.leastRoundTrip(landmark.position(), truth, addedMillis),
                    moment.minusSeconds(measurements.size()))));
    scenes.add(new Scene(narration, moment, id, measurements, claims));
  }

  private void silent(String narration, String at, String target, List<Claim> claims) {
    scenes.add(new Scene(narration, Instant.parse(at), new TargetId(target), List.of(), claims));
  }
}
