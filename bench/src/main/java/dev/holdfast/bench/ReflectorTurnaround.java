package dev.holdfast.bench;

import dev.holdfast.probe.PeerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * How long our reflector takes to answer, beside one in C that does the same work: both in a
 * process of their own, both asked by the same client over loopback, in turn in short rounds, so
 * that what else the machine does hits both. The one that is not asked is held still.
 *
 * <p>Arguments, both optional: rounds, and questions in each.
 */
public final class ReflectorTurnaround {
  private static final int WARM_UP = 40_000;
  private static final int COLD = 1_000;

  /**
   * Questions at the beginning of a round that are not counted: a process that was held is cold.
   */
  private static final int LEAD = 50;

  private static final long SHORTEST_PAUSE = 50_000;
  private static final long LONGEST_PAUSE = 150_000;

  private final boolean pinned;
  private final Path program;
  private final int rounds;
  private final int questions;
  private final SplittableRandom random = new SplittableRandom(2);

  private ReflectorTurnaround(boolean pinned, Path program, int rounds, int questions) {
    this.pinned = pinned;
    this.program = program;
    this.rounds = rounds;
    this.questions = questions;
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    int questions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_500;
    System.out.println(Machine.describe(Path.of(System.getProperty("java.io.tmpdir"))));
    boolean pinned = Cores.takeFirst();
    try (CompiledReflector compiled = CompiledReflector.compile()) {
      if (compiled.program().isPresent()) {
        new ReflectorTurnaround(pinned, compiled.program().get(), rounds, questions).run();
      }
    }
  }

  private void run() throws IOException, InterruptedException {
    for (RunningReflector.Waiting waiting : RunningReflector.Waiting.values()) {
      try (ReflectorClient client = new ReflectorClient(false);
          RunningReflector ours =
              RunningReflector.ours(pinned, client.port(), waiting, BenchSessions.OF_ONE, 1);
          RunningReflector c =
              RunningReflector.c(pinned, program, client.port(), waiting, BenchSessions.OF_ONE)) {
        if (waiting == RunningReflector.Waiting.SLEEP) {
          System.out.printf(
              "%s; stamps of the %s; %d rounds of %,d questions, %d to %d us apart%n%n",
              Cores.describe(pinned),
              client.stamps().word(),
              rounds,
              questions,
              SHORTEST_PAUSE / 1_000,
              LONGEST_PAUSE / 1_000);
          System.out.println(
              "| waiting | packets | ours p50, p99 us | C p50, p99 us | p50 ours/C | aim"
                  + " | p99 ours/C | p50 ours/C, middle half of rounds | ours, first "
                  + COLD
                  + " without a pause, p50 us | unanswered ours, C |");
          System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        }
        c.pause();
        for (boolean keyed : new boolean[] {false, true}) {
          double cold = warmUp(client, ours.address(), keyed);
          Pair pair = new Pair();
          for (int i = 0; i < rounds; i++) {
            measure(client, ours, c, keyed, pair);
          }
          report(waiting, keyed, cold, pair);
        }
      }
    }
  }

  /** What was measured of the two. */
  private static final class Pair {
    final Histogram ours = new Histogram(4);
    final Histogram c = new Histogram(4);
    final List<Double> ratios = new ArrayList<>();
    long unansweredOurs;
    long unansweredC;
  }

  /** Lets the compiler of the other process do its work; the median of the first answers. */
  private static double warmUp(ReflectorClient client, PeerAddress to, boolean keyed) {
    Histogram cold = new Histogram(4);
    for (int i = 0; i < WARM_UP; i++) {
      long took = client.ask(to, keyed);
      if (i < COLD && took >= 0) {
        cold.recordValue(took);
      }
    }
    return cold.getValueAtPercentile(50) / 1e3;
  }

  /** One round of each; ours is running and C held when it begins and ends. */
  private void measure(
      ReflectorClient client, RunningReflector ours, RunningReflector c, boolean keyed, Pair pair)
      throws InterruptedException {
    Histogram ofOurs = new Histogram(4);
    pair.unansweredOurs += round(client, ours.address(), keyed, ofOurs);
    ours.pause();
    c.resume();
    Histogram ofC = new Histogram(4);
    pair.unansweredC += round(client, c.address(), keyed, ofC);
    c.pause();
    ours.resume();
    pair.ours.add(ofOurs);
    pair.c.add(ofC);
    pair.ratios.add((double) ofOurs.getValueAtPercentile(50) / ofC.getValueAtPercentile(50));
  }

  private long round(ReflectorClient client, PeerAddress to, boolean keyed, Histogram into) {
    long unanswered = 0;
    for (int i = 0; i < LEAD + questions; i++) {
      long took = client.ask(to, keyed);
      if (took < 0) {
        unanswered++;
      } else if (i >= LEAD) {
        into.recordValue(took);
      }
      pause(random.nextLong(SHORTEST_PAUSE, LONGEST_PAUSE));
    }
    return unanswered;
  }

  /** Without sleeping, which would let this core rest and slow down. */
  private static void pause(long nanoseconds) {
    long until = System.nanoTime() + nanoseconds;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  private static void report(
      RunningReflector.Waiting waiting, boolean keyed, double cold, Pair pair) {
    Collections.sort(pair.ratios);
    int count = pair.ratios.size();
    System.out.printf(
        "| %s | %s | %.2f, %.2f | %.2f, %.2f | %.3f | %s | %.3f | %.3f to %.3f | %.1f | %d, %d |%n",
        waiting == RunningReflector.Waiting.SLEEP ? "blocking" : "spinning",
        keyed ? "authenticated, 152 octets" : "plain, 44 octets",
        at(pair.ours, 50),
        at(pair.ours, 99),
        at(pair.c, 50),
        at(pair.c, 99),
        at(pair.ours, 50) / at(pair.c, 50),
        waiting == RunningReflector.Waiting.SLEEP ? "1.15" : "1.25",
        at(pair.ours, 99) / at(pair.c, 99),
        pair.ratios.get(count / 4),
        pair.ratios.get(count - 1 - count / 4),
        cold,
        pair.unansweredOurs,
        pair.unansweredC);
  }

  private static double at(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e3;
  }
}
