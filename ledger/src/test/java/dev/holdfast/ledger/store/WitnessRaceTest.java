package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.NoteSignature;
import dev.holdfast.ledger.SignatureCheck;
import dev.holdfast.ledger.SignatureChecks;
import dev.holdfast.ledger.SigningKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Writers that race for one witness with two histories of one log, signed by one key. */
final class WitnessRaceTest {
  private static final SigningKey LOG = TestLogs.KEY;
  private static final SigningKey SIGNER =
      TestLogs.key("witness.example/w", KeyAlgorithm.ED25519_COSIGNATURE);
  private static final int SHARED = 5;
  private static final int LONGEST = 40;
  private static final int THREADS = 8;
  private static final int TRIES = 12;
  private static final List<TestHistory> HISTORIES =
      List.of(
          TestHistory.forked(LOG, SHARED, LONGEST, "'"),
          TestHistory.forked(LOG, SHARED, LONGEST, "\""));

  @Test
  void never_are_two_checkpoints_cosigned_that_contradict_each_other() throws Exception {
    int races = Counts.of(40);
    int[] winners = new int[HISTORIES.size()];
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int seed = 0; seed < races; seed++) {
        List<Checkpoint> cosigned = race(seed, threads);
        List<Checkpoint> beyond =
            cosigned.stream().filter(checkpoint -> checkpoint.size() > SHARED).toList();
        assertThat(beyond).as("seed " + seed).isNotEmpty();
        int winner = HISTORIES.getFirst().holds(beyond.getFirst()) ? 0 : 1;
        assertThat(cosigned).as("seed " + seed).allMatch(HISTORIES.get(winner)::holds);
        winners[winner]++;
      }
    }
    assertThat(winners).as("each side wins some races").doesNotContain(0);
  }

  private static List<Checkpoint> race(int seed, ExecutorService threads) throws Exception {
    Witness witness =
        Witness.open(
            new SimulatedDisk(),
            Path.of("/witness"),
            List.of(SIGNER),
            List.of(LOG.key()),
            TestLogs.CLOCK,
            null);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<List<Checkpoint>>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      SplittableRandom random = new SplittableRandom(1000L * seed + i);
      TestHistory history = HISTORIES.get(i % HISTORIES.size());
      Callable<List<Checkpoint>> writer =
          () -> {
            start.await(30, TimeUnit.SECONDS);
            return write(witness, history, random);
          };
      running.add(threads.submit(writer));
    }
    List<Checkpoint> cosigned = new ArrayList<>();
    for (Future<List<Checkpoint>> each : running) {
      cosigned.addAll(each.get(60, TimeUnit.SECONDS));
    }
    return cosigned;
  }

  /** Asks again and again, as a log does that never gives up; what it got cosigned grows. */
  private static List<Checkpoint> write(
      Witness witness, TestHistory history, SplittableRandom random) {
    List<Checkpoint> cosigned = new ArrayList<>();
    long known = 0;
    for (int i = 0; i < TRIES; i++) {
      long to = Math.min(LONGEST, known + random.nextInt(4));
      switch (witness.add(history.body(known, to))) {
        case WitnessAnswer.Cosigned answer -> {
          requireValid(history.checkpoint(to), answer.signatures());
          cosigned.add(history.checkpoint(to));
          known = to;
        }
        case WitnessAnswer.OtherSize other -> {
          assertThat(other.size()).as("a witness does not forget").isGreaterThanOrEqualTo(known);
          known = other.size();
        }
        case WitnessAnswer.Inconsistent inconsistent -> {}
        case WitnessAnswer.Refused refused -> throw new AssertionError(refused.toString());
      }
    }
    return cosigned;
  }

  private static void requireValid(Checkpoint checkpoint, List<NoteSignature> signatures) {
    for (NoteSignature signature : signatures) {
      assertThat(SignatureChecks.check(checkpoint, signature, List.of(SIGNER.key())))
          .isInstanceOf(SignatureCheck.Valid.class);
    }
  }
}
