package dev.holdfast.ledger.store;

import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.SignatureChecks;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.ledger.WitnessRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Whatever threads ask at once, the answers are those of one after the other (Lincheck). */
@Param(name = "history", gen = IntGen.class, conf = "0:1")
public final class WitnessLincheckTest {
  private static final SigningKey LOG = TestLogs.KEY;
  private static final SigningKey SIGNER =
      TestLogs.key("witness.example/w", KeyAlgorithm.ED25519_COSIGNATURE);
  private static final int FIRST = 2;
  private static final int SECOND = 3;
  private static final List<byte[]> FROM_NOTHING = bodies(0, FIRST);
  private static final List<byte[]> FROM_FIRST = bodies(FIRST, SECOND);

  private final Witness witness = open();

  /** One by each of two histories that share their first entry and no more. */
  private static List<byte[]> bodies(int from, int to) {
    return List.of(
        TestHistory.forked(LOG, 1, SECOND, "'").body(from, to),
        TestHistory.forked(LOG, 1, SECOND, "\"").body(from, to));
  }

  private static Witness open() {
    try {
      return Witness.open(
          new SimulatedDisk(),
          Path.of("/witness"),
          List.of(SIGNER),
          List.of(LOG.key()),
          TestLogs.CLOCK,
          null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Operation
  public long begin(@Param(name = "history") int history) {
    return add(FROM_NOTHING.get(history));
  }

  @Operation
  public long goOn(@Param(name = "history") int history) {
    return add(FROM_FIRST.get(history));
  }

  /** The status, or below zero the size that a conflict names. */
  private long add(byte[] body) {
    WitnessAnswer answer = witness.add(body);
    return answer instanceof WitnessAnswer.OtherSize other ? -other.size() : answer.status();
  }

  /** Signatures, texts and what the disk does are taken as one step each. */
  @Test
  void threads_that_are_switched_at_every_step() {
    new ModelCheckingOptions()
        .iterations(Counts.of(4))
        .invocationsPerIteration(40)
        .threads(2)
        .actorsPerThread(2)
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses(
                    WitnessRequest.class.getName(),
                    WitnessRules.class.getName(),
                    SignatureChecks.class.getName(),
                    SignedCheckpoint.class.getName(),
                    SigningKey.class.getName(),
                    TreeHasher.class.getName(),
                    CosignedFiles.class.getName())
                .allMethods()
                .ignore())
        .check(getClass());
  }
}
