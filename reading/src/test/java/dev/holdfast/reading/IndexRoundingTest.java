package dev.holdfast.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.attention.Heads;
import dev.holdfast.attention.IndexForm;
import dev.holdfast.attention.IndexKeys;
import dev.holdfast.attention.Instructions;
import dev.holdfast.attention.LightningIndexer;
import dev.holdfast.attention.Projection;
import dev.holdfast.attention.Rows;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How much rounding changes what is chosen, on this project's own documents. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IndexRoundingTest {
  private static final int PASSAGES = 320;
  private static final int CHOSEN = 64;
  private static final int FEW = 16;
  private static final int NEAREST = 10;

  private static final EmbeddingModel MODEL = EmbeddingModel.MINILM;

  private static final Heads HEADS = new Heads(1, MODEL.dimensions(), 1);

  private Rows rows = Rows.ofKeys(MemorySegment.ofArray(new float[0]), MODEL.dimensions(), 0);

  @BeforeAll
  void embed() {
    List<Document> documents =
        new DocumentFiles()
            .read(List.of(Path.of("..", "docs"), Path.of("..", "README.md")), problem -> {});
    try (OnnxEmbedder embedder = new OnnxEmbedder(MODEL)) {
      List<Passage> passages = Shelf.cut(documents);
      rows = Shelf.of(MODEL, embedder, passages.subList(0, PASSAGES), done -> {}).rows();
    }
  }

  private LightningIndexer indexer(IndexForm form, Projection projection) {
    return new LightningIndexer(
        Instructions.best(), projection, IndexKeys.of(form, projection, rows), 1);
  }

  /** The rows of highest score, ascending. */
  private static int[] best(double[] scores, int many) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer row) -> -scores[row]))
        .limit(many)
        .mapToInt(row -> row)
        .sorted()
        .toArray();
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /**
   * The mean share of some rows that the index chooses, each row asking.
   *
   * @param wanted the rows for the one that asks
   */
  private double found(LightningIndexer indexer, int k, IntFunction<int[]> wanted) {
    double found = 0;
    for (int asking = 0; asking < rows.count(); asking++) {
      int[] chosen = indexer.select(HEADS, rows.key(asking), rows.count(), k);
      int[] right = wanted.apply(asking);
      found +=
          Arrays.stream(right).filter(row -> Arrays.binarySearch(chosen, row) >= 0).count()
              / (double) right.length;
    }
    return found / rows.count();
  }

  @Test
  void eight_bits_choose_what_floats_choose_in_99_of_100() {
    Projection projection = Projection.principal(rows, 32);
    float[] zero = projection.ofKey(new float[MODEL.dimensions()], 0);
    double agreed =
        found(
            indexer(IndexForm.EIGHT_BITS, projection),
            CHOSEN,
            asking -> {
              float[] query = projection.ofKey(rows.key(asking), 0);
              for (int i = 0; i < query.length; i++) {
                query[i] -= zero[i];
              }
              double[] scores = new double[rows.count()];
              Arrays.setAll(scores, row -> product(query, projection.ofKey(rows.key(row), 0)));
              return best(scores, CHOSEN);
            });
    assertThat(agreed).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void two_bits_of_more_directions_find_more_of_the_nearest_in_the_same_room() {
    IntFunction<int[]> nearest =
        asking -> {
          double[] scores = new double[rows.count()];
          Arrays.setAll(scores, row -> product(rows.key(asking), rows.key(row)));
          return best(scores, NEAREST);
        };
    LightningIndexer eight = indexer(IndexForm.EIGHT_BITS, Projection.principal(rows, 32));
    LightningIndexer two = indexer(IndexForm.TWO_BITS, Projection.principal(rows, 128).spread());
    assertThat(two.octets()).isEqualTo(eight.octets());
    double byTwo = found(two, FEW, nearest);
    double byEight = found(eight, FEW, nearest);
    assertThat(byTwo).isGreaterThan(byEight).isGreaterThan(0.95);
  }
}
