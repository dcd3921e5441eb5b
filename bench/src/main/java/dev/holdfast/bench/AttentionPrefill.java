package dev.holdfast.bench;

import dev.holdfast.attention.BlockSelector;
import dev.holdfast.attention.DenseAttention;
import dev.holdfast.attention.Heads;
import dev.holdfast.attention.IndexForm;
import dev.holdfast.attention.IndexKeys;
import dev.holdfast.attention.Instructions;
import dev.holdfast.attention.LightningIndexer;
import dev.holdfast.attention.PackedKeys;
import dev.holdfast.attention.Projection;
import dev.holdfast.attention.Rows;
import dev.holdfast.attention.SparseAttention;
import dev.holdfast.attention.TieredIndexer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long causal attention of all positions takes, 8 heads of 128 numbers, on one thread: ours and
 * PyTorch's dense one, and choosing by the index, by two tiers and by blocks, with attention over
 * what was chosen, alone and with 16 neighbours sharing what is read. In blocks of 512 positions,
 * in turn in the same run; medians of the turns.
 *
 * <p>Neighbouring queries are drawn alike or not: {@code --alike R} is the correlation of each
 * query with the one before it, 0 where nothing is said. Sharing lives on queries that choose
 * alike, as those of a text do.
 *
 * <p>Where there are more blocks than asked for with {@code --blocks} (16), so many are computed,
 * evenly spread, and the time is scaled up; the output says so. {@code --whole} computes all.
 * {@code --k} rows are chosen (512). Other arguments: numbers of rows (8192 and 32768). Everything
 * else is as in {@link AttentionDecode}.
 */
public final class AttentionPrefill {
  private static final Heads HEADS = AttentionTurns.HEADS;
  private static final int BLOCK = 512;
  private static final int INDEX_HEADS = 4;
  private static final int GROUP = 16;
  private static final int BREADTH = 8;
  private static final int ROWS_OF_BLOCK = 16;

  private final int count;
  private final int blocks;
  private final int k;
  private final double alike;
  private final Roofline roofline;
  private final AttentionTurns turns = new AttentionTurns(1, 3, 1);
  private final List<Line> lines = new ArrayList<>();

  /** What is printed of works that were timed: the sum of what they took. */
  private record Line(String name, int... works) {}

