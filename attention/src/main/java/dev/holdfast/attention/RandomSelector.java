package dev.holdfast.attention;

import java.util.Arrays;

/** Chooses rows by lot, the same ones for the same query: what any other way has to beat. */
public final class RandomSelector implements Selector {
  private final long seed;

  /** A lot that is drawn from a seed and the query. */
  public RandomSelector(long seed) {
    this.seed = seed;
  }

  @Override
  public int[] select(Heads heads, float[] query, int visible, int k) {
    if (visible <= k) {
      return Selector.all(visible);
    }
    long[] state = {seed + Arrays.hashCode(query)};
    // Floyd's sampling: each set of k rows is as likely as any other.
    boolean[] taken = new boolean[visible];
    for (int i = visible - k; i < visible; i++) {
      int row = (int) Long.remainderUnsigned(Projection.draw(state), i + 1L);
      taken[taken[row] ? i : row] = true;
    }
    int[] rows = new int[k];
    int at = 0;
    for (int row = 0; row < visible; row++) {
      if (taken[row]) {
        rows[at++] = row;
      }
    }
    return rows;
  }

  @Override
  public long octets() {
    return 0;
  }
}
