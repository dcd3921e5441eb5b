package dev.holdfast.attention;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;

/**
 * Up to how many rows reading all of them is as fast as choosing: there nothing is gained by being
 * sparse, and {@link #decode} reads all.
 *
 * @param rows the crossover, 0 where choosing always won
 */
public record Crossover(int rows) {
  /** The fewest rows that are tried; fewer are read whole anyway, as soon as k is larger. */
  static final int LEAST = 256;

  /** The most rows that are tried. */
  static final int MOST = 1 << 16;

  private static final int TURNS = 9;

  /**
   * Measures it on this machine, for queries of a shape: both ways are tried on drawn rows, twice
   * as many each time, until choosing wins. It takes some tenths of a second.
   *
   * @param form of the index
   * @param projection what the index keeps of a key
   * @param indexHeads index heads at most
   * @param k rows that are chosen
   * @param clock nanoseconds
   */
  public static Crossover measured(
      Instructions instructions,
      Heads heads,
      IndexForm form,
      Projection projection,
      int indexHeads,
      int k,
      LongSupplier clock) {
    Trial trial = new Trial(instructions, heads, form, projection, indexHeads, k, clock);
    return between(trial::dense, trial::sparse);
  }

  /** Where the second of two costs becomes less than the first, to the next power of two below. */
  static Crossover between(IntToLongFunction dense, IntToLongFunction sparse) {
    int crossover = 0;
    for (int rows = LEAST; rows <= MOST; rows *= 2) {
      if (sparse.applyAsLong(rows) < dense.applyAsLong(rows)) {
        return new Crossover(crossover);
      }
      crossover = rows;
    }
    return new Crossover(crossover);
  }

  /**
   * Attention over all rows up to the crossover, just as {@link DenseAttention} answers it, and
   * over chosen ones beyond.
   *
   * @param selector chooses among all rows
   * @param k rows to choose at most
   */
  public Attended decode(
      Instructions instructions, Heads heads, float[] query, Rows rows, Selector selector, int k) {
    if (rows.count() <= Math.max(k, this.rows)) {
      return new DenseAttention(instructions).decode(heads, query, rows);
    }
    return new SparseAttention(instructions)
        .decode(heads, query, rows, selector.select(heads, query, rows.count(), k));
  }

  /** Drawn rows and the two ways to read them. */
  private static final class Trial {
    private final Instructions instructions;
    private final Heads heads;
    private final IndexForm form;
    private final Projection projection;
    private final int indexHeads;
    private final int k;
    private final LongSupplier clock;
    private final float[] query;
    private Rows rows;

    Trial(
        Instructions instructions,
        Heads heads,
        IndexForm form,
        Projection projection,
        int indexHeads,
        int k,
        LongSupplier clock) {
      this.instructions = instructions;
      this.heads = heads;
      this.form = form;
      this.projection = projection;
      this.indexHeads = indexHeads;
      this.k = k;
      this.clock = clock;
      query = drawn(1, heads.numbers());
      rows = Rows.ofKeys(MemorySegment.ofArray(query), heads.dimension(), heads.count());
    }

    private Rows rows(int count) {
      if (rows.count() != count) {
        rows =
            Rows.ofKeys(
                MemorySegment.ofArray(drawn(2, count * heads.dimension())),
                heads.dimension(),
                count);
      }
      return rows;
    }

    long dense(int count) {
      Rows all = rows(count);
      DenseAttention dense = new DenseAttention(instructions);
      return median(() -> dense.decode(heads, query, all));
    }

    long sparse(int count) {
      Rows all = rows(count);
      SparseAttention sparse = new SparseAttention(instructions);
      Selector indexer =
          new LightningIndexer(
              instructions, projection, IndexKeys.of(form, projection, all), indexHeads);
      return median(() -> sparse.decode(heads, query, all, indexer.select(heads, query, count, k)));
    }

    private long median(Runnable work) {
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

    private static float[] drawn(long seed, int count) {
      long[] state = {seed};
      float[] numbers = new float[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = (Projection.draw(state) >> 40) * 0x1p-23f;
      }
      return numbers;
    }
  }
}
