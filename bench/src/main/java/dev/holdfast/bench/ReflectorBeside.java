package dev.holdfast.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What a sleeping reflector costs beside work that is paid for, here SHA-256 on all cores: its
 * memory, its processor time, what the work loses while it answers, and how late it answers then.
 *
 * <p>In turn without and with: without, the reflector is held still and nobody asks. With, the
 * asker takes processor time too, which on a real host it does not; that is told beside. Arguments,
 * both optional: turns, and milliseconds of each.
 */
public final class ReflectorBeside {

  /** The first again at the end, when the reflector's code has been compiled. */
  private static final int[] RATES = {100, 1_000, 100};

  private static final int BLOCK = 1 << 16;
  private static final long SECOND = 1_000_000_000L;
  private static final double MEGA = 1e6;

  private final int turns;
  private final long milliseconds;
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final LongAdder blocks = new LongAdder();
  private volatile boolean stopping;

  private ReflectorBeside(int turns, long milliseconds) {
    this.turns = turns;
    this.milliseconds = milliseconds;
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int turns = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8;
    long milliseconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_000;
    System.out.println(Machine.describe(Path.of(System.getProperty("java.io.tmpdir"))));
    new ReflectorBeside(turns, milliseconds).run();
  }

  private void run() throws IOException, InterruptedException {
    try (ReflectorClient client = new ReflectorClient(true);
        RunningReflector reflector =
            RunningReflector.ours(
                false, client.port(), RunningReflector.Waiting.SLEEP, BenchSessions.OF_ONE, 1)) {
      System.out.printf(
          "cores as the system gives them; stamps of the %s; %d turns of %d ms without and with;"
              + " reflector resident before the first challenge %.1f MB%n%n",
          client.stamps().word(),
          turns,
          milliseconds,
          Machine.memory(reflector.pid(), "VmRSS") / MEGA);
      System.out.println(
          "| challenges/s | answered, % | p50, p99 us beside the work"
              + " | reflector, asker processor, % of all cores"
              + " | work loses, %: median (middle half of turns) | reflector resident, most MB |");
      System.out.println("|---|---|---|---|---|---|");
      for (int i = 0; i < cores; i++) {
        Thread.ofPlatform().daemon().start(this::work);
      }
      TimeUnit.SECONDS.sleep(2);
      for (int rate : RATES) {
        measure(client, reflector, rate);
      }
    } finally {
      stopping = true;
    }
  }

  private void work() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[BLOCK];
      while (!stopping) {
        digest.update(block);
        blocks.increment();
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** What a load came to. */
  private static final class Sum {
    final Histogram times = new Histogram(4);
    final List<Double> losses = new ArrayList<>();
    long asked;
    long processor;
    long ofAsker;
    long nanoseconds;
  }

  private void measure(ReflectorClient client, RunningReflector reflector, int rate)
      throws IOException, InterruptedException {
    Sum sum = new Sum();
    ask(client, reflector, rate, new Sum());
    for (int i = 0; i < turns; i++) {
      reflector.pause();
      double without = workOf(() -> LockSupport.parkNanos(milliseconds * 1_000_000));
      reflector.resume();
      double with = workOf(() -> ask(client, reflector, rate, sum));
      sum.losses.add(100 * (1 - with / without));
    }
    Collections.sort(sum.losses);
    System.out.printf(
        "| %,d | %.2f | %.1f, %.1f | %.2f, %.2f | %.2f (%.2f to %.2f) | %.1f, %.1f |%n",
        rate,
        100.0 * sum.times.getTotalCount() / sum.asked,
        sum.times.getValueAtPercentile(50) / 1e3,
        sum.times.getValueAtPercentile(99) / 1e3,
        100.0 * sum.processor / sum.nanoseconds / cores,
        100.0 * sum.ofAsker / sum.nanoseconds / cores,
        sum.losses.get(turns / 2),
        sum.losses.get(turns / 4),
        sum.losses.get(turns - 1 - turns / 4),
        Machine.memory(reflector.pid(), "VmRSS") / MEGA,
        Machine.memory(reflector.pid(), "VmHWM") / MEGA);
  }

  /** Something that takes the time of a turn. */
  private interface Turn {
    void take() throws IOException;
  }

  /** Blocks of work a second while something else is done. */
  private double workOf(Turn turn) throws IOException {
    long before = blocks.sum();
    long began = System.nanoTime();
    turn.take();
    return (blocks.sum() - before) * 1e9 / (System.nanoTime() - began);
  }

  /** Asks at a rate for one turn; where an answer comes late the next question does too. */
  private void ask(ReflectorClient client, RunningReflector reflector, int rate, Sum sum)
      throws IOException {
    var threads = ManagementFactory.getThreadMXBean();
    long processor = Machine.processorTime(reflector.pid());
    long asker = threads.getCurrentThreadCpuTime();
    long began = System.nanoTime();
    long gap = SECOND / rate;
    long count = milliseconds * rate / 1_000;
    for (long i = 0; i < count; i++) {
      long wait = began + i * gap - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
      long took = client.ask(reflector.address(), true);
      sum.asked++;
      if (took >= 0) {
        sum.times.recordValue(took);
      }
    }
    LockSupport.parkNanos(began + count * gap - System.nanoTime());
    sum.nanoseconds += System.nanoTime() - began;
    sum.processor += Machine.processorTime(reflector.pid()) - processor;
    sum.ofAsker += threads.getCurrentThreadCpuTime() - asker;
  }
}
