package dev.holdfast.reading;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * Turns texts into vectors of unit length, whose scalar product is the cosine between them.
 *
 * <p>The same text gives the same vector, whatever else is embedded beside it and by how many
 * threads. Any thread may ask.
 */
public interface Embedder extends AutoCloseable {
  /** How many numbers a vector has. */
  int dimensions();

  /**
   * The vector of a text.
   *
   * @throws dev.holdfast.base.CodedException EMBEDDER_FAILED
   */
  float[] embed(String text);

  /**
   * The vectors of texts, in their order.
   *
   * @param progress hears now and then how many are done, one call at a time, from any thread
   * @throws dev.holdfast.base.CodedException EMBEDDER_FAILED
   */
  List<float[]> embedAll(List<String> texts, IntConsumer progress);

  /** Gives back threads and memory; nothing may be asked after it. */
  @Override
  void close();
}
