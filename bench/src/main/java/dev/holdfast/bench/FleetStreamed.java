package dev.holdfast.bench;

import dev.holdfast.detect.CaseBook;
import dev.holdfast.detect.Watch;
import dev.holdfast.detect.WatchTerms;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Finding;
import dev.holdfast.sim.Stage;
import dev.holdfast.sim.StageSettings;
import dev.holdfast.sim.Story;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * How long a large honest simulated fleet takes that is told and folded at once, nothing of it
 * being kept but what the stage and the watch remember.
 *
 * <p>Arguments: the number of chips and of days. Each line is a tick of two hours: what was told
 * until then, the time that it took with its telling, and the heap after it, which holds garbage.
 * The last line is the heap after a collection.
 */
public final class FleetStreamed {
  private static final int SITES = 7;
  private static final long SEED = 1;
  private static final double MEBIBYTE = 1 << 20;

  private FleetStreamed() {}

  /** What listens. */
  private static final class Folding implements Stage.Audience {
    private final CaseBook cases = new CaseBook();
    private final TreeMap<String, Integer> kinds = new TreeMap<>();
    private final Watch watch;
    private final long start = System.nanoTime();
    private long steps;

    private Folding(Watch watch) {
      this.watch = watch;
    }

    @Override
    public void hear(Evidence evidence) {
      take(watch.apply(evidence, steps++));
    }

    @Override
    public void tick(Instant at) {
      take(watch.tick(at));
      steps++;
      System.out.printf(
          Locale.ROOT,
          "%s  %,d told, %,.0f s by the clock, %,.0f MiB of heap%n",
          Duration.between(Stage.START, at),
          steps,
          (System.nanoTime() - start) / 1e9,
          used());
    }

    private void take(Watch.Step step) {
      for (Finding each : step.findings()) {
        kinds.merge(each.kind(), 1, Integer::sum);
        var _ = cases.add(each);
      }
    }
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException {
    int chips = Integer.parseInt(arguments[0]);
    int days = Integer.parseInt(arguments[1]);
    System.out.println(Machine.describe(Path.of(".")));
    int hosts = chips / SITES / StageSettings.CHIPS;
    NaturalEarth earth = NaturalEarth.load();
    Folding folding =
        new Folding(
            new Watch(
                WatchTerms.USUAL,
                Atlas.of(
                    earth.map(),
                    Destinations.of(earth.map(), Destinations.DEFAULT_GROUPS),
                    Atlas.DEFAULT_MARGIN)));
    Stage stage =
        new Stage(
            new StageSettings(SEED, SITES, hosts, days, true, Set.of(), 1),
            Story.carried("honest"));
    long before = Machine.processorTime(ProcessHandle.current().pid());
    Stage.Truth truth = stage.play(folding);
    long took = Machine.processorTime(ProcessHandle.current().pid()) - before;
    System.gc();
    System.out.printf(
        Locale.ROOT,
        "%,d chips for %d days: %,.0f s of processor time, %,.0f MiB of heap after a collection,"
            + " findings %s, %d cases, %,d chip days%n",
        SITES * hosts * StageSettings.CHIPS,
        days,
        took / 1e9,
        used(),
        folding.kinds,
        folding.cases.cases().size(),
        truth.chipDays());
    if (folding.watch.tick(Stage.START.plus(Duration.ofDays(days))).next().isEmpty()) {
      throw new IllegalStateException("the watch waits for nothing");
    }
  }

  private static double used() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / MEBIBYTE;
  }
}
