package dev.holdfast.reading;

import dev.holdfast.attention.Rows;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Passages with their vectors: what questions are asked of. A passage's vector is its key and its
 * value.
 */
public final class Shelf {
  private final EmbeddingModel model;
  private final List<Passage> passages;
  private final Rows rows;

  private Shelf(EmbeddingModel model, List<Passage> passages, List<float[]> vectors) {
    this.model = model;
    this.passages = List.copyOf(passages);
    int dimension = model.dimensions();
    float[] numbers = new float[Math.multiplyExact(passages.size(), dimension)];
    for (int i = 0; i < vectors.size(); i++) {
      System.arraycopy(vectors.get(i), 0, numbers, i * dimension, dimension);
    }
    rows = Rows.ofKeys(MemorySegment.ofArray(numbers), dimension, passages.size());
  }

  /**
   * Cuts and embeds documents.
   *
   * @param embedder runs {@code model}
   * @param progress hears now and then how many passages are done
   */
  public static Shelf of(
      EmbeddingModel model, Embedder embedder, List<Passage> passages, IntConsumer progress) {
    return new Shelf(
        model,
        passages,
        embedder.embedAll(passages.stream().map(Passage::text).toList(), progress));
  }

  /** The passages of documents, each cut by the rules of its language. */
  public static List<Passage> cut(List<Document> documents) {
    List<Passage> passages = new ArrayList<>();
    documents.forEach(document -> passages.addAll(PassageCutter.cutAny(document)));
    return passages;
  }

  /** The model that embedded them. */
  public EmbeddingModel model() {
    return model;
  }

  /** The passages, in their order. */
  public List<Passage> passages() {
    return passages;
  }

  /** Their vectors. */
  public Rows rows() {
    return rows;
  }
}
