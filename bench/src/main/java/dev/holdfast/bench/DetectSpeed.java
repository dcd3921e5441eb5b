package dev.holdfast.bench;

import dev.holdfast.detect.Watch;
import dev.holdfast.detect.WatchTerms;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.model.Evidence;
import dev.holdfast.sim.Stage;
import dev.holdfast.sim.StageSettings;
import dev.holdfast.sim.Story;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many pieces of evidence a second one core folds in the watch for diversion, and how much of
 * the heap the watch keeps for a chip.
 *
 * <p>Arguments: the number of chips, of days and of turns. What an honest simulated fleet of two
 * sites tells is made before and lies in memory; each turn has a new watch take all of it in, the
 * first day, in which all is new, apart, ticks included. Then each kind of evidence is folded alone
 * among the others, by its share of the time. What is kept is what the heap holds more, after a
 * collection, for a watch that took in the same while it was made; nothing else holds the evidence
 * then. {@code -XX:+UseSerialGC} makes the heap exact.
 */
public final class DetectSpeed {
  private static final int SITES = 2;
  private static final long SEED = 1;
  private static final int WARM_UP = 5;

  private final Atlas atlas;
  private final StageSettings settings;

  private DetectSpeed(StageSettings settings) {
    this.settings = settings;
    NaturalEarth earth = NaturalEarth.load();
    atlas =
        Atlas.of(
            earth.map(),
            Destinations.of(earth.map(), Destinations.DEFAULT_GROUPS),
            Atlas.DEFAULT_MARGIN);
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException {
    int chips = Integer.parseInt(arguments[0]);
    int days = Integer.parseInt(arguments[1]);
    int turns = Integer.parseInt(arguments[2]);
    System.out.println(Machine.describe(Path.of(".")));
    int hosts = chips / SITES / StageSettings.CHIPS;
    DetectSpeed speed =
        new DetectSpeed(new StageSettings(SEED, SITES, hosts, days, true, Set.of(), 1));
    speed.keep(SITES * hosts * StageSettings.CHIPS);
    speed.fold(turns);
  }

  private Watch watch() {
    return new Watch(WatchTerms.USUAL, atlas);
  }

  private void play(Stage.Audience audience) {
    var _ = new Stage(settings, Story.carried("honest")).play(audience);
  }

  // ---- what is kept

  private void keep(int chips) {
    // Once before, so that what is loaded by the way is not counted.
    Watch warm = taughtWatch();
    long with = heap();
    if (warm.tick(Stage.START).next().isEmpty()) {
      throw new IllegalStateException("the watch waits for nothing");
    }
    warm = watch();
    long without = heap();
    System.out.printf(
        Locale.ROOT, "%,d chips: %,d octets of heap for each%n", chips, (with - without) / chips);
    if (warm.tick(Stage.START).next().isPresent()) {
      throw new IllegalStateException("a new watch waits for something");
    }
  }

  private Watch taughtWatch() {
    Watch watch = watch();
    play(
        new Stage.Audience() {
          private long index;

          @Override
          public void hear(Evidence evidence) {
            var _ = watch.apply(evidence, index++);
          }

          @Override
          public void tick(Instant at) {
            var _ = watch.tick(at);
          }
        });
    return watch;
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    // The serial collector leaves dead objects at the bottom of the heap, but each fourth time.
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  // ---- how fast

  private void fold(int turns) throws IOException {
    List<Object> told = new ArrayList<>();
    play(
        new Stage.Audience() {
          @Override
          public void hear(Evidence evidence) {
            told.add(evidence);
          }

          @Override
          public void tick(Instant at) {
            told.add(at);
          }
        });
    int known = firstDay(told);
    System.out.printf(
        Locale.ROOT,
        "%,d pieces of evidence and ticks, %,d of them in the first day, while all is new%n",
        told.size(),
        known);
    double[] rates = new double[turns];
    for (int i = -WARM_UP; i < turns; i++) {
      Watch watch = watch();
      Rate first = turn(watch, told.subList(0, known));
      Rate then = turn(watch, told.subList(known, told.size()));
      if (i >= 0) {
        rates[i] = then.processor();
        System.out.printf(
            Locale.ROOT,
            "%3d  first day %,9.0f folds a second of processor time; then %,9.0f,"
                + " %,9.0f by the clock%n",
            i + 1,
            first.processor(),
            then.processor(),
            then.clock());
      }
    }
    Arrays.sort(rates);
    System.out.printf(
        Locale.ROOT, "median %,.0f folds a second of processor time%n", rates[turns / 2]);
    shares(told, known);
  }

  private static int firstDay(List<Object> told) {
    int known = 0;
    while (!told.get(known).equals(Stage.START.plus(Duration.ofDays(1)))) {
      known++;
    }
    return known + 1;
  }

  /** Folds a second. */
  private record Rate(double processor, double clock) {}

  private static Rate turn(Watch watch, List<Object> told) throws IOException {
    long process = ProcessHandle.current().pid();
    long start = System.nanoTime();
    long ran = Machine.processorTime(process);
    long index = 0;
    int findings = 0;
    for (Object each : told) {
      findings += step(watch, each, index++).findings().size();
    }
    if (findings > told.size()) {
      throw new IllegalStateException("more findings than evidence");
    }
    return new Rate(
        told.size() * 1e9 / (Machine.processorTime(process) - ran),
        told.size() * 1e9 / (System.nanoTime() - start));
  }

  private static Watch.Step step(Watch watch, Object told, long index) {
    return told instanceof Evidence evidence
        ? watch.apply(evidence, index)
        : watch.tick((Instant) told);
  }

  /** Of one more turn, what each kind took after the first day, the clock's own time included. */
  private void shares(List<Object> told, int known) {
    Map<String, long[]> times = new TreeMap<>();
    Watch watch = watch();
    long index = 0;
    for (Object each : told) {
      long start = System.nanoTime();
      int findings = step(watch, each, index).findings().size();
      long took = System.nanoTime() - start;
      if (index++ >= known) {
        long[] sum =
            times.computeIfAbsent(
                each instanceof Evidence ? each.getClass().getSimpleName() : "tick",
                none -> new long[3]);
        sum[0]++;
        sum[1] += took;
        sum[2] += findings;
      }
    }
    times.forEach((kind, sum) ->
        System.out.printf(
            Locale.ROOT,
            "%-12s %,10d of them, %,11.0f ns each, %,8.1f ms, %d findings%n",
            kind,
            sum[0],
            (double) sum[1] / sum[0],
            sum[1] / 1e6,
            sum[2]));
  }
}
