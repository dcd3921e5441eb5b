package dev.holdfast.attention;

/**
 * The shape of a query: so many heads, and by what their products with keys are multiplied before
 * the softmax.
 *
 * @param count heads, at least 1
 * @param dimension numbers in each head's query, as many as in a key
 * @param scale the factor; {@link #usual} is one over the square root of the dimension
 */
public record Heads(int count, int dimension, float scale) {
  /** Checks the shape. */
  public Heads {
    if (count < 1 || dimension < 1 || !Float.isFinite(scale)) {
      throw new IllegalArgumentException(
          "%d heads of %d numbers, times %s".formatted(count, dimension, scale));
    }
  }

  /** Heads with the scale of Vaswani et al., "Attention Is All You Need", 2017. */
  public static Heads usual(int count, int dimension) {
    return new Heads(count, dimension, (float) (1 / Math.sqrt(dimension)));
  }

  /** Numbers in one query, all heads. */
  public int numbers() {
    return count * dimension;
  }

  /** Queries times the scale, copied, so that products are scores. */
  float[] scaled(float[] queries, int at, int many) {
    float[] scaled = new float[many * numbers()];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = queries[at + i] * scale;
    }
    return scaled;
  }

  void fits(Rows rows) {
    if (rows.keyDimension() != dimension) {
      throw new IllegalArgumentException(
          "queries of %d numbers, keys of %d".formatted(dimension, rows.keyDimension()));
    }
  }
}