  private AttentionPrefill(int count, int blocks, int k, double alike, Roofline roofline) {
    this.count = count;
    this.blocks = blocks;
    this.k = k;
    this.alike = alike;
    this.roofline = roofline;
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(Machine.describe(Path.of(".")));
    System.out.println(AttentionTurns.flags());
    Roofline roofline = Roofline.measured();
    System.out.println(roofline);
    int blocks = 16;
    int k = 512;
    double alike = 0;
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--whole" -> blocks = Integer.MAX_VALUE;
        case "--blocks" -> blocks = Integer.parseInt(arguments[++i]);
        case "--k" -> k = Integer.parseInt(arguments[++i]);
        case "--alike" -> alike = Double.parseDouble(arguments[++i]);
        default -> sizes.add(Integer.parseInt(arguments[i]));
      }
    }
    for (int size : sizes.isEmpty() ? List.of(8 << 10, 32 << 10) : sizes) {
      new AttentionPrefill(size, Math.min(blocks, size / BLOCK), k, alike, roofline).measure();
    }
  }

  private void measure() {
    int dimension = HEADS.dimension();
    float[] keys = AttentionTurns.normal(1, count * dimension);
    float[] values = AttentionTurns.normal(2, count * dimension);
    float[] queries = queries();
    Rows rows = AttentionTurns.rows(keys, values);
    Instructions best = Instructions.best();
    DenseAttention dense = new DenseAttention(best);
    PackedKeys packed = PackedKeys.of(best, rows);
    int[] firsts = firsts();
    float[] output = new float[queries.length];
    try (PyTorchAttention torch = new PyTorchAttention(keys, values, HEADS.count(), dimension)) {
      for (int block : new int[] {0, blocks - 1}) {
        dense.prefill(HEADS, queries, firsts[block], BLOCK, rows, packed, output);
        AttentionTurns.same(output, torch.prefill(queries, firsts[block]));
      }
      lines.add(
          new Line(
              "dense, ours",
              turns.add(i -> {
                for (int first : firsts) {
                  dense.prefill(HEADS, queries, first, BLOCK, rows, packed, output);
                }
              })));
      lines.add(
          new Line(
              "dense, PyTorch",
              turns.add(i -> {
                for (int first : firsts) {
                  torch.prefill(queries, first);
                }
              })));
      index(IndexForm.TWO_BITS, 128, rows, queries, firsts, output);
      index(IndexForm.EIGHT_BITS, 32, rows, queries, firsts, output);
      BlockSelector means = BlockSelector.means(best, rows, ROWS_OF_BLOCK);
      sparse(
          "blocks of %d by mean".formatted(ROWS_OF_BLOCK),
          (first, i) -> means.select(HEADS, query(queries, i), first + i + 1, k),
          rows,
          queries,
          firsts,
          output);
      print(turns.milliseconds());
    }
  }

  private void index(
      IndexForm form, int numbers, Rows rows, float[] queries, int[] firsts, float[] output) {
    Instructions best = Instructions.best();
    Projection projection = AttentionDecode.projection(numbers);
    IndexKeys keys = IndexKeys.of(form, projection, rows);
    LightningIndexer indexer = new LightningIndexer(best, projection, keys, INDEX_HEADS);
    String name = "index of %d numbers, %d octets".formatted(numbers, form.octets(numbers));
    int[][][] chosen = new int[blocks][][];
    int choosing =
        turns.add(
            i -> Arrays.setAll(chosen, b -> indexer.prefill(HEADS, queries, firsts[b], BLOCK, k)));
    attention(name, choosing, chosen, rows, queries, output);
    TieredIndexer tiered =
        new TieredIndexer(best, indexer, keys, TieredIndexer.tier(form, projection, rows), BREADTH);
    sparse(
        name + ", two tiers",
        (first, i) -> tiered.select(HEADS, queries, i * HEADS.numbers(), first + i + 1, k),
        rows,
        queries,
        firsts,
        output);
  }

  /** Chooses for the query {@code i} of a block whose first is at a position. */
  private interface Choosing {
    int[] choose(int first, int i);
  }

  private void sparse(
      String name, Choosing way, Rows rows, float[] queries, int[] firsts, float[] output) {
    int[][][] chosen = new int[blocks][BLOCK][];
    int choosing =
        turns.add(turn -> {
          for (int b = 0; b < blocks; b++) {
            int first = firsts[b];
            Arrays.setAll(chosen[b], i -> way.choose(first, i));
          }
        });
    attention(name, choosing, chosen, rows, queries, output);
  }

  private void attention(
      String name, int choosing, int[][][] chosen, Rows rows, float[] queries, float[] output) {
    SparseAttention sparse = new SparseAttention(Instructions.best());
    int alone =
        turns.add(i -> {
          for (int[][] choice : chosen) {
            sparse.prefill(HEADS, queries, rows, choice, output);
          }
        });
    int shared =
        turns.add(i -> {
          for (int[][] choice : chosen) {
            sparse.prefillShared(HEADS, queries, rows, choice, GROUP, output);
          }
        });
    lines.add(new Line(name + ": choosing", choosing));
    lines.add(new Line(name + ": attention", alone));
    lines.add(new Line(name + ": attention by %d".formatted(GROUP), shared));
    lines.add(new Line(name + ": both", choosing, alone));
    lines.add(new Line(name + ": both by %d".formatted(GROUP), choosing, shared));
  }

  /** A block of queries, each correlated with the one before it. */
  private float[] queries() {
    int numbers = HEADS.numbers();
    float[] queries = AttentionTurns.normal(3, BLOCK * numbers);
    float fresh = (float) Math.sqrt(1 - alike * alike);
    for (int i = numbers; i < queries.length; i++) {
      queries[i] = (float) alike * queries[i - numbers] + fresh * queries[i];
    }
    return queries;
  }

  private static float[] query(float[] queries, int i) {
    return Arrays.copyOfRange(queries, i * HEADS.numbers(), (i + 1) * HEADS.numbers());
  }

  /** Where blocks begin, evenly spread, so that on average they see half of the rows. */
  private int[] firsts() {
    int[] firsts = new int[blocks];
    Arrays.setAll(firsts, i -> (int) Math.round((i + 0.5) * count / blocks - BLOCK / 2.0));
    return firsts;
  }

  private void print(double[] took) {
    double scale = (double) count / BLOCK / blocks;
    System.out.printf(
        Locale.ROOT,
        "%n%d rows, k = %d, neighbours alike %.2f, %s, %s%n",
        count,
        k,
        alike,
        PyTorchAttention.describe(),
        scale == 1
            ? "all blocks computed"
            : "%d of %d blocks computed, scaled up".formatted(blocks, count / BLOCK));
    System.out.printf(Locale.ROOT, "%-56s %10s %s%n", "", "s", "best dense over it");
    double pairs = count / 2.0 * (count + 1) * 2 * HEADS.numbers();
    System.out.printf(
        Locale.ROOT, "%-56s %10.2f%n", "dense, floor", roofline.multiplying(pairs) / 1e3);
    double best = Math.min(took[0], took[1]);
    for (Line line : lines) {
      double sum = Arrays.stream(line.works).mapToDouble(work -> took[work]).sum();
      System.out.printf(
          Locale.ROOT, "%-56s %10.2f %8.2f%n", line.name, sum * scale / 1e3, best / sum);
    }
  }
}
