package dev.holdfast.bench;

import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.InclusionProof;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.TlogProof;
import dev.holdfast.ledger.TlogProofCheck;
import dev.holdfast.ledger.TreeHasher;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long a reader takes to check that an entry is in a log, from the octets of the proof file and
 * the entry, with the log's Ed25519 signature: all of it, and the hashes alone.
 *
 * <p>All entries of the log are the same, so that trees of any height can be made; a check does not
 * know that.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1)
public class ProofCheckBenchmark {
  @Param({"10", "20", "30", "40"})
  private int height;

  private byte[] entry = {};
  private byte[] file = {};
  private Policy policy = new Policy(List.of(), List.of(), List.of(), Policy.NONE);
  private InclusionProof inclusion = new InclusionProof(0, 0, List.of());
  private Hash root = TreeHasher.emptyRoot();

  /** Makes the proof. */
  @Setup
  public void make() throws GeneralSecurityException, IOException {
    entry = new byte[LedgerRates.ENTRY];
    TreeHasher hasher = new TreeHasher();
    Hash[] levels = new Hash[height + 1];
    levels[0] = hasher.leaf(entry);
    for (int i = 1; i <= height; i++) {
      levels[i] = hasher.node(levels[i - 1], levels[i - 1]);
    }
    root = levels[height];
    long size = 1L << height;
    inclusion = InclusionProof.make(size / 3, size, (level, index) -> levels[level]);
    KeyAlgorithm algorithm = KeyAlgorithm.ED25519_NOTE;
    SigningKey key =
        SigningKey.of(
            "log.example.com/bench",
            algorithm,
            KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    Checkpoint checkpoint = Checkpoint.of("log.example.com/bench", size, root);
    SignedCheckpoint signed =
        SignedCheckpoint.of(checkpoint, List.of(key.sign(checkpoint, Instant.EPOCH)));
    policy = Policy.ofLog(key.key());
    file = new TlogProof(Optional.empty(), size / 3, inclusion.path(), signed).octets();
    if (!(whole() instanceof TlogProofCheck.Proved)) {
      throw new IllegalStateException("a good proof was refused");
    }
  }

  /** Reads the file, hashes the entry, checks the way to the root and the signature. */
  @Benchmark
  public TlogProofCheck whole() {
    return TlogProof.parse(file).check(new TreeHasher().leaf(entry), policy);
  }

  /** Hashes the entry and the way to the root. */
  @Benchmark
  public Object hashesAlone() {
    return inclusion.check(new TreeHasher().leaf(entry), root);
  }
}
