package dev.holdfast.bench;

import dev.holdfast.attention.DenseAttention;
import dev.holdfast.attention.Heads;
import dev.holdfast.attention.IndexForm;
import dev.holdfast.attention.Instructions;
import dev.holdfast.attention.LightningIndexer;
import dev.holdfast.attention.Projection;
import dev.holdfast.attention.Rows;
import dev.holdfast.attention.SparseAttention;
import dev.holdfast.attention.store.RowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long one query takes over a file of rows that is not in memory, while its index is: dense
 * attention through the mapping, and attention over 512 rows that the index chose, through the
 * mapping and with the rows copied out by reads. Before each turn the system is made to forget the
 * file, and what it keeps nevertheless is printed; the ways take turns.
 *
 * <p>8 heads of 128 numbers, random rows of 128 numbers a key and a value. Arguments: a folder,
 * which keeps the file from run to run, and the number of rows (1048576). Flags as in {@link
 * AttentionDecode}.
 */
public final class AttentionCold {
  private static final Heads HEADS = AttentionTurns.HEADS;
  private static final int K = 512;
  private static final int INDEX_HEADS = 4;
  private static final int TURNS = 7;
  private static final int TOGETHER = 1 << 14;

  private AttentionCold() {}

  private interface Way {
    void run(int turn);
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 1) {
      throw new IllegalArgumentException("a folder for the rows is needed");
    }
    Path folder = Path.of(arguments[0]);
    int count = arguments.length < 2 ? 1 << 20 : Integer.parseInt(arguments[1]);
    System.out.println(Machine.describe(Path.of(".")));
    System.out.println(AttentionTurns.flags());
    Projection projection = Projection.hadamard(HEADS.dimension(), HEADS.dimension());
    try (RowFile file = RowFile.open(folder, projection, IndexForm.TWO_BITS, HEADS.dimension())) {
      write(file, count);
      measure(folder.resolve("rows"), file, projection, count);
    }
  }

  private static void write(RowFile file, int count) {
    int dimension = HEADS.dimension();
    while (file.count() < count) {
      int from = file.count();
      int many = Math.min(TOGETHER, count - from);
      float[] numbers = AttentionTurns.normal(from, 2 * many * dimension);
      for (int i = 0; i < 2 * many; i += 2) {
        file.append(
            Arrays.copyOfRange(numbers, i * dimension, (i + 1) * dimension),
            Arrays.copyOfRange(numbers, (i + 1) * dimension, (i + 2) * dimension));
      }
      file.commit();
    }
  }

  private static void measure(Path path, RowFile file, Projection projection, int count)
      throws IOException {
    Instructions best = Instructions.best();
    RowFile.Snapshot snapshot = file.snapshot();
    Rows rows = snapshot.rows();
    DenseAttention dense = new DenseAttention(best);
    SparseAttention sparse = new SparseAttention(best);
    LightningIndexer indexer =
        new LightningIndexer(best, projection, snapshot.index(), INDEX_HEADS);
    float[][] queries = new float[TURNS][];
    Arrays.setAll(queries, i -> AttentionTurns.normal(-1 - i, HEADS.numbers()));
    int[] all = new int[K];
    Arrays.setAll(all, i -> i);
    String[] names = {
      "dense, through the mapping", "k = 512 through the mapping", "k = 512 by reads"
    };
    List<Way> ways =
        List.of(
            turn -> dense.decode(HEADS, queries[turn], rows),
            turn ->
                sparse.decode(
                    HEADS, queries[turn], rows, indexer.select(HEADS, queries[turn], count, K)),
            turn -> {
              int[] chosen = indexer.select(HEADS, queries[turn], count, K);
              sparse.decode(HEADS, queries[turn], file.copy(chosen), all);
            });
    AttentionTurns.same(
        sparse
            .decode(HEADS, queries[0], rows, indexer.select(HEADS, queries[0], count, K))
            .output(),
        sparse
            .decode(HEADS, queries[0], file.copy(indexer.select(HEADS, queries[0], count, K)), all)
            .output());
    System.out.printf(
        Locale.ROOT,
        "%n%,d rows, file of %,d octets, index of %,d octets in memory%n",
        count,
        path.toFile().length(),
        snapshot.index().octets());
    double[][] took = new double[ways.size()][TURNS];
    double kept = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      for (int way = 0; way < ways.size(); way++) {
        kept = Math.max(kept, PageCache.forget(path, rows.keys()));
        long from = System.nanoTime();
        ways.get(way).run(turn);
        took[way][turn] = (System.nanoTime() - from) / 1e6;
      }
    }
    System.out.printf(Locale.ROOT, "at most %.4f of the file was in memory before a turn%n", kept);
    List<Double> medians = new ArrayList<>();
    for (int way = 0; way < ways.size(); way++) {
      Arrays.sort(took[way]);
      medians.add(took[way][TURNS / 2]);
      System.out.printf(
          Locale.ROOT,
          "%-30s %10.1f ms (%.1f to %.1f)  dense over it %6.1f%n",
          names[way],
          took[way][TURNS / 2],
          took[way][0],
          took[way][TURNS - 1],
          medians.getFirst() / took[way][TURNS / 2]);
    }
  }
}
