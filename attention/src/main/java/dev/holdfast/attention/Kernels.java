package dev.holdfast.attention;

import java.lang.foreign.MemorySegment;

/**
 * The inner loops, in two forms that compute the same: {@link VectorKernels} and {@link
 * ScalarKernels}.
 *
 * <p>Rows are worked on in panels of {@link #width} rows. In a panel number {@code i} of all rows
 * lies side by side, {@code panel[i * width + row]}, so that one lane of a vector is one row, sums
 * need no adding across lanes, and any dimension fits. Missing rows of the last panel are zero.
 */
interface Kernels {
  /** Rows in one block of the index, whatever the machine. */
  int BLOCK = 64;

  /**
   * Products are summed in runs of so many numbers, and then the runs: the error of a sum grows
   * with its length.
   */
  int SUMMED = 128;

  /** Rows in a panel; divides {@link #BLOCK}. */
  int width();

  /**
   * Lays rows into a panel.
   *
   * @param rows which, from {@code from} on, {@code count} of them, at most a panel's width
   */
  void pack(
      MemorySegment keys,
      long stride,
      int dimension,
      int[] rows,
      int from,
      int count,
      float[] panel);

  /**
   * Products of queries and the rows of a panel: {@code scores[q * width + row]}.
   *
   * @param first the first query of {@code queries}, which lie one after the other
   * @param last behind the last
   */
  void dots(float[] queries, int first, int last, int dimension, float[] panel, float[] scores);

  /**
   * Turns scores into weights, {@code exp(score - largest)} in place, and answers their sum; behind
   * {@code count} they become zero.
   */
  float soften(float[] scores, int at, int count, float largest);

  /** The largest of some numbers. */
  float largest(float[] scores, int at, int count);

  /**
   * Adds weighted values to outputs: {@code out[q] += sum of weights[q * width + i] *
   * value(rows[from + i])}.
   */
  void blend(
      MemorySegment values,
      long stride,
      int dimension,
      int[] rows,
      int from,
      int count,
      float[] weights,
      int first,
      int last,
      float[] out);

  /** Multiplies numbers in place. */
  void multiply(float[] numbers, int at, int count, float factor);

  /**
   * Lays rows of the index, whole numbers, out as a panel. Products of whole numbers are exact in
   * floats, in whatever order they are added.
   *
   * @param block {@code block[at + i * BLOCK + row]} is number {@code i} of a row of the panel
   */
  void unpack(byte[] block, int at, int dimension, float[] panel);

  /**
   * Products of index heads and such rows, {@code dots[head * width + row]}, as {@link #unpack} and
   * {@link #dots} give them, without a panel between: for one query alone that spares a third of
   * the time.
   */
  void indexDots(byte[] block, int at, int dimension, float[] heads, int count, float[] dots);

  /**
   * Sums of table entries for index heads and a block of rows of two bits: {@code sums[head * BLOCK
   * + row]}, which are products with {@link CodeTables#bias} added.
   *
   * @param block {@code block[g * BLOCK + place(row)]} is octet {@code g} of a row
   * @param groups octets of a row
   * @param tables of {@link CodeTables}
   * @param first the first head
   * @param last behind the last
   */
  void codeSums(byte[] block, int groups, byte[] tables, int first, int last, short[] sums);

  /**
   * Where in a block of two bits a row lies: sums of octets are carried in pairs of neighbours, and
   * when they part, those of even places are the first 32 rows and the others the last.
   */
  static int place(int row) {
    return row < BLOCK / 2 ? 2 * row : 2 * (row - BLOCK / 2) + 1;
  }

  /**
   * The index scores of a panel's rows for one query: {@code scales[row] * sum over heads of weight
   * * ReLU(dot)}. Heads are added in their order with fused multiply-add, so both kernels answer
   * the same bits.
   *
   * @param first those of head {@code j} lie at {@code dots[(first + j) * width]}
   */
  void combine(
      float[] dots,
      int first,
      float[] headWeights,
      int weightsAt,
      int heads,
      float[] scales,
      int scalesAt,
      float[] scores);

  /** The same of sums that {@link #codeSums} gave, for the panel that begins at a row. */
  void combineCodes(
      short[] sums,
      int bias,
      int first,
      float[] headWeights,
      int weightsAt,
      int heads,
      float[] scales,
      int scalesAt,
      float[] scores);

  /** Which of up to 64 scores are above a bar: bit {@code i} for {@code scores[i]}. */
  long above(float[] scores, int count, float bar);
}
