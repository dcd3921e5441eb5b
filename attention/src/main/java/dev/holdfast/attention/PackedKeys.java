package dev.holdfast.attention;

import java.util.stream.IntStream;

/**
 * Keys laid out once for dense attention, so that it need not turn them for every query.
 *
 * <p>As much memory as the keys themselves. It holds for the instructions that it was made with.
 */
public final class PackedKeys {
  private final Instructions instructions;
  private final int count;
  private final int dimension;
  private final float[][] panels;

  private PackedKeys(Instructions instructions, Rows rows) {
    this.instructions = instructions;
    count = rows.count();
    dimension = rows.keyDimension();
    Kernels kernels = instructions.kernels();
    int width = kernels.width();
    panels = new float[Math.ceilDiv(count, width)][];
    for (int p = 0; p < panels.length; p++) {
      int first = p * width;
      int there = Math.min(width, count - first);
      panels[p] = new float[width * dimension];
      kernels.pack(
          rows.keys(),
          rows.keyStride(),
          dimension,
          IntStream.range(first, first + there).toArray(),
          0,
          there,
          panels[p]);
    }
  }

  /** Lays out the keys of all rows. */
  public static PackedKeys of(Instructions instructions, Rows rows) {
    return new PackedKeys(instructions, rows);
  }

  float[] panel(int index) {
    return panels[index];
  }

  void fits(Instructions used, Rows rows) {
    if (used != instructions || rows.count() > count || rows.keyDimension() != dimension) {
      throw new IllegalArgumentException("these keys were packed for others");
    }
  }
}
