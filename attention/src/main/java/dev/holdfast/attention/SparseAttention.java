package dev.holdfast.attention;

import java.util.Arrays;

/**
 * Attention over chosen rows alone, one choice for all heads (multi-query attention).
 *
 * <p>Over all rows chosen it answers what {@link DenseAttention} does. One thread.
 */
public final class SparseAttention {
  /** A choice may be padded with this; it stands for no row. */
  public static final int NO_ROW = -1;

  private final Kernels kernels;
  private final int width;

  /** Attention with certain instructions. */
  public SparseAttention(Instructions instructions) {
    kernels = instructions.kernels();
    width = kernels.width();
  }

  /**
   * One query over chosen rows.
   *
   * @param query {@code heads.numbers()} numbers
   * @param chosen row numbers, in any order, each at most once, padded with {@link #NO_ROW}; where
   *     nothing is chosen the output is zero
   * @throws IndexOutOfBoundsException if a row is not there
   * @throws IllegalArgumentException if a row is chosen twice
   */
  public Attended decode(Heads heads, float[] query, Rows rows, int[] chosen) {
    OnlineSoftmax softmax = new OnlineSoftmax(kernels, heads.count(), rows.valueDimension());
    attend(heads, heads.scaled(query, 0, 1), rows, checked(chosen, rows.count()), softmax);
    return softmax.finish();
  }

  /**
   * Attention of many queries, each over its own choice.
   *
   * @param queries {@code chosen.length * heads.numbers()} numbers
   * @param chosen the rows of each query; whoever chooses sees to it that none lies in its future
   * @param output takes {@code chosen.length * heads * valueDimension} numbers
   */
  public void prefill(Heads heads, float[] queries, Rows rows, int[][] chosen, float[] output) {
    OnlineSoftmax softmax = new OnlineSoftmax(kernels, heads.count(), rows.valueDimension());
    for (int i = 0; i < chosen.length; i++) {
      softmax.clear();
      attend(
          heads,
          heads.scaled(queries, i * heads.numbers(), 1),
          rows,
          checked(chosen[i], rows.count()),
          softmax);
      softmax.finish(0, heads.count(), output, i * heads.count() * rows.valueDimension());
    }
  }

  /**
   * The same answers, with rows read once for a group of neighbouring queries: what any of them
   * chose is laid out once, and each sees of it only what it chose itself.
   *
   * @param group how many neighbours share, at least 1
   */
  public void prefillShared(
      Heads heads, float[] queries, Rows rows, int[][] chosen, int group, float[] output) {
    heads.fits(rows);
    if (group < 1) {
      throw new IllegalArgumentException("groups of %d queries".formatted(group));
    }
    OnlineSoftmax softmax =
        new OnlineSoftmax(kernels, group * heads.count(), rows.valueDimension());
    float[] panel = new float[width * heads.dimension()];
    for (int from = 0; from < chosen.length; from += group) {
      int many = Math.min(group, chosen.length - from);
      int[][] own = new int[many][];
      for (int i = 0; i < many; i++) {
        own[i] = checked(chosen[from + i], rows.count());
      }
      softmax.clear();
      shared(heads, heads.scaled(queries, from * heads.numbers(), many), rows, own, panel, softmax);
      softmax.finish(0, many * heads.count(), output, from * heads.count() * rows.valueDimension());
    }
  }

  private void shared(
      Heads heads, float[] scaled, Rows rows, int[][] own, float[] panel, OnlineSoftmax softmax) {
    int[] union = Arrays.stream(own).flatMapToInt(Arrays::stream).sorted().distinct().toArray();
    int[] next = new int[own.length];
    for (int from = 0; from < union.length; from += width) {
      int count = Math.min(width, union.length - from);
      kernels.pack(rows.keys(), rows.keyStride(), heads.dimension(), union, from, count, panel);
      kernels.dots(
          scaled, 0, own.length * heads.count(), heads.dimension(), panel, softmax.scores());
      for (int q = 0; q < own.length; q++) {
        next[q] = hide(union, from, count, own[q], next[q], softmax.scores(), q, heads.count());
      }
      softmax.add(rows, union, from, count, 0, own.length * heads.count(), null);
    }
  }

  private int hide(
      int[] union, int from, int count, int[] own, int next, float[] scores, int q, int heads) {
    int at = next;
    for (int row = 0; row < count; row++) {
      if (at < own.length && own[at] == union[from + row]) {
        at++;
      } else {
        for (int head = 0; head < heads; head++) {
          scores[(q * heads + head) * width + row] = Float.NEGATIVE_INFINITY;
        }
      }
    }
    return at;
  }

  private void attend(Heads heads, float[] scaled, Rows rows, int[] chosen, OnlineSoftmax softmax) {
    heads.fits(rows);
    float[] panel = new float[width * heads.dimension()];
    for (int from = 0; from < chosen.length; from += width) {
      int count = Math.min(width, chosen.length - from);
      kernels.pack(rows.keys(), rows.keyStride(), heads.dimension(), chosen, from, count, panel);
      kernels.dots(scaled, 0, heads.count(), heads.dimension(), panel, softmax.scores());
      softmax.add(rows, chosen, from, count, 0, heads.count(), null);
    }
  }

  /** The rows in ascending order, without padding; the array itself where it is so already. */
  private static int[] checked(int[] chosen, int count) {
    int last = -1;
    for (int i = 0; i < chosen.length; i++) {
      if (chosen[i] <= last) {
        return sorted(chosen, count);
      }
      last = chosen[i];
    }
    if (last >= count) {
      throw new IndexOutOfBoundsException("row %d of %d is chosen".formatted(last, count));
    }
    return chosen;
  }

  private static int[] sorted(int[] chosen, int count) {
    int[] rows = Arrays.stream(chosen).filter(row -> row != NO_ROW).sorted().toArray();
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] < 0 || rows[i] >= count) {
        throw new IndexOutOfBoundsException("row %d of %d is chosen".formatted(rows[i], count));
      }
      if (i > 0 && rows[i] == rows[i - 1]) {
        throw new IllegalArgumentException("row %d is chosen twice".formatted(rows[i]));
      }
    }
    return rows;
  }
}
