package dev.holdfast.bench;

import dev.holdfast.attention.DenseAttention;
import dev.holdfast.attention.IndexForm;
import dev.holdfast.attention.IndexKeys;
import dev.holdfast.attention.Instructions;
import dev.holdfast.attention.LightningIndexer;
import dev.holdfast.attention.PackedKeys;
import dev.holdfast.attention.Projection;
import dev.holdfast.attention.Rows;
import dev.holdfast.attention.SparseAttention;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long one query of 8 heads of 128 numbers takes over 8K to 1M rows on one thread: our dense
 * attention with keys laid out before and without, PyTorch's, and the lightning indexer with
 * attention over what it chose. All in turn in the same run; each line gives the median of the
 * turns and two floors, what must be read over what memory streams and what must be multiplied over
 * what the processor can.
 *
 * <p>Rows and queries are drawn from the normal distribution (seeds 1 to 3), which says nothing of
 * how well rows are chosen. Outputs of PyTorch are held against ours in the run. Arguments: numbers
 * of rows. To be run with {@code -XX:+UseTransparentHugePages --add-modules jdk.incubator.vector
 * --enable-native-access=ALL-UNNAMED -Xmx8g}.
 */
public final class AttentionDecode {
  private static final int[] ROWS = {8 << 10, 32 << 10, 128 << 10, 1 << 20};
  private static final int QUERIES = 8;
  private static final int INDEX_HEADS = 4;

  /** What is chosen and how: rows, the form of the index and its numbers a row. */
  private record Way(int k, IndexForm form, int numbers) {
    @Override
    public String toString() {
      return "k = %d of %d numbers, %d octets: ".formatted(k, numbers, form.octets(numbers));
    }
  }

  private static final List<Way> WAYS =
      List.of(
          new Way(512, IndexForm.TWO_BITS, 128),
          new Way(512, IndexForm.EIGHT_BITS, 32),
          new Way(2048, IndexForm.TWO_BITS, 128),
          new Way(2048, IndexForm.EIGHT_BITS, 64));

  private final Roofline roofline;

  private AttentionDecode(Roofline roofline) {
    this.roofline = roofline;
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(Machine.describe(Path.of(".")));
    System.out.println(AttentionTurns.flags());
    Roofline roofline = Roofline.measured();
    System.out.println(roofline);
    int[] sizes =
        arguments.length == 0
            ? ROWS
            : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    for (int size : sizes) {
      new AttentionDecode(roofline).measure(size);
    }
  }

  /** What is timed of a choice. */
  private record Choice(Way way, int choosing, int attending) {}

  private void measure(int count) {
    int dimension = AttentionTurns.HEADS.dimension();
    float[] keys = AttentionTurns.normal(1, count * dimension);
    float[] values = AttentionTurns.normal(2, count * dimension);
    Rows rows = AttentionTurns.rows(keys, values);
    float[][] queries = new float[QUERIES][];
    Arrays.setAll(queries, i -> AttentionTurns.normal(3 + i, AttentionTurns.HEADS.numbers()));
    Instructions best = Instructions.best();
    DenseAttention dense = new DenseAttention(best);
    PackedKeys packed = PackedKeys.of(best, rows);
    AttentionTurns turns = new AttentionTurns(6, 11, 200_000_000);
    try (PyTorchAttention torch =
        new PyTorchAttention(keys, values, AttentionTurns.HEADS.count(), dimension)) {
      for (float[] query : queries) {
        AttentionTurns.same(
            dense.decode(AttentionTurns.HEADS, query, rows, packed).output(), torch.decode(query));
      }
      turns.add(i -> dense.decode(AttentionTurns.HEADS, queries[i % QUERIES], rows, packed));
      turns.add(i -> dense.decode(AttentionTurns.HEADS, queries[i % QUERIES], rows));
      turns.add(i -> torch.decode(queries[i % QUERIES]));
      List<Choice> choices = WAYS.stream().map(way -> choice(turns, rows, queries, way)).toList();
      print(count, turns.milliseconds(), choices);
    }
  }

  private static Choice choice(AttentionTurns turns, Rows rows, float[][] queries, Way way) {
    Instructions best = Instructions.best();
    Projection projection = projection(way.numbers);
    LightningIndexer indexer =
        new LightningIndexer(
            best, projection, IndexKeys.of(way.form, projection, rows), INDEX_HEADS);
    SparseAttention sparse = new SparseAttention(best);
    int[][] chosen = new int[QUERIES][];
    Arrays.setAll(
        chosen, i -> indexer.select(AttentionTurns.HEADS, queries[i], rows.count(), way.k));
    return new Choice(
        way,
        turns.add(
            i -> indexer.select(AttentionTurns.HEADS, queries[i % QUERIES], rows.count(), way.k)),
        turns.add(i ->
            sparse.decode(AttentionTurns.HEADS, queries[i % QUERIES], rows, chosen[i % QUERIES])));
  }

  /** What the index keeps of a key. */
  static Projection projection(int numbers) {
    return Projection.hadamard(AttentionTurns.HEADS.dimension(), numbers);
  }

  private void print(int count, double[] took, List<Choice> choices) {
    System.out.printf(
        Locale.ROOT,
        "%n%-48s %10s %12s %12s   %s%n",
        count + " rows, " + PyTorchAttention.describe(),
        "ms",
        "reading",
        "multiplying",
        "best dense over it");
    double numbers = 2.0 * AttentionTurns.HEADS.dimension();
    double read = count * numbers * Float.BYTES;
    double products = count * numbers * AttentionTurns.HEADS.count();
    double best = Math.min(took[0], took[2]);
    line("dense, keys laid out before", took[0], read, products, best);
    line("dense, row by row", took[1], read, products, best);
    line("dense, PyTorch", took[2], read, products, best);
    for (Choice choice : choices) {
      Way way = choice.way;
      String name = way.toString();
      double choosing = took[choice.choosing];
      double attending = took[choice.attending];
      double index = (double) count * (way.form.octets(way.numbers) + Float.BYTES);
      double indexed = (double) count * way.numbers * INDEX_HEADS;
      double chosen = numbers * Math.min(way.k, count);
      line(name + "choosing", choosing, index, indexed, best);
      line(
          name + "attention",
          attending,
          chosen * Float.BYTES,
          chosen * AttentionTurns.HEADS.count(),
          best);
      line(
          name + "both",
          choosing + attending,
          index + chosen * Float.BYTES,
          indexed + chosen * AttentionTurns.HEADS.count(),
          best);
    }
  }

  private void line(String name, double took, double read, double products, double best) {
    System.out.printf(
        Locale.ROOT,
        "%-48s %10.3f %12.3f %12.3f %8.2f%n",
        name,
        took,
        roofline.reading(read),
        roofline.multiplying(products),
        best / took);
  }
}
