package dev.holdfast.bench;

import dev.holdfast.attention.DenseAttention;
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
import java.util.Locale;

/**
 * How long causal attention of all positions takes, 8 heads of 128 numbers, on one thread: ours and
 * PyTorch's dense one, and choosing with attention over what was chosen, alone and with neighbours
 * sharing what is read. In blocks of 512 positions, in turn in the same run; medians of the turns.
 *
 * <p>Where there are more blocks than asked for with {@code --blocks} (16), so many are computed,
 * evenly spread, and the time is scaled up; the output says so. {@code --whole} computes all. Other
 * arguments: numbers of rows (8192 and 32768). Everything else is as in {@link AttentionDecode}.
 */
public final class AttentionPrefill {
  private static final int BLOCK = 512;
  private static final int K = 2048;
  private static final int NUMBERS = 64;
  private static final int INDEX_HEADS = 4;
  private static final int GROUP = 16;

  private AttentionPrefill() {}

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(Machine.describe(Path.of(".")));
    System.out.println(AttentionTurns.flags());
    Roofline roofline = Roofline.measured();
    System.out.println(roofline);
    int blocks = 16;
    int[] sizes = new int[0];
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--whole" -> blocks = Integer.MAX_VALUE;
        case "--blocks" -> blocks = Integer.parseInt(arguments[++i]);
        default -> {
          sizes = Arrays.copyOf(sizes, sizes.length + 1);
          sizes[sizes.length - 1] = Integer.parseInt(arguments[i]);
        }
      }
    }
    for (int size : sizes.length == 0 ? new int[] {8 << 10, 32 << 10} : sizes) {
      measure(size, Math.min(blocks, size / BLOCK), roofline);
    }
  }

  private static void measure(int count, int blocks, Roofline roofline) {
    int dimension = AttentionTurns.HEADS.dimension();
    float[] keys = AttentionTurns.normal(1, count * dimension);
    float[] values = AttentionTurns.normal(2, count * dimension);
    float[] queries = AttentionTurns.normal(3, BLOCK * AttentionTurns.HEADS.numbers());
    Rows rows = AttentionTurns.rows(keys, values);
    Instructions best = Instructions.best();
    DenseAttention dense = new DenseAttention(best);
    PackedKeys packed = PackedKeys.of(best, rows);
    Projection projection = AttentionDecode.projection(NUMBERS);
    LightningIndexer indexer =
        new LightningIndexer(best, projection, IndexKeys.of(projection, rows), INDEX_HEADS);
    SparseAttention sparse = new SparseAttention(best);
    int[] firsts = firsts(count, blocks);
    int[][][] chosen = new int[blocks][][];
    float[] output = new float[queries.length];
    AttentionTurns turns = new AttentionTurns(1, 3, 1);
    try (PyTorchAttention torch =
        new PyTorchAttention(keys, values, AttentionTurns.HEADS.count(), dimension)) {
      for (int block : new int[] {0, blocks - 1}) {
        dense.prefill(AttentionTurns.HEADS, queries, firsts[block], BLOCK, rows, packed, output);
        AttentionTurns.same(output, torch.prefill(queries, firsts[block]));
      }
      turns.add(i -> {
        for (int first : firsts) {
          dense.prefill(AttentionTurns.HEADS, queries, first, BLOCK, rows, packed, output);
        }
      });
      turns.add(i -> {
        for (int first : firsts) {
          torch.prefill(queries, first);
        }
      });
      turns.add(i ->
          Arrays.setAll(
              chosen, b -> indexer.prefill(AttentionTurns.HEADS, queries, firsts[b], BLOCK, K)));
      turns.add(i -> {
        for (int[][] choice : chosen) {
          sparse.prefill(AttentionTurns.HEADS, queries, rows, choice, output);
        }
      });
      turns.add(i -> {
        for (int[][] choice : chosen) {
          sparse.prefillShared(AttentionTurns.HEADS, queries, rows, choice, GROUP, output);
        }
      });
      print(count, blocks, turns.milliseconds(), roofline);
    }
  }

  /** Where blocks begin, evenly spread, so that on average they see half of the rows. */
  private static int[] firsts(int count, int blocks) {
    int[] firsts = new int[blocks];
    Arrays.setAll(firsts, i -> (int) Math.round((i + 0.5) * count / blocks - BLOCK / 2.0));
    return firsts;
  }

  private static void print(int count, int blocks, double[] took, Roofline roofline) {
    double scale = (double) count / BLOCK / blocks;
    System.out.printf(
        Locale.ROOT,
        "%n%d rows, %s, %s%n",
        count,
        PyTorchAttention.describe(),
        scale == 1
            ? "all blocks computed"
            : "%d of %d blocks computed, scaled up".formatted(blocks, count / BLOCK));
    double pairs = count / 2.0 * (count + 1) * 2 * AttentionTurns.HEADS.numbers();
    System.out.printf(
        Locale.ROOT, "%-44s %10.2f s%n", "dense, floor", roofline.multiplying(pairs) / 1e3);
    double best = Math.min(took[0], took[1]);
    line("dense, ours", took[0], scale, best);
    line("dense, PyTorch", took[1], scale, best);
    String name = "k = %d of %d numbers: ".formatted(K, NUMBERS);
    line(name + "choosing", took[2], scale, best);
    line(name + "attention alone", took[3], scale, best);
    line(name + "attention by groups of " + GROUP, took[4], scale, best);
    line(name + "both", took[2] + Math.min(took[3], took[4]), scale, best);
  }

  private static void line(String name, double took, double scale, double best) {
    System.out.printf(Locale.ROOT, "%-44s %10.2f s %8.2f%n", name, took * scale / 1e3, best / took);
  }
}
