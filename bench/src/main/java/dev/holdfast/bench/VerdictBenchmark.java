package dev.holdfast.bench;

import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.Judge;
import dev.holdfast.locate.Locator;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Speed;
import dev.holdfast.model.TargetId;
import dev.holdfast.model.Verdict;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Verdicts from measurements on one core, beside the bare distance computations that any verdict at
 * least takes: one geodesic from each landmark to the claimed place.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@org.openjdk.jmh.annotations.Measurement(iterations = 3, time = 2)
public class VerdictBenchmark {
  private static final int TARGETS = 2000;

  @Param({"10", "30", "100", "300"})
  int landmarks = 30;

  @Param({"within", "country", "excluded_country"})
  String claim = "country";

  private SimulatedWorld world = new SimulatedWorld(0, 0, 1);
  private Atlas atlas = atlas();
  private Locator locator = Locator.of(atlas, world.landmarks(), Settings.DEFAULT);
  private Verdict.Value[] values = {};
  private int next;

  private static Atlas atlas() {
    NaturalEarth earth = NaturalEarth.load();
    return Atlas.of(
        earth.map(),
        Destinations.of(earth.map(), Destinations.DEFAULT_GROUPS),
        Atlas.DEFAULT_MARGIN);
  }

  @Setup
  public void setUp() {
    world = new SimulatedWorld(landmarks, TARGETS, 20260301);
    locator = Locator.of(atlas, world.landmarks(), Settings.DEFAULT);
    values = new Verdict.Value[TARGETS];
    for (int i = 0; i < TARGETS; i++) {
      values[i] = judge(i).value(world.claim(claim, i));
    }
  }

  private Judge judge(int target) {
    List<Bound> bounds = locator.bounds(world.measurements(target), Speed.OF_LIGHT);
    return new Judge(atlas, bounds, 0);
  }

  private int turn() {
    next = (next + 1) % TARGETS;
    return next;
  }

  /** From measurements to a verdict. */
  @Benchmark
  public Verdict.Value verdict() {
    int target = turn();
    return judge(target).value(world.claim(claim, target));
  }

  /** The coalition of a verdict; undecided ones are passed over at no cost. */
  @Benchmark
  public List<OperatorId> verdictWithCoalition() {
    int target = turn();
    Claim asked = world.claim(claim, target);
    Judge judge = judge(target);
    Verdict.Value value = judge.value(asked);
    return value == Verdict.Value.UNPROVEN ? List.of() : judge.coalition(asked, value);
  }

  /** All that the command prints about one target. */
  @Benchmark
  public LocationReport report() {
    int target = turn();
    return locator.report(
        new TargetId("target"), world.measurements(target), List.of(world.claim(claim, target)));
  }

  /** The peer: one geodesic from each landmark. */
  @Benchmark
  public double bareDistances() {
    int target = turn();
    double sum = 0;
    for (Measurement measurement : world.measurements(target)) {
      Landmark landmark = world.landmarks().get(measurement.landmark());
      if (landmark != null) {
        sum += SimulatedWorld.distance(landmark.position(), world.place(target));
      }
    }
    return sum;
  }
}
