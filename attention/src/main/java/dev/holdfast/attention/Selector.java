package dev.holdfast.attention;

import java.util.stream.IntStream;

/**
 * A way to choose the rows that a query reads; one choice for all its heads.
 *
 * <p>A choice is deterministic: the same query over the same rows chooses the same. Selectors only
 * route: what a row's choice says of its meaning is nothing.
 */
public interface Selector {
  /**
   * Chooses rows.
   *
   * @param query {@code heads.numbers()} numbers
   * @param visible only rows before this one may be chosen
   * @param k at most so many, at least 1
   * @return row numbers, ascending, each once; all visible ones where there are no more than k
   */
  int[] select(Heads heads, float[] query, int visible, int k);

  /** Octets that it keeps in memory for all its rows. */
  long octets();

  /** All rows before {@code visible}. */
  static int[] all(int visible) {
    return IntStream.range(0, visible).toArray();
  }
}
