package dev.holdfast.attention;

/** Chooses every row, whatever k says: dense attention in the form of a choice. */
public final class AllSelector implements Selector {
  @Override
  public int[] select(Heads heads, float[] query, int visible, int k) {
    return Selector.all(visible);
  }

  @Override
  public long octets() {
    return 0;
  }
}
