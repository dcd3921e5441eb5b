package dev.holdfast.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;

/**
 * Dense attention by PyTorch on one thread: heads of queries over one key and one value a row.
 *
 * <p>Products, softmax, products, each by PyTorch's own kernel over all rows at once. Its fused
 * scaled_dot_product_attention is not among what DJL hands on.
 */
final class PyTorchAttention implements AutoCloseable {
  private final NDManager manager;
  private final NDArray keys;
  private final NDArray values;
  private final int heads;
  private final int dimension;
  private final float scale;

  /**
   * Copies the rows over.
   *
   * @param keys {@code rows * dimension} numbers
   * @param values as many
   */
  PyTorchAttention(float[] keys, float[] values, int heads, int dimension) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine engine = Engine.getEngine("PyTorch");
    if (JniUtils.getNumThreads() != 1) {
      throw new IllegalStateException("PyTorch uses " + JniUtils.getNumThreads() + " threads");
    }
    manager = engine.newBaseManager(Device.cpu());
    this.heads = heads;
    this.dimension = dimension;
    scale = (float) (1 / Math.sqrt(dimension));
    Shape shape = new Shape(keys.length / dimension, dimension);
    this.keys = manager.create(keys, shape);
    this.values = manager.create(values, shape);
  }

  /** What computes. */
  static String describe() {
    return "PyTorch %s by DJL, %d thread"
        .formatted(Engine.getEngine("PyTorch").getVersion(), JniUtils.getNumThreads());
  }

  /** One query over all rows. */
  float[] decode(float[] query) {
    try (NDManager scope = manager.newSubManager()) {
      // Results attach to the manager of their first operand.
      NDArray q = scope.create(query, new Shape(heads, dimension)).muli(scale);
      NDArray k = keys.transpose();
      k.attach(scope);
      return q.matMul(k).softmax(1).matMul(values).toFloatArray();
    }
  }

  /**
   * The queries of a block of positions, each over the rows up to its own.
   *
   * @param queries {@code positions * heads * dimension} numbers
   * @param first the first one's position
   */
  float[] prefill(float[] queries, int first) {
    int positions = queries.length / heads / dimension;
    int end = first + positions;
    try (NDManager scope = manager.newSubManager()) {
      NDArray q = scope.create(queries, new Shape((long) positions * heads, dimension)).muli(scale);
      NDArray k = keys.get(new NDIndex(":" + end));
      k.attach(scope);
      NDArray v = values.get(new NDIndex(":" + end));
      v.attach(scope);
      NDArray scores = q.matMul(k.transpose());
      NDArray diagonal = scores.get(new NDIndex(":, " + first + ":"));
      diagonal.addi(scope.create(mask(positions), new Shape((long) positions * heads, positions)));
      return scores.softmax(1).matMul(v).toFloatArray();
    }
  }

  private float[] mask(int positions) {
    float[] mask = new float[positions * heads * positions];
    for (int q = 0; q < positions * heads; q++) {
      int from = q * positions + q / heads + 1;
      Arrays.fill(mask, from, (q + 1) * positions, Float.NEGATIVE_INFINITY);
    }
    return mask;
  }

  @Override
  public void close() {
    manager.close();
  }
}
