package dev.holdfast.reading;

import dev.holdfast.attention.Attended;
import dev.holdfast.attention.DenseAttention;
import dev.holdfast.attention.Heads;
import dev.holdfast.attention.Instructions;
import dev.holdfast.attention.Rows;
import dev.holdfast.attention.Selector;
import dev.holdfast.attention.SparseAttention;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * A question that attended over a shelf twice: over all passages, and over chosen ones.
 *
 * @param shelf what was asked
 * @param question the question
 * @param selecting how passages were chosen
 * @param k how many could be
 * @param chosen which were, ascending
 * @param weights the share of dense attention that each passage got, the mean over the heads
 * @param sparseWeights the same of sparse attention
 * @param difference of the two outputs: the length of the difference over the length of the dense
 *     one, the worst head's
 * @param share of dense attention that the chosen passages got, 0 to 1, the mean over the heads
 * @param indexOctets what the selector keeps in memory
 */
public record Comparison(
    Shelf shelf,
    Question question,
    Selecting selecting,
    int k,
    int[] chosen,
    double[] weights,
    double[] sparseWeights,
    double difference,
    double share,
    long indexOctets) {
  private static final int TURNS = 21;

  /**
   * Nanoseconds: the medians of {@value #TURNS} runs each after as many to warm up, one thread; and
   * the making of the selector, once.
   */
  public record Times(long build, long dense, long select, long attend) {}

  /** A comparison, and how long each of its steps takes. */
  public record Timed(Comparison comparison, Times times) {}

  /**
   * Asks, each way once.
   *
   * @param k passages to choose at most, at least 1
   */
  public static Comparison of(
      Instructions instructions, Shelf shelf, Question question, Selecting selecting, int k) {
    Selector selector = selecting.over(instructions, shelf.rows());
    return asked(instructions, shelf, question, selecting, selector, k);
  }

  /**
   * Asks, and then asks again and again to see how long it takes.
   *
   * @param k passages to choose at most, at least 1
   * @param clock nanoseconds
   */
  public static Timed timed(
      Instructions instructions,
      Shelf shelf,
      Question question,
      Selecting selecting,
      int k,
      LongSupplier clock) {
    Rows rows = shelf.rows();
    Heads heads = question.heads();
    float[] query = question.query();
    long began = clock.getAsLong();
    Selector selector = selecting.over(instructions, rows);
    long build = clock.getAsLong() - began;
    Comparison comparison = asked(instructions, shelf, question, selecting, selector, k);
    DenseAttention dense = new DenseAttention(instructions);
    SparseAttention sparse = new SparseAttention(instructions);
    return new Timed(
        comparison,
        new Times(
            build,
            median(clock, () -> dense.decode(heads, query, rows)),
            median(clock, () -> selector.select(heads, query, rows.count(), k)),
            median(clock, () -> sparse.decode(heads, query, rows, comparison.chosen))));
  }

  private static Comparison asked(
      Instructions instructions,
      Shelf shelf,
      Question question,
      Selecting selecting,
      Selector selector,
      int k) {
    Rows rows = shelf.rows();
    Heads heads = question.heads();
    float[] query = question.query();
    int[] chosen = selector.select(heads, query, rows.count(), k);
    Attended all = new DenseAttention(instructions).decode(heads, query, rows);
    Attended some = new SparseAttention(instructions).decode(heads, query, rows, chosen);
    return new Comparison(
        shelf,
        question,
        selecting,
        k,
        chosen,
        weights(question, rows, Selector.all(rows.count()), all),
        weights(question, rows, chosen, some),
        difference(all, some, heads.count()),
        IntStream.range(0, heads.count())
            .mapToDouble(h -> some.shareOf(all, h))
            .average()
            .orElse(0),
        selector.octets());
  }

  private static long median(LongSupplier clock, Runnable work) {
    long[] times = new long[TURNS];
    for (int i = -TURNS; i < TURNS; i++) {
      long began = clock.getAsLong();
      work.run();
      if (i >= 0) {
        times[i] = clock.getAsLong() - began;
      }
    }
    Arrays.sort(times);
    return times[TURNS / 2];
  }

  /** The share of attention of some rows, the mean over the heads; 0 for all others. */
  private static double[] weights(Question question, Rows rows, int[] read, Attended attended) {
    Heads heads = question.heads();
    double[] weights = new double[rows.count()];
    for (int row : read) {
      float[] key = rows.key(row);
      for (int head = 0; head < heads.count(); head++) {
        double product = 0;
        for (int i = 0; i < key.length; i++) {
          product += (double) question.query()[head * key.length + i] * key[i];
        }
        weights[row] +=
            Math.exp(product * heads.scale() - attended.logSums()[head]) / heads.count();
      }
    }
    return weights;
  }

  private static double difference(Attended all, Attended some, int heads) {
    int dimension = all.output().length / heads;
    double worst = 0;
    for (int head = 0; head < heads; head++) {
      double apart = 0;
      double length = 0;
      for (int i = head * dimension; i < (head + 1) * dimension; i++) {
        apart += Math.pow((double) all.output()[i] - some.output()[i], 2);
        length += Math.pow(all.output()[i], 2);
      }
      worst = Math.max(worst, length == 0 ? 0 : Math.sqrt(apart / length));
    }
    return worst;
  }

  /** Whether passages were left out at all. */
  public boolean sparse() {
    return chosen.length < shelf.passages().size();
  }

  /** The passages with most dense attention, best first. */
  public List<Found> best(int most) {
    return IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -weights[i]).thenComparing(i -> i))
        .limit(most)
        .map(this::found)
        .toList();
  }

  /** The passages with most sparse attention, best first; none that was not chosen. */
  public List<Found> bestChosen(int most) {
    return Arrays.stream(chosen)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -sparseWeights[i]).thenComparing(i -> i))
        .limit(most)
        .map(this::found)
        .toList();
  }

  private Found found(int i) {
    return new Found(
        i,
        shelf.passages().get(i),
        weights[i],
        sparseWeights[i],
        Arrays.binarySearch(chosen, i) >= 0);
  }

  /** Octets of vectors that dense attention reads. */
  public long denseOctets() {
    return (long) shelf.passages().size() * shelf.model().dimensions() * Float.BYTES;
  }

  /** Octets that sparse attention reads: the selector's, and the vectors of what it chose. */
  public long sparseOctets() {
    return indexOctets + (long) chosen.length * shelf.model().dimensions() * Float.BYTES;
  }
}
