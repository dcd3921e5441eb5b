package dev.holdfast.attention.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.attention.Attended;
import dev.holdfast.attention.DenseAttention;
import dev.holdfast.attention.Heads;
import dev.holdfast.attention.IndexForm;
import dev.holdfast.attention.Instructions;
import dev.holdfast.attention.LightningIndexer;
import dev.holdfast.attention.Rows;
import dev.holdfast.attention.SparseAttention;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ReadersWhileAppendingTest {
  private static final int ALL = 6000;
  private static final int ROUNDS = 400;
  private static final Heads HEADS = Heads.usual(3, Numbers.KEY);

  @TempDir private Path folder = Path.of("");

  @Test
  void a_snapshot_is_whole_whatever_is_appended_meanwhile() throws Exception {
    Rows truth = Numbers.heap(ALL);
    try (RowFile file =
        RowFile.open(folder, Numbers.PROJECTION, IndexForm.EIGHT_BITS, Numbers.VALUE)) {
      CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(file));
      int round = 0;
      while (round < ROUNDS || !writer.isDone()) {
        read(file, truth, round++);
      }
      writer.join();
      read(file, truth, round);
      assertThat(file.count()).isEqualTo(ALL);
      assertThat(file.verify()).isEmpty();
    }
  }

  private static void write(RowFile file) {
    for (int row = 0; row < ALL; row++) {
      Numbers.append(file, 1);
      if (row % 500 == 0) {
        file.commit();
      }
    }
  }

  private static void read(RowFile file, Rows truth, int round) {
    RowFile.Snapshot snapshot = file.snapshot();
    int count = snapshot.rows().count();
    assertThat(snapshot.index().count()).isGreaterThanOrEqualTo(count);
    if (count == 0) {
      return;
    }
    Instructions instructions = round % 2 == 0 ? Instructions.best() : Instructions.SCALAR;
    float[] query = Numbers.numbers(-round * 31, HEADS.numbers());
    int[] chosen =
        new LightningIndexer(instructions, Numbers.PROJECTION, snapshot.index(), 2)
            .select(HEADS, query, count, 1 + round % 90);
    assertThat(chosen).hasSize(Math.min(count, 1 + round % 90));
    SparseAttention sparse = new SparseAttention(instructions);
    // The rows that were chosen, as the oracle has them.
    requireSame(
        sparse.decode(HEADS, query, snapshot.rows(), chosen),
        sparse.decode(HEADS, query, truth, chosen));
    // All rows, by the other kernels.
    Rows seen =
        new Rows(
            truth.keys(),
            truth.keyStride(),
            truth.keyDimension(),
            truth.values(),
            truth.valueStride(),
            truth.valueDimension(),
            count);
    int[] all = java.util.stream.IntStream.range(0, count).toArray();
    requireSame(
        sparse.decode(HEADS, query, snapshot.rows(), all),
        new DenseAttention(Instructions.SCALAR).decode(HEADS, query, seen));
  }

  private static void requireSame(Attended seen, Attended truth) {
    assertThat(seen.output()).containsExactly(truth.output(), Offset.offset(1e-5f));
    assertThat(seen.logSums()).containsExactly(truth.logSums(), Offset.offset(1e-5));
  }
}
