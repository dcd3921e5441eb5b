package dev.holdfast.attention;

import java.util.Arrays;

/**
 * Chooses rows by the index, in the form of DeepSeek sparse attention: a few index heads, one
 * shared key of eight bits a row, ReLU, weights, exact top k.
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
    return IndexQuery.of(kept, weights);
  }

  @Override
  public int[] select(Heads heads, float[] query, int visible, int k) {
    keys.requireVisible(visible);
    return visible <= k ? Selector.all(visible) : select(query(heads, query, 0), visible, k);
  }

  /** Chooses for a query in the terms of the index. */
  public int[] select(IndexQuery query, int visible, int k) {
    keys.requireVisible(visible);
    keys.fits(query);
    TopRows top = new TopRows(Math.min(k, Math.max(1, visible)));
    float[] scores = new float[Kernels.BLOCK];
    float[] dots = new float[query.count() * kernels.width()];
    for (int first = 0; first < visible; first += Kernels.BLOCK) {
      keys.scores(kernels, query, first / Kernels.BLOCK, dots, scores);
      top.offer(kernels, scores, 0, Math.min(Kernels.BLOCK, visible - first), first);
    }
    return top.rows();
  }

  /**
   * Chooses for many queries, the one at position {@code p} among rows 0 to {@code p}.
   *
   * <p>A block of the index is laid out once for {@value #TILE} neighbouring queries.
   *
   * @param queries {@code positions * heads.numbers()} numbers, from position {@code first} on
   */
  public int[][] prefill(Heads heads, float[] queries, int first, int positions, int k) {
    java.util.Objects.checkFromIndexSize(first, positions, keys.count());
    int[][] chosen = new int[positions][];
    int count = Math.min(indexHeads, heads.count());
    Tile tile = new Tile(count, Math.min(k, Math.max(1, first + positions)));
    for (int at = 0; at < positions; at += TILE) {
      int many = Math.min(TILE, positions - at);
      for (int i = 0; i < many; i++) {
        tile.put(i, query(heads, queries, (at + i) * heads.numbers()));
      }
      tile.choose(first + at, many, chosen, at);
    }
    return chosen;
  }

  /** Neighbouring queries that look at the index together. */
  private final class Tile {
    private final int count;
    private final float[] heads;
    private final float[] weights;
    private final TopRows[] tops = new TopRows[TILE];
    private final float[] panels = new float[Kernels.BLOCK * projection.to()];
    private final float[] panel = new float[kernels.width() * projection.to()];
    private final float[] scales = new float[Kernels.BLOCK];
    private final float[] dots;
    private final float[] scores = new float[Kernels.BLOCK];

    Tile(int count, int k) {
      this.count = count;
      heads = new float[TILE * count * projection.to()];
      weights = new float[TILE * count];
      dots = new float[TILE * count * kernels.width()];
      Arrays.setAll(tops, i -> new TopRows(k));
    }

    void put(int i, IndexQuery query) {
      System.arraycopy(query.heads, 0, heads, i * query.heads.length, query.heads.length);
      System.arraycopy(query.weights, 0, weights, i * count, count);
    }

    void choose(int position, int many, int[][] chosen, int at) {
      for (TopRows top : tops) {
        top.clear();
      }
      int end = position + many;
      for (int first = 0; first < end; first += Kernels.BLOCK) {
        keys.unpack(kernels, first / Kernels.BLOCK, panels, scales);
        for (int from = 0; from < Kernels.BLOCK && first + from < end; from += kernels.width()) {
          panel(position, many, first, from);
        }
      }
      for (int i = 0; i < many; i++) {
        chosen[at + i] = tops[i].rows();
      }
    }

    private void panel(int position, int many, int first, int from) {
      System.arraycopy(panels, from * projection.to(), panel, 0, panel.length);
      int start = Math.max(0, first + from - position);
      kernels.dots(heads, start * count, many * count, projection.to(), panel, dots);
      for (int i = start; i < many; i++) {
        int there = Math.min(kernels.width(), position + i + 1 - first - from);
        kernels.combine(dots, i * count, weights, i * count, count, scales, from, scores, 0);
        tops[i].offer(kernels, scores, 0, there, first + from);
      }
    }
  }

  @Override
  public long octets() {
    return keys.octets();
  }
}
