package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.ConsistencyProof;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.InclusionProof;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.PolicyCheck;
import dev.holdfast.ledger.ProofCheck;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileHashes;
import dev.holdfast.ledger.TreeHasher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers hold the log to its word while writers run. */
final class ReadersWhileWritingTest {
  private static final int WRITERS = 8;
  private static final int READERS = 3;

  @TempDir private Path temporary;
  private final NavigableMap<Long, Hash> acknowledged = new ConcurrentSkipListMap<>();
  private final NavigableMap<Long, Checkpoint> seen = new ConcurrentSkipListMap<>();
  private volatile Checkpoint shared = Checkpoint.of(TestLogs.ORIGIN, 0, TreeHasher.emptyRoot());
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void inclusion_in_a_shared_checkpoint_and_consistency_between_all_that_were_seen()
      throws Exception {
    Path folder = temporary.resolve("log");
    LogFolder log =
        LogFolder.create(folder, List.of(TestLogs.KEY), Optional.empty(), InstantSource.system());
    look(log);
    List<Future<?>> all = new ArrayList<>();
    List<Future<Integer>> readers = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool();
        LogWriter writer =
            LogWriter.open(
                folder,
                List.of(TestLogs.KEY),
                Witnesses.none(),
                TestLogs.HURRIED,
                InstantSource.system())) {
      for (int i = 0; i < READERS; i++) {
        int seed = i;
        readers.add(threads.submit(() -> read(log, seed)));
      }
      for (int i = 0; i < WRITERS; i++) {
        int one = i;
        all.add(threads.submit(() -> write(writer, one)));
      }
      for (Future<?> each : all) {
        each.get();
      }
      done.set(true);
      for (Future<Integer> each : readers) {
        assertThat(each.get()).as("proofs that a reader checked").isPositive();
      }
    }
    requireAllPairsConsistent(log);
  }

  private void write(LogWriter writer, int one) {
    TreeHasher hasher = new TreeHasher();
    for (int i = 0; i < Counts.of(250); i++) {
      byte[] entry = TestLogs.entry(one + " " + i);
      acknowledged.put(writer.append(entry), hasher.leaf(entry));
    }
  }

  private int read(LogFolder log, int seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int checked = 0;
    while (!done.get() || checked == 0) {
      Checkpoint now = random.nextInt(4) == 0 ? look(log) : shared;
      if (now.size() == 0) {
        look(log);
        continue;
      }
      Map.Entry<Long, Hash> entry = acknowledged.floorEntry(random.nextLong(now.size()));
      if (entry != null) {
        TileHashes hashes = new TileHashes(log, now.size());
        InclusionProof proof = InclusionProof.make(entry.getKey(), now.size(), hashes);
        assertThat(proof.check(entry.getValue(), now.root()))
            .as("entry " + entry.getKey() + " in " + now.size())
            .isInstanceOf(ProofCheck.Valid.class);
        checked++;
      }
    }
    return checked;
  }

  /** Reads and checks the checkpoint, and shares it with the other readers. */
  private Checkpoint look(LogFolder log) throws IOException {
    SignedCheckpoint signed = log.signedCheckpoint();
    assertThat(Policy.ofLog(TestLogs.KEY.key()).check(signed))
        .isInstanceOf(PolicyCheck.Accepted.class);
    Checkpoint checkpoint = signed.checkpoint();
    Checkpoint other = seen.putIfAbsent(checkpoint.size(), checkpoint);
    assertThat(other == null ? checkpoint : other).as("one root a size").isEqualTo(checkpoint);
    shared = checkpoint;
    return checkpoint;
  }

  private void requireAllPairsConsistent(LogFolder log) throws IOException {
    long size = look(log).size();
    assertThat(size).isEqualTo(acknowledged.size());
    List<Checkpoint> checkpoints = List.copyOf(seen.tailMap(1L).values());
    assertThat(checkpoints).hasSizeGreaterThan(2);
    TileHashes hashes = new TileHashes(log, size);
    for (Checkpoint older : checkpoints) {
      for (Checkpoint newer : checkpoints) {
        if (older.size() <= newer.size()) {
          ConsistencyProof proof = ConsistencyProof.make(older.size(), newer.size(), hashes);
          assertThat(proof.check(older.root(), newer.root()))
              .as(older.size() + " to " + newer.size())
              .isInstanceOf(ProofCheck.Valid.class);
        }
      }
    }
  }
}
