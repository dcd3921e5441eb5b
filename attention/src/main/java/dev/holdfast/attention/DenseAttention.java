package dev.holdfast.attention;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Attention over all rows, blocked: the baseline, made as fast as we can.
 *
 * <p>Panels of keys are multiplied with all queries of a tile while they are in the cache, softmax
 * is computed as they come ({@link OnlineSoftmax}), and nothing of the size of rows by queries is
 * ever held (Dao et al., "FlashAttention", arXiv 2205.14135). One thread.
 */
public final class DenseAttention {
  private static final int TILE = 128;

  private final Instructions instructions;
  private final Kernels kernels;
  private final int width;

  /** Attention with certain instructions. */
  public DenseAttention(Instructions instructions) {
    this.instructions = instructions;
    kernels = instructions.kernels();
    width = kernels.width();
  }

  /**
   * One query over all rows, whose keys are turned on the way.
   *
   * @param query {@code heads.numbers()} numbers
   */
  public Attended decode(Heads heads, float[] query, Rows rows) {
    return decoded(heads, query, rows, null);
  }

  /** One query over all rows, with keys laid out before. */
  public Attended decode(Heads heads, float[] query, Rows rows, PackedKeys packed) {
    packed.fits(instructions, rows);
    return decoded(heads, query, rows, packed);
  }

  private Attended decoded(Heads heads, float[] query, Rows rows, @Nullable PackedKeys packed) {
    heads.fits(rows);
    float[] scaled = heads.scaled(query, 0, 1);
    OnlineSoftmax softmax = new OnlineSoftmax(kernels, heads.count(), rows.valueDimension());
    float[] turned = new float[packed == null ? width * heads.dimension() : 0];
    int[] ids = new int[width];
    for (int first = 0; first < rows.count(); first += width) {
      int count = Math.min(width, rows.count() - first);
      name(ids, first);
      float[] panel = turned;
      if (packed == null) {
        kernels.pack(rows.keys(), rows.keyStride(), heads.dimension(), ids, 0, count, turned);
      } else {
        panel = packed.panel(first / width);
      }
      kernels.dots(scaled, 0, heads.count(), heads.dimension(), panel, softmax.scores());
      softmax.add(rows, ids, 0, count, 0, heads.count(), null);
    }
    return softmax.finish();
  }

  private static void name(int[] ids, int first) {
    for (int i = 0; i < ids.length; i++) {
      ids[i] = first + i;
    }
  }

  /**
   * Causal attention of many queries: the one at position {@code p} sees the rows 0 to {@code p}.
   *
   * @param queries {@code positions * heads.numbers()} numbers, the first query at position {@code
   *     first}
   * @param packed the keys of all these rows, laid out before
   * @param output takes {@code positions * heads * valueDimension} numbers
   */
  public void prefill(
      Heads heads,
      float[] queries,
      int first,
      int positions,
      Rows rows,
      PackedKeys packed,
      float[] output) {
    heads.fits(rows);
    packed.fits(instructions, rows);
    Objects.checkFromIndexSize(first, positions, rows.count());
    int tile = Math.max(1, TILE / heads.count());
    OnlineSoftmax softmax = new OnlineSoftmax(kernels, tile * heads.count(), rows.valueDimension());
    int outputs = heads.count() * rows.valueDimension();
    for (int at = 0; at < positions; at += tile) {
      int many = Math.min(tile, positions - at);
      softmax.clear();
      tile(
          heads,
          heads.scaled(queries, at * heads.numbers(), many),
          first + at,
          many,
          rows,
          packed,
          softmax);
      softmax.finish(0, many * heads.count(), output, at * outputs);
    }
  }

  private void tile(
      Heads heads,
      float[] scaled,
      int position,
      int many,
      Rows rows,
      PackedKeys packed,
      OnlineSoftmax softmax) {
    int end = position + many;
    int[] ids = IntStream.range(0, width).toArray();
    int[] visible = new int[many * heads.count()];
    for (int first = 0; first < end; first += width) {
      int count = Math.min(width, end - first);
      name(ids, first);
      // Queries before the panel see nothing of it.
      int from = Math.max(0, first - position);
      for (int i = from; i < many; i++) {
        Arrays.fill(
            visible,
            i * heads.count(),
            (i + 1) * heads.count(),
            Math.min(count, position + i + 1 - first));
      }
      int firstQuery = from * heads.count();
      kernels.dots(
          scaled,
          firstQuery,
          many * heads.count(),
          heads.dimension(),
          packed.panel(first / width),
          softmax.scores());
      softmax.add(rows, ids, 0, count, firstQuery, many * heads.count(), visible);
    }
  }
}
