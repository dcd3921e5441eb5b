package dev.holdfast.attention;

import java.util.stream.IntStream;

/** Chooses the last rows before the query. */
public final class WindowSelector implements Selector {
  @Override
  public int[] select(Heads heads, float[] query, int visible, int k) {
    return IntStream.range(Math.max(0, visible - k), visible).toArray();
  }

  @Override
  public long octets() {
    return 0;
  }
}
