package dev.holdfast.bench;

import dev.holdfast.attention.Heads;
import dev.holdfast.attention.Rows;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** What the measurements of attention share: drawn rows, and works timed in turn. */
final class AttentionTurns {
  static final Heads HEADS = Heads.usual(8, 128);

  private final int warmUp;
  private final int turns;
  private final long atLeast;
  private final List<IntConsumer> works = new ArrayList<>();

  /**
   * Nothing yet.
   *
   * @param warmUp turns that do not count
   * @param atLeast nanoseconds that a work is repeated for in each turn
   */
  AttentionTurns(int warmUp, int turns, long atLeast) {
    this.warmUp = warmUp;
    this.turns = turns;
    this.atLeast = atLeast;
  }

  /** Adds a work, which is told how often it ran before; answers its number. */
  int add(IntConsumer work) {
    works.add(work);
    return works.size() - 1;
  }

  /** The median milliseconds of each work over the turns. */
  double[] milliseconds() {
    double[][] all = new double[works.size()][turns];
    for (int turn = -warmUp; turn < turns; turn++) {
      for (int work = 0; work < works.size(); work++) {
        double took = once(works.get(work));
        if (turn >= 0) {
          all[work][turn] = took;
        }
      }
    }
    return Arrays.stream(all).mapToDouble(AttentionTurns::median).toArray();
  }

  private double once(IntConsumer work) {
    long from = System.nanoTime();
    int times = 0;
    long took;
    do {
      work.accept(times++);
      took = System.nanoTime() - from;
    } while (took < atLeast);
    return took / 1e6 / times;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Numbers of the normal distribution. */
  static float[] normal(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** Rows in memory on the heap. */
  static Rows rows(float[] keys, float[] values) {
    int dimension = HEADS.dimension();
    return Rows.of(
        MemorySegment.ofArray(keys),
        dimension,
        MemorySegment.ofArray(values),
        dimension,
        keys.length / dimension);
  }

  /**
   * Refuses an output that is another than ours.
   *
   * @throws IllegalStateException if a number is further off than 1e-4 of the largest
   */
  static void same(float[] ours, float[] other) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < ours.length; i++) {
      largest = Math.max(largest, Math.abs(ours[i]));
      difference = Math.max(difference, Math.abs(ours[i] - other[i]));
    }
    if (ours.length != other.length || !(difference <= 1e-4 * largest)) {
      throw new IllegalStateException(
          "outputs differ by %s where the largest is %s".formatted(difference, largest));
    }
  }

  /** With what flags this process runs. */
  static String flags() {
    return "java " + String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments());
  }
}
