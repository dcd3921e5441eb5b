package dev.holdfast.locate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import dev.holdfast.model.Advice;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Speed;
import dev.holdfast.model.TargetId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CalibrationTest {
  private static final Position TARGET = new Position(48.2, 11.4);

  private final World world = World.around(48, 11, 30);
  private final Calibration calibration = world.calibration();

  @Test
  void a_target_among_the_landmarks_is_found() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20; i++) {
      Position truth = new Position(46.5 + 3 * random.nextDouble(), 9 + 4 * random.nextDouble());
      Advice advice = calibration.advise(world.bounds(truth), truth);
      assertThat(Ellipsoid.geodesic(centre(advice), truth)).isLessThan(120);
      assertThat(score(advice)).isBetween(0.0, 1.2);
    }
  }

  @Test
  void nine_of_ten_targets_are_within_the_radius() {
    SplittableRandom random = new SplittableRandom(6);
    int inside = 0;
    for (int i = 0; i < 100; i++) {
      Position truth = new Position(45.5 + 5 * random.nextDouble(), 8 + 6 * random.nextDouble());
      Advice advice = calibration.advise(world.bounds(truth), null);
      double radius = requireNonNull(advice.radius90Km());
      inside += Ellipsoid.geodesic(centre(advice), truth) <= radius ? 1 : 0;
    }
    assertThat(inside).isGreaterThanOrEqualTo(80);
  }

  @Test
  void advice_says_how_many_landmarks_it_rests_on() {
    assertThat(calibration.advise(world.bounds(TARGET), null).basis())
        .isEqualTo(Reason.of("advice.calibrated", "30"));
  }

  @Test
  void nothing_is_scored_without_a_claimed_place() {
    Advice advice = calibration.advise(world.bounds(TARGET), null);
    assertThat(advice.score()).isNull();
    assertThat(advice.centre()).isNotNull();
    assertThat(advice.radius90Km()).isNotNull();
  }

  @Test
  void the_score_grows_with_the_distance_of_the_claim() {
    List<Bound> bounds = world.bounds(TARGET);
    Position centre = centre(calibration.advise(bounds, null));
    for (int azimuth = 0; azimuth < 360; azimuth += 45) {
      double before = 0;
      for (double distance : new double[] {60, 150, 400, 1_000, 3_000, 8_000, 19_000}) {
        Position claimed = Ellipsoid.destination(centre, azimuth, distance);
        double score = score(calibration.advise(bounds, claimed));
        assertThat(score).as("%s degrees, %s km", azimuth, distance).isGreaterThan(before);
        before = score;
      }
      assertThat(before).isGreaterThan(2);
    }
  }

  @Test
  void the_order_of_what_is_given_does_not_matter() {
    List<Measurement> mesh = new ArrayList<>(world.mesh);
    List<Bound> bounds = new ArrayList<>(world.bounds(TARGET));
    Advice expected = calibration.advise(bounds, TARGET);
    Random random = new Random(3);
    for (int i = 0; i < 3; i++) {
      Collections.shuffle(mesh, random);
      Collections.shuffle(bounds, random);
      Map<LandmarkId, Landmark> reversed = new LinkedHashMap<>();
      world.landmarks.keySet().stream()
          .sorted(Collections.reverseOrder())
          .forEach(id -> reversed.put(id, requireNonNull(world.landmarks.get(id))));
      assertThat(Calibration.of(reversed, mesh).orElseThrow().advise(bounds, TARGET))
          .isEqualTo(expected);
    }
  }

  @Test
  void repetition_and_longer_delays_of_the_same_pair_do_not_matter() {
    List<Measurement> mesh = new ArrayList<>(world.mesh);
    mesh.addAll(world.mesh);
    for (Measurement row : world.mesh) {
      Delay longer = Delay.ofMillis(row.roundTrip().milliseconds() * 1.5);
      mesh.add(
          new Measurement(
              new LandmarkId(row.target().value()),
              new TargetId(row.landmark().value()),
              longer,
              null));
    }
    List<Bound> bounds = new ArrayList<>(world.bounds(TARGET));
    Advice expected = calibration.advise(bounds, TARGET);
    for (Bound bound : List.copyOf(bounds)) {
      bounds.add(World.bound(bound.landmark(), bound.roundTrip().milliseconds() * 2));
    }
    assertThat(Calibration.of(world.landmarks, mesh).orElseThrow().advise(bounds, TARGET))
        .isEqualTo(expected);
  }

  @Test
  void too_little_mesh_is_no_basis() {
    assertThat(Calibration.of(Map.of(), List.of())).isEmpty();
    assertThat(Calibration.of(world.landmarks, List.of())).isEmpty();
    assertThat(Calibration.of(world.landmarks, world.mesh.subList(0, 19))).isEmpty();
    World seven = World.around(48, 11, 7);
    assertThat(Calibration.of(seven.landmarks, seven.mesh)).isEmpty();
    List<Measurement> withThemselves = new ArrayList<>();
    List<Measurement> withStrangers = new ArrayList<>();
    for (LandmarkId id : world.landmarks.keySet()) {
      withThemselves.add(new Measurement(id, new TargetId(id.value()), Delay.ofMillis(1), null));
      withStrangers.add(new Measurement(id, new TargetId("stranger"), Delay.ofMillis(1), null));
    }
    assertThat(Calibration.of(world.landmarks, withThemselves)).isEmpty();
    assertThat(Calibration.of(world.landmarks, withStrangers)).isEmpty();
  }

  @Test
  void a_sparse_mesh_gives_an_estimate_but_neither_radius_nor_score() {
    // Each row of three landmarks has two pairs, so nobody is left with three delays.
    World many = World.around(48, 11, 60);
    List<LandmarkId> ids = many.landmarks.keySet().stream().sorted().toList();
    List<Measurement> mesh =
        many.mesh.stream()
            .filter(row -> {
              int one = ids.indexOf(row.landmark());
              int other = ids.indexOf(new LandmarkId(row.target().value()));
              return one / 3 == other / 3;
            })
            .toList();
    Advice advice =
        Calibration.of(many.landmarks, mesh).orElseThrow().advise(many.bounds(TARGET), TARGET);
    assertThat(advice.centre()).isNotNull();
    assertThat(advice.radius90Km()).isNull();
    assertThat(advice.score()).isNull();
  }

  @Test
  void landmarks_that_the_calibration_does_not_know_are_ignored() {
    List<Bound> bounds = new ArrayList<>(world.bounds(TARGET));
    Advice expected = calibration.advise(bounds, TARGET);
    bounds.add(World.bound(Landmark.of("stranger", -33, 151), 0.5));
    assertThat(calibration.advise(bounds, TARGET)).isEqualTo(expected);
    Advice none =
        calibration.advise(
            List.of(
                bounds.getFirst(), bounds.get(1), World.bound(Landmark.of("stranger", 48, 11), 1)),
            TARGET);
    assertThat(none).isEqualTo(new Advice(null, null, null, Reason.of("advice.too-few")));
    assertThat(calibration.advise(List.of(), TARGET)).isEqualTo(none);
  }

  @Test
  void a_landmark_outside_the_mesh_helps_by_its_delay_alone() {
    Map<LandmarkId, Landmark> landmarks = new HashMap<>(world.landmarks);
    Landmark beside = Landmark.of("beside", TARGET.latitude(), TARGET.longitude() + 0.1);
    landmarks.put(beside.id(), beside);
    Calibration wider = Calibration.of(landmarks, world.mesh).orElseThrow();
    List<Bound> bounds = new ArrayList<>(world.bounds(TARGET));
    assertThat(wider.advise(bounds, TARGET)).isEqualTo(calibration.advise(bounds, TARGET));
    bounds.add(World.bound(beside, 0.4));
    Advice advice = wider.advise(bounds, TARGET);
    assertThat(Ellipsoid.geodesic(centre(advice), TARGET)).isLessThan(30);
    assertThat(advice.basis()).isEqualTo(Reason.of("advice.calibrated", "30"));
  }

  @Test
  void delays_of_zero_are_borne() {
    List<Measurement> mesh = new ArrayList<>();
    for (Measurement row : world.mesh) {
      boolean zero = mesh.size() % 5 == 0;
      mesh.add(zero ? new Measurement(row.landmark(), row.target(), Delay.ofMillis(0), null) : row);
    }
    List<Bound> bounds =
        world.bounds(TARGET).stream().map(bound -> World.bound(bound.landmark(), 0)).toList();
    for (List<Measurement> each : List.of(mesh, world.mesh)) {
      Advice advice = Calibration.of(world.landmarks, each).orElseThrow().advise(bounds, TARGET);
      assertThat(centre(advice)).isNotNull();
      assertThat(requireNonNull(advice.radius90Km())).isFinite();
      assertThat(score(advice)).isFinite();
    }
  }

  @Test
  void delays_beyond_all_sense_are_borne() {
    List<Bound> bounds =
        world.bounds(TARGET).stream()
            .map(bound -> World.bound(bound.landmark(), Double.MAX_VALUE))
            .toList();
    Advice advice = calibration.advise(bounds, TARGET);
    assertThat(requireNonNull(advice.radius90Km())).isFinite();
    assertThat(score(advice)).isFinite();
  }

  @Test
  void landmarks_at_one_place_are_borne() {
    World heap = new World(new HashMap<>(), new SplittableRandom(1));
    for (int i = 0; i < 12; i++) {
      heap.add(i, new Position(48, 11));
    }
    heap.measure();
    Advice advice = heap.calibration().advise(heap.bounds(TARGET), TARGET);
    assertThat(Ellipsoid.geodesic(centre(advice), TARGET)).isLessThan(100);
    assertThat(score(advice)).isFinite();
  }

  @Test
  void the_date_line_is_not_special() {
    World there = World.around(48, 179.6, 30);
    Advice here = calibration.advise(world.bounds(TARGET), TARGET);
    Position beyond = new Position(48.2, 180);
    Advice advice = there.calibration().advise(there.bounds(beyond), beyond);
    assertThat(score(advice)).isCloseTo(score(here), within(1e-6));
    assertThat(Ellipsoid.geodesic(centre(advice), beyond))
        .isCloseTo(Ellipsoid.geodesic(centre(here), TARGET), within(1e-6));
    Position same = new Position(48.2, -180);
    assertThat(there.calibration().advise(there.bounds(same), same).score())
        .isCloseTo(advice.score(), within(1e-6));
  }

  @Test
  void the_poles_are_not_special() {
    for (double pole : new double[] {90, -90}) {
      World cap = new World(new HashMap<>(), new SplittableRandom(2));
      for (int i = 0; i < 24; i++) {
        cap.add(i, Ellipsoid.destination(new Position(pole, 0), 77 * i, 60 * i));
      }
      cap.measure();
      for (int azimuth = 0; azimuth < 360; azimuth += 90) {
        Position truth = Ellipsoid.destination(new Position(pole, 0), azimuth, 100);
        Advice advice = cap.calibration().advise(cap.bounds(truth), truth);
        assertThat(Ellipsoid.geodesic(centre(advice), truth)).isLessThan(150);
      }
    }
  }

  @Test
  void ten_thousand_landmarks_cost_no_square_of_memory() {
    World many = World.places(10_000);
    List<Measurement> mesh = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      for (int step : new int[] {1, 7, 31}) {
        mesh.add(many.measurement(i, (i + step) % 10_000));
      }
    }
    for (int i = 0; i < 50; i++) {
      for (int k = 0; k < i; k++) {
        mesh.add(many.measurement(200 * i, 200 * k));
      }
    }
    Calibration wide = Calibration.of(many.landmarks, mesh).orElseThrow();
    Advice advice = wide.advise(many.bounds(TARGET), TARGET);
    assertThat(advice.basis()).isEqualTo(Reason.of("advice.calibrated", "400"));
    assertThat(Ellipsoid.geodesic(centre(advice), TARGET)).isLessThan(150);
  }

  @Test
  void the_american_mesh_gives_the_values_of_the_reference() {
    Mesh mesh = Mesh.read("ripe_anchor_mesh_us_2024");
    Reference reference = mesh.leaveOut("6072");
    reference.is(43, 39.19337, -75.80637, 270.7899);
    reference.scores(0.63435, 1.09449, 3.10865);
    reference.isWithHeight(39.362046, -75.937625);
    Reference other = mesh.leaveOut("6549");
    other.is(43, 40.76755, -74.08835, 35.3790);
    other.scores(0.28212, 2.43166, 8.32272);
    other.isWithHeight(40.773519, -74.087138);
  }

  @Test
  void the_european_mesh_gives_the_values_of_the_reference() {
    Mesh mesh = Mesh.read("ripe_anchor_mesh_eu_2024");
    Reference reference = mesh.leaveOut("6618");
    reference.is(213, 47.33834, 9.33659, 100.7265);
    reference.scores(0.13985, 1.12417, 9.20792);
    reference.isWithHeight(47.328341, 9.393263);
    Reference other = mesh.leaveOut("6025");
    other.is(213, 48.9974, 7.32627, 181.3053);
    other.scores(0.30242, 0.68820, 3.43512);
    other.isWithHeight(48.749447, 6.657635);
  }

  @Test
  void heights_are_used_where_some_landmarks_have_slow_lines() {
    assertThat(World.around(48, 11, 40, 3).calibration().heightScale()).isPositive();
  }

  private static Position centre(Advice advice) {
    return requireNonNull(advice.centre());
  }

  private static double score(Advice advice) {
    return requireNonNull(advice.score());
  }

  /**
   * Landmarks whose delays are 1.2 to 2.2 times what light in fibre takes, and a little for the
   * access lines.
   */
  private record World(
      Map<LandmarkId, Landmark> landmarks,
      List<Measurement> mesh,
      SplittableRandom random,
      double slowLine) {
    World(Map<LandmarkId, Landmark> landmarks, SplittableRandom random) {
      this(landmarks, new ArrayList<>(), random, 0);
    }

    /** Places at random, the same ones about each middle, with all their pairs. */
    static World around(double latitude, double longitude, int count) {
      return around(latitude, longitude, count, 0);
    }

    /** The same where every other landmark has a slow line of so many milliseconds. */
    static World around(double latitude, double longitude, int count, double slowLine) {
      World world =
          new World(new HashMap<>(), new ArrayList<>(), new SplittableRandom(1), slowLine);
      for (int i = 0; i < count; i++) {
        double north = 4 * world.random.nextDouble() - 2;
        double east = 6 * world.random.nextDouble() - 3;
        double there = Math.IEEEremainder(longitude + east, 360);
        world.add(i, new Position(latitude + north, there));
      }
      world.measure();
      return world;
    }

    /** Places at random without any pair. */
    static World places(int count) {
      World world = new World(new HashMap<>(), new SplittableRandom(4));
      for (int i = 0; i < count; i++) {
        world.add(
            i,
            new Position(40 + 20 * world.random.nextDouble(), 40 * world.random.nextDouble() - 10));
      }
      return world;
    }

    static String name(int number) {
      return "landmark-" + number;
    }

    void add(int number, Position place) {
      Landmark landmark = Landmark.of(name(number), place.latitude(), place.longitude());
      landmarks.put(landmark.id(), landmark);
    }

    void measure() {
      for (int one = 0; one < landmarks.size(); one++) {
        for (int other = 0; other < one; other++) {
          mesh.add(measurement(one, other));
        }
      }
    }

    Measurement measurement(int one, int other) {
      Landmark from = landmark(one);
      Landmark to = landmark(other);
      long seed = 31L * Math.max(one, other) + Math.min(one, other);
      double delay = delay(from, to.position(), detour(seed)) + slowLine * (one % 2 + other % 2);
      return new Measurement(from.id(), new TargetId(name(other)), Delay.ofMillis(delay), null);
    }

    private Landmark landmark(int number) {
      return requireNonNull(landmarks.get(new LandmarkId(name(number))));
    }

    private static double detour(long seed) {
      return 1.2 + new SplittableRandom(seed).nextDouble();
    }

    private static double delay(Landmark landmark, Position place, double detour) {
      return 0.5 + detour * Ellipsoid.geodesic(landmark.position(), place) / 100;
    }

    Calibration calibration() {
      return Calibration.of(landmarks, mesh).orElseThrow();
    }

    List<Bound> bounds(Position target) {
      List<Bound> bounds = new ArrayList<>();
      for (int i = 0; i < landmarks.size(); i++) {
        bounds.add(bound(landmark(i), delay(landmark(i), target, detour(1_000_000 + i))));
      }
      return bounds;
    }

    static Bound bound(Landmark landmark, double delay) {
      return new Bound(
          landmark, Distance.ofKilometres(Math.min(20_100, delay * 150)), Delay.ofMillis(delay), 0);
    }
  }

  /** A target of a real mesh, judged by the others. */
  private record Reference(
      Calibration calibration, List<Bound> bounds, Position truth, int landmarks) {
    /** Without heights. */
    void is(int count, double latitude, double longitude, double spread) {
      AdviceEstimate estimate = calibration.estimate(bounds, 0).orElseThrow();
      assertThat(landmarks).isEqualTo(count);
      isAt(estimate, latitude, longitude);
      assertThat(estimate.spread()).isCloseTo(spread, within(1e-3));
    }

    void isWithHeight(double latitude, double longitude) {
      isAt(calibration.estimate(bounds, 0.6).orElseThrow(), latitude, longitude);
    }

    private static void isAt(AdviceEstimate estimate, double latitude, double longitude) {
      Position centre = AdviceSphere.position(estimate.centre());
      assertThat(centre.latitude()).isCloseTo(latitude, within(2e-5));
      assertThat(centre.longitude()).isCloseTo(longitude, within(2e-5));
    }

    /** Of the true place, of one a degree to the north, and of one five degrees to the east. */
    void scores(double here, double north, double east) {
      AdviceEstimate estimate = calibration.estimate(bounds, 0).orElseThrow();
      assertThat(raw(estimate, 0, 0)).isCloseTo(here, within(2e-5));
      assertThat(raw(estimate, 1, 0)).isCloseTo(north, within(2e-5));
      assertThat(raw(estimate, 0, 5)).isCloseTo(east, within(2e-5));
    }

    private double raw(AdviceEstimate estimate, double north, double east) {
      return estimate.rawScore(
          AdviceSphere.unitVector(
              new Position(truth.latitude() + north, truth.longitude() + east)));
    }
  }

  /** A mesh of real hosts; it is not part of the project. */
  private record Mesh(Map<LandmarkId, Landmark> landmarks, List<Measurement> rows) {
    static Mesh read(String name) {
      Path file =
          Path.of(
              System.getProperty("holdfast.shared", "../shared"), "data/rtt", name, "pairs.csv");
      assumeTrue(Files.exists(file), () -> "skipped, as there is no " + file);
      Mesh mesh = new Mesh(new HashMap<>(), new ArrayList<>());
      List<String> columns =
          List.of("src_id", "src_lat", "src_lon", "dst_id", "dst_lat", "dst_lon", "min_rtt_ms");
      try (InputStream in = Files.newInputStream(file);
          CsvReader reader = CsvReader.open(in, name, columns)) {
        for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
          mesh.rows.add(
              new Measurement(
                  mesh.landmark(row.get(), "src").id(),
                  new TargetId(mesh.landmark(row.get(), "dst").id().value()),
                  Delay.ofMillis(row.get().number("min_rtt_ms", 0, 1e6)),
                  null));
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      return mesh;
    }

    private Landmark landmark(CsvRow row, String end) {
      return landmarks.computeIfAbsent(
          new LandmarkId(row.required(end + "_id")),
          id ->
              Landmark.of(
                  id.value(),
                  row.number(end + "_lat", -90, 90),
                  row.number(end + "_lon", -180, 180)));
    }

    /** Calibrates without a target and without what an audit without it doubts. */
    Reference leaveOut(String name) {
      LandmarkId target = new LandmarkId(name);
      Map<LandmarkId, Landmark> trusted = new HashMap<>(landmarks);
      trusted.remove(target);
      LandmarkAudit.Result audit = LandmarkAudit.audit(trusted, rows, Speed.IN_FIBRE);
      trusted.keySet().removeAll(audit.doubted());
      List<Bound> bounds = new ArrayList<>();
      for (Measurement row : rows) {
        LandmarkId other = new LandmarkId(row.target().value());
        double delay = row.roundTrip().milliseconds();
        if (other.equals(target) && trusted.containsKey(row.landmark())) {
          bounds.add(World.bound(requireNonNull(trusted.get(row.landmark())), delay));
        } else if (row.landmark().equals(target) && trusted.containsKey(other)) {
          bounds.add(World.bound(requireNonNull(trusted.get(other)), delay));
        }
      }
      return new Reference(
          Calibration.of(trusted, rows).orElseThrow(),
          bounds,
          requireNonNull(landmarks.get(target)).position(),
          trusted.size());
    }
  }
}
