package dev.holdfast.attention;

import java.util.Arrays;

/**
 * Queries that look at the index together, one or neighbours: rows are laid out once for all of
 * them, and each keeps the best that it may see.
 */
final class IndexTile {
  private final Kernels kernels;
  private final IndexKeys keys;
  private final int heads;
  private final boolean coded;
  private final int groups;
  private final float[] queries;
  private final byte[] tables;
  private final float[] weights;
  private final TopRows[] tops;
  private final float[] panel;
  private final float[] dots;
  private final short[] codeSums;
  private final float[] scores;

  /**
   * Room for queries.
   *
   * @param most queries
   * @param heads of each
   * @param k rows that each chooses at most
   */
  IndexTile(Kernels kernels, IndexKeys keys, int most, int heads, int k) {
    this.kernels = kernels;
    this.keys = keys;
    this.heads = heads;
    coded = keys.form() == IndexForm.TWO_BITS;
    groups = Math.ceilDiv(keys.dimension(), CodeTables.GROUP);
    queries = new float[coded ? 0 : most * heads * keys.dimension()];
    tables = new byte[coded ? CodeTables.octets(most * heads, groups) : 0];
    weights = new float[most * heads];
    tops = new TopRows[most];
    Arrays.setAll(tops, i -> new TopRows(k));
    panel = new float[kernels.width() * keys.dimension()];
    dots = new float[coded ? 0 : most * heads * kernels.width()];
    codeSums = new short[coded ? most * heads * Kernels.BLOCK : 0];
    scores = new float[kernels.width()];
  }

  /** One query. */
  static IndexTile of(Kernels kernels, IndexKeys keys, IndexQuery query, int k) {
    IndexTile tile = new IndexTile(kernels, keys, 1, query.count(), k);
    tile.put(0, query);
    return tile;
  }

  /** Takes in a query, which has chosen nothing yet. */
  void put(int i, IndexQuery query) {
    keys.fits(query);
    if (coded) {
      CodeTables.fill(query, groups, tables, i * heads);
    } else {
      System.arraycopy(query.heads, 0, queries, i * query.heads.length, query.heads.length);
    }
    System.arraycopy(query.weights, 0, weights, i * heads, heads);
    tops[i].clear();
  }

  /**
   * Offers the rows of a block, none before those of an earlier one.
   *
   * @param visible how many rows the first query may see; each further one may see one more
   * @param many queries
   */
  void offer(int block, int visible, int many) {
    int end = visible + many - 1;
    if (coded) {
      int seeing = Math.max(0, block * Kernels.BLOCK + 1 - visible);
      kernels.codeSums(keys.octets(block), groups, tables, seeing * heads, many * heads, codeSums);
    }
    for (int from = 0; from < Kernels.BLOCK; from += kernels.width()) {
      int first = block * Kernels.BLOCK + from;
      if (first >= end) {
        return;
      }
      // Those before see nothing of this panel.
      int start = Math.max(0, first + 1 - visible);
      if (!coded) {
        multiply(keys.octets(block), from, start, many);
      }
      for (int i = start; i < many; i++) {
        combine(block, from, i);
        tops[i].offer(kernels, scores, Math.min(kernels.width(), visible + i - first), first);
      }
    }
  }

  private void combine(int block, int from, int i) {
    int head = i * heads;
    float[] scales = keys.scales(block);
    if (coded) {
      kernels.combineCodes(
          codeSums, CodeTables.bias(groups), head, weights, head, heads, scales, from, scores);
    } else {
      kernels.combine(dots, head, weights, head, heads, scales, from, scores);
    }
  }

  private void multiply(byte[] block, int from, int start, int many) {
    if (many == 1) {
      kernels.indexDots(block, from, keys.dimension(), queries, heads, dots);
    } else {
      kernels.unpack(block, from, keys.dimension(), panel);
      kernels.dots(queries, start * heads, many * heads, keys.dimension(), panel, dots);
    }
  }

  /** Offers all rows that the queries may see. */
  void offerAll(int visible, int many) {
    int end = visible + many - 1;
    for (int block = 0; block * Kernels.BLOCK < end; block++) {
      offer(block, visible, many);
    }
  }

  /** What a query chose, ascending. */
  int[] rows(int i) {
    return tops[i].rows();
  }
}
