package dev.holdfast.attention;

import java.util.Arrays;
import java.util.Objects;

/**
 * Chooses rows by the index, in the form of DeepSeek sparse attention: a few index heads, one
 * shared key of a few octets a row, ReLU, weights, exact top k.
 *
 * <p>Nothing is trained: keys and queries go through one fixed {@link Projection}, and index head
 * {@code j} is the sum of the queries of the {@code j}-th group of heads, weighted by one over the
 * square root of heads times dimension. One thread.
 */
public final class LightningIndexer implements Selector {
  private static final int TILE = 16;

  private final Kernels kernels;
  private final Projection projection;
  private final IndexKeys keys;
  private final int indexHeads;

  /**
   * An indexer.
   *
   * @param keys what {@code projection} keeps of each row's key
   * @param indexHeads index heads at most, at least 1; never more than the query has
   */
  public LightningIndexer(
      Instructions instructions, Projection projection, IndexKeys keys, int indexHeads) {
    if (keys.dimension() != projection.to() || indexHeads < 1) {
      throw new IllegalArgumentException(
          "an index of %d numbers, a projection to %d, %d heads"
              .formatted(keys.dimension(), projection.to(), indexHeads));
    }
    kernels = instructions.kernels();
    this.projection = projection;
    this.keys = keys;
    this.indexHeads = indexHeads;
  }

  /** The query in the terms of the index. */
  public IndexQuery query(Heads heads, float[] queries, int at) {
    int count = Math.min(indexHeads, heads.count());
    float[][] kept = new float[count][projection.to()];
    for (int head = 0; head < heads.count(); head++) {
      projection.addQuery(
          queries, at + head * heads.dimension(), kept[head * count / heads.count()]);
    }
    float[] weights = new float[count];
    Arrays.fill(weights, (float) (1 / Math.sqrt((double) count * projection.to())));
    return IndexQuery.of(keys.form(), kept, weights);
  }

  @Override
  public int[] select(Heads heads, float[] query, int visible, int k) {
    keys.requireVisible(visible);
    return visible <= k ? Selector.all(visible) : select(query(heads, query, 0), visible, k);
  }

  /** Chooses for a query in the terms of the index. */
  public int[] select(IndexQuery query, int visible, int k) {
    keys.requireVisible(visible);
    IndexTile tile = IndexTile.of(kernels, keys, query, Math.min(k, Math.max(1, visible)));
    tile.offerAll(visible, 1);
    return tile.rows(0);
  }

  /**
   * Chooses for many queries, the one at position {@code p} among rows 0 to {@code p}.
   *
   * <p>A block of the index is laid out once for {@value #TILE} neighbouring queries.
   *
   * @param queries {@code positions * heads.numbers()} numbers, from position {@code first} on
   */
  public int[][] prefill(Heads heads, float[] queries, int first, int positions, int k) {
    Objects.checkFromIndexSize(first, positions, keys.count());
    int[][] chosen = new int[positions][];
    int count = Math.min(indexHeads, heads.count());
    IndexTile tile =
        new IndexTile(kernels, keys, TILE, count, Math.min(k, Math.max(1, first + positions)));
    for (int at = 0; at < positions; at += TILE) {
      int many = Math.min(TILE, positions - at);
      for (int i = 0; i < many; i++) {
        tile.put(i, query(heads, queries, (at + i) * heads.numbers()));
      }
      tile.offerAll(first + at + 1, many);
      for (int i = 0; i < many; i++) {
        chosen[at + i] = tile.rows(i);
      }
    }
    return chosen;
  }

  @Override
  public long octets() {
    return keys.octets();
  }
}
