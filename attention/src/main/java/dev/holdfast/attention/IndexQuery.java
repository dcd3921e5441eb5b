package dev.holdfast.attention;

/**
 * A query in the terms of the index: some heads of whole numbers, each with a weight that may be
 * negative.
 *
 * <p>The score of row s is {@code sum over heads of weight * ReLU(head . row)} (the lightning
 * indexer of DeepSeek-V3.2, equation 1).
 */
public final class IndexQuery {
  final IndexForm form;
  final float[] heads;
  final float[] weights;

  private IndexQuery(IndexForm form, float[] heads, float[] weights) {
    this.form = form;
    this.heads = heads;
    this.weights = weights;
  }

  /**
   * Heads of any numbers, made whole: each is divided by a scale of its own, which goes into its
   * weight.
   *
   * @param form of the index that is asked
   * @param heads at least one, all of the index's dimension
   * @param weights one for each head, of either sign
   */
  public static IndexQuery of(IndexForm form, float[][] heads, float[] weights) {
    if (heads.length == 0 || heads.length != weights.length) {
      throw new IllegalArgumentException(
          "%d heads and %d weights".formatted(heads.length, weights.length));
    }
    int dimension = heads[0].length;
    float[] whole = new float[heads.length * dimension];
    float[] scaled = new float[heads.length];
    byte[] numbers = new byte[dimension];
    for (int i = 0; i < heads.length; i++) {
      scaled[i] = weights[i] * quantize(form, heads[i], numbers);
      if (!Float.isFinite(scaled[i])) {
        throw new IllegalArgumentException("the weight of head %d is not finite".formatted(i));
      }
      for (int j = 0; j < dimension; j++) {
        whole[i * dimension + j] = numbers[j];
      }
    }
    return new IndexQuery(form, whole, scaled);
  }

  private static float quantize(IndexForm form, float[] numbers, byte[] whole) {
    if (numbers.length != whole.length) {
      throw new IllegalArgumentException(
          "a head of %d numbers beside one of %d".formatted(numbers.length, whole.length));
    }
    return IndexForm.whole(numbers, IndexForm.largest(numbers), form.largestOfQuery(), whole);
  }

  int count() {
    return weights.length;
  }
}
