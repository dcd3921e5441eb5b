package dev.holdfast.attention;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Chooses whole blocks of rows by a summary of each block's keys, and always the block of the query
 * itself.
 *
 * <p>{@link #means}: the mean of the keys (MoBA, arXiv 2502.13189). {@link #bounds}: the least and
 * the largest of each number, from which follows what no product with a key of the block can exceed
 * (Quest, arXiv 2406.10774). Products are summed over the heads, since one choice serves them all.
 */
public final class BlockSelector implements Selector {
  private final Kernels kernels;
  private final int block;
  private final int dimension;
  private final PackedKeys[] summaries;
  private final int count;

  private BlockSelector(Instructions instructions, Rows rows, int block, float[][] summaries) {
    kernels = instructions.kernels();
    this.block = block;
    dimension = rows.keyDimension();
    count = rows.count();
    this.summaries = new PackedKeys[summaries.length];
    int blocks = Math.ceilDiv(count, block);
    for (int i = 0; i < summaries.length; i++) {
      this.summaries[i] =
          PackedKeys.of(
              instructions, Rows.ofKeys(MemorySegment.ofArray(summaries[i]), dimension, blocks));
    }
  }

  /**
   * Blocks by the mean of their keys.
   *
   * @param block rows in a block, at least 1
   */
  public static BlockSelector means(Instructions instructions, Rows rows, int block) {
    int dimension = rows.keyDimension();
    float[] means = new float[Math.ceilDiv(rows.count(), block) * dimension];
    for (int row = 0; row < rows.count(); row++) {
      float[] key = rows.key(row);
      int at = row / block * dimension;
      float share = 1f / Math.min(block, rows.count() - row / block * block);
      for (int i = 0; i < dimension; i++) {
        means[at + i] += key[i] * share;
      }
    }
    return new BlockSelector(instructions, rows, block, new float[][] {means});
  }

  /**
   * Blocks by the bounds of their keys.
   *
   * @param block rows in a block, at least 1
   */
  public static BlockSelector bounds(Instructions instructions, Rows rows, int block) {
    int dimension = rows.keyDimension();
    float[] largest = new float[Math.ceilDiv(rows.count(), block) * dimension];
    float[] least = largest.clone();
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    for (int row = 0; row < rows.count(); row++) {
      float[] key = rows.key(row);
      int at = row / block * dimension;
      for (int i = 0; i < dimension; i++) {
        largest[at + i] = Math.max(largest[at + i], key[i]);
        least[at + i] = Math.min(least[at + i], key[i]);
      }
    }
    return new BlockSelector(instructions, rows, block, new float[][] {largest, least});
  }

  @Override
  public int[] select(Heads heads, float[] query, int visible, int k) {
    if (visible > count) {
      throw new IndexOutOfBoundsException(
          "%d rows are visible, %d are summed up".formatted(visible, count));
    }
    if (visible <= k) {
      return Selector.all(visible);
    }
    int own = (visible - 1) / block;
    int[] blocks = blocks(heads, query, own, Math.max(1, k / block));
    int[] rows = new int[blocks.length * block];
    int size = 0;
    for (int each : blocks) {
      for (int row = each * block; row < Math.min(visible, (each + 1) * block); row++) {
        rows[size++] = row;
      }
    }
    return Arrays.copyOfRange(rows, Math.max(0, size - k), size);
  }

  /** The best blocks before the query's own, and that. */
  private int[] blocks(Heads heads, float[] query, int own, int many) {
    if (many == 1 || own == 0) {
      return new int[] {own};
    }
    float[][] sums = summaries.length == 1 ? sum(heads, query) : signed(heads, query);
    TopRows top = new TopRows(many - 1);
    int width = kernels.width();
    float[] scores = new float[width];
    float[] more = new float[width];
    for (int first = 0; first < own; first += width) {
      kernels.dots(sums[0], 0, 1, dimension, summaries[0].panel(first / width), scores);
      for (int i = 1; i < summaries.length; i++) {
        kernels.dots(sums[i], 0, 1, dimension, summaries[i].panel(first / width), more);
        for (int j = 0; j < width; j++) {
          scores[j] += more[j];
        }
      }
      top.offer(kernels, scores, Math.min(width, own - first), first);
    }
    int[] found = top.rows();
    int[] best = Arrays.copyOf(found, found.length + 1);
    best[found.length] = own;
    return best;
  }

  private float[][] sum(Heads heads, float[] query) {
    float[] sum = new float[dimension];
    for (int i = 0; i < query.length; i++) {
      sum[i % dimension] += query[i] * heads.scale();
    }
    return new float[][] {sum};
  }

  /**
   * What is positive counts with the largest numbers of a block, what is negative with the least.
   */
  private float[][] signed(Heads heads, float[] query) {
    float[][] sums = new float[2][dimension];
    for (int i = 0; i < query.length; i++) {
      float number = query[i] * heads.scale();
      sums[number > 0 ? 0 : 1][i % dimension] += number;
    }
    return sums;
  }

  @Override
  public long octets() {
    return (long) summaries.length * Math.ceilDiv(count, block) * dimension * Float.BYTES;
  }
}
