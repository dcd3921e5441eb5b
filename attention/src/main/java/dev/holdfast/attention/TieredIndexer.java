package dev.holdfast.attention;

import java.util.Arrays;

/**
 * The index in two tiers: first the mean of every 64 index keys is scored, then only the rows of
 * the best blocks (a hierarchical index).
 *
 * <p>It reads 1/64 of the index and a few blocks in the place of all, and may miss a row whose
 * block is otherwise dull. The block of the query itself is always read. One thread.
 */
public final class TieredIndexer implements Selector {
  private final Kernels kernels;
  private final LightningIndexer indexer;
  private final IndexKeys keys;
  private final IndexKeys tops;
  private final int breadth;

  /**
   * An indexer of two tiers over an index.
   *
   * @param tier one row for each whole block of 64 rows of {@code keys}; see {@link #tier}
   * @param breadth so many times k rows are scored in the second tier
   */
  public TieredIndexer(
      Instructions instructions,
      LightningIndexer indexer,
      IndexKeys keys,
      IndexKeys tier,
      int breadth) {
    kernels = instructions.kernels();
    this.indexer = indexer;
    this.keys = keys;
    tops = tier;
    this.breadth = breadth;
  }

  /** The first tier of the rows: the mean of what {@code projection} keeps of each 64 keys. */
  public static IndexKeys tier(IndexForm form, Projection projection, Rows rows) {
    IndexKeys tier = new IndexKeys(form, projection.to());
    float[] mean = new float[projection.to()];
    for (int row = 0; row < rows.count(); row++) {
      float[] kept = projection.ofKey(rows.key(row), 0);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += kept[i] / Kernels.BLOCK;
      }
      if (row % Kernels.BLOCK == Kernels.BLOCK - 1) {
        tier.append(mean);
        Arrays.fill(mean, 0);
      }
    }
    return tier;
  }

  @Override
  public int[] select(Heads heads, float[] query, int visible, int k) {
    return select(heads, query, 0, visible, k);
  }

  /** The same for the query that begins at {@code at}. */
  public int[] select(Heads heads, float[] queries, int at, int visible, int k) {
    keys.requireVisible(visible);
    if (visible <= k) {
      return Selector.all(visible);
    }
    IndexQuery index = indexer.query(heads, queries, at);
    int whole = (visible - 1) / Kernels.BLOCK;
    long wanted = Math.clamp((long) breadth * k / Kernels.BLOCK, 1, Math.max(1, whole));
    IndexTile first = IndexTile.of(kernels, tops, index, (int) wanted);
    first.offerAll(whole, 1);
    IndexTile second = IndexTile.of(kernels, keys, index, k);
    for (int block : first.rows(0)) {
      second.offer(block, visible, 1);
    }
    second.offer(whole, visible, 1);
    return second.rows(0);
  }

  @Override
  public long octets() {
    return keys.octets() + tops.octets();
  }
}
