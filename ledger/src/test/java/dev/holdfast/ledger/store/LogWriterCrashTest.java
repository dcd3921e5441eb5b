package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.ledger.CheckpointSigner;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.store.CrashStates.Tally;
import dev.holdfast.ledger.store.Promises.Promised;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Power goes between any two operations of the writer, and any one of them fails: what was
 * acknowledged stays where it was, what was signed stays true, and the log goes on.
 */
final class LogWriterCrashTest {
  private static final SigningKey WITNESS =
      TestLogs.key("witness.example/w", KeyAlgorithm.ED25519_COSIGNATURE);

  /**
   * Of operations that may fail each is tried in the thorough run, and of three one at the gate.
   */
  private static final int STEP = Counts.thorough() ? 1 : 3;

  /**
   * Fewer states than this were no trial. How many there are hangs on how the publisher takes
   * entries together, which no test decides: between once and three times as many.
   */
  private static final int FEW = 80;

  @Test
  void a_log_that_is_made_survives_every_crash() {
    Tally tally =
        new CrashStates(
                (disk, promises) -> {
                  TestLogs.create(disk);
                  TestLogs.open(disk, signer(promises), TestLogs.HURRIED).close();
                },
                (image, promised) -> {
                  boolean made = image.exists(TestLogs.LAYOUT.head());
                  if (made) {
                    check(image, promised);
                  } else {
                    assertThat(promised.published()).isEmpty();
                  }
                })
            .torn(100)
            .everyCrash();
    assertThat(tally.operations()).isGreaterThan(10);
  }

  @Test
  void one_caller_at_a_time_survives_every_crash() {
    Tally tally = states(5, 1).torn(Counts.of(2, 6)).everyCrash();
    assertThat(tally.operations()).isGreaterThan(60);
    assertThat(tally.checked()).isGreaterThan(FEW);
  }

  @Test
  void entries_that_fill_tiles_survive_every_crash() {
    // 254 entries are there; the next few fill the first tile and bundle and begin the second.
    Tally tally = states(6, 1).on(() -> prefilled(254)).torn(Counts.of(1, 3)).everyCrash();
    assertThat(tally.checked()).isGreaterThan(FEW);
  }

  @Test
  void many_callers_survive_every_crash() {
    Tally tally = states(24, 8).torn(Counts.of(1, 3)).everyCrash();
    assertThat(tally.checked()).isGreaterThan(FEW);
  }

  @Test
  void recovery_survives_crashes_too() {
    Tally tally =
        states(3, 1)
            .on(() -> prefilled(255))
            .everyCrashDuring(
                (disk, promises) -> use(disk, promises, "again", 1, 1), Counts.thorough() ? 1 : 29);
    assertThat(tally.runs()).isGreaterThan(6);
    assertThat(tally.checked()).isGreaterThan(FEW);
  }

  @Test
  void every_operation_may_fail() {
    Tally tally = states(4, 1).on(() -> prefilled(254)).everyFault(STEP);
    assertThat(tally.runs()).isGreaterThan(100 / STEP);
  }

  @Test
  void every_operation_may_fail_under_many_callers() {
    Tally tally = states(12, 4).everyFault(STEP);
    assertThat(tally.runs()).isGreaterThan(60 / STEP);
  }

  @Test
  void the_disk_may_be_full_from_any_operation_on() {
    Tally tally = states(4, 1).everyFullDisk();
    assertThat(tally.runs()).isGreaterThan(20);
  }

  @Test
  void a_process_that_only_adds_a_cosignature_survives_every_crash() {
    CrashStates states =
        new CrashStates(
                (disk, promises) -> cosign(disk, signer(promises)),
                (image, promised) -> {
                  SignedCheckpoint kept =
                      SignedCheckpoint.parse(
                          new DiskTiles(image, TestLogs.LAYOUT).checkpoint().orElseThrow());
                  assertThat(kept.checkpoint().size()).isEqualTo(3);
                  assertThat(kept.note().signatures()).hasSizeBetween(1, 2);
                  check(image, promised);
                })
            .on(() -> prefilled(3))
            .torn(Counts.of(8, 20));
    Tally crashes = states.everyCrash();
    assertThat(crashes.operations()).isGreaterThan(6);
    assertThat(crashes.checked()).isGreaterThan(10);
    Tally faults = states.everyFault();
    assertThat(faults.runs()).isGreaterThan(10);
  }

  /** Opens a log at rest, waits until its witness has cosigned, and closes it. */
  private static void cosign(SimulatedDisk disk, CheckpointSigner signer) throws Exception {
    String policy =
        "log %s\nwitness w %s\nquorum w\n"
            .formatted(TestLogs.KEY.key().vkey(), WITNESS.key().vkey());
    Witnesses witnesses =
        Witnesses.of(
            Policy.parse(policy.getBytes(UTF_8), "policy"),
            Map.of(
                "w",
                request ->
                    new WitnessClient.Answer.Cosigned(
                        List.of(
                            WITNESS.sign(
                                request.checkpoint().checkpoint(), TestLogs.CLOCK.instant())))));
    try (LogWriter writer =
        LogWriter.open(
            disk,
            TestLogs.LAYOUT,
            List.of(signer),
            witnesses,
            TestLogs.HURRIED,
            TestLogs.CLOCK,
            new SplittableRandom(1),
            null)) {
      // A writer that a fault has stopped will not get there.
      for (int wait = 0; writer.checkpoint().note().signatures().size() < 2; wait++) {
        if (wait == 150) {
          throw new TimeoutException("no cosignature");
        }
        Thread.sleep(1);
      }
    }
  }

  private static CrashStates states(int entries, int callers) {
    return new CrashStates(
            (disk, promises) -> use(disk, promises, "first", entries, callers),
            LogWriterCrashTest::check)
        .on(() -> prefilled(0));
  }

  private static SimulatedDisk prefilled(int entries) {
    try {
      SimulatedDisk disk = new SimulatedDisk();
      TestLogs.create(disk);
      try (LogWriter writer = TestLogs.open(disk, TestLogs.KEY, TestLogs.HURRIED)) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          for (int i = 0; i < entries; i++) {
            byte[] entry = TestLogs.entry("prefilled " + i);
            threads.execute(() -> writer.append(entry));
          }
        }
      }
      assertThat(TestLogs.requireSound(disk)).hasSize(entries);
      return disk.afterCrash(disk.operations(), CrashForm.KEPT, 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CheckpointSigner signer(Promises promises) {
    return TestLogs.watched(signed -> promises.published(signed.octets()));
  }

  /** Opens the log, lets callers append and wait, and closes it. */
  private static void use(
      SimulatedDisk disk, Promises promises, String story, int entries, int callers)
      throws Exception {
    LogWriter writer = TestLogs.open(disk, signer(promises), TestLogs.HURRIED);
    List<Future<?>> all = new ArrayList<>();
    try (writer;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < callers; caller++) {
        int one = caller;
        all.add(
            threads.submit(() -> append(writer, promises, story + " " + one, entries / callers)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException e) {
      // Nothing but LOG_STOPPED is an answer of the writer.
      throw new AssertionError(e.getCause());
    }
  }

  private static void append(LogWriter writer, Promises promises, String story, int entries) {
    for (int i = 0; i < entries; i++) {
      byte[] entry = TestLogs.entry(story + " " + i);
      promises.submitted(entry);
      try {
        long index = writer.append(entry);
        promises.acknowledged(index, entry);
        if (i % 2 == 1) {
          writer.awaitPublished(index);
        }
      } catch (CodedException stopped) {
        assertThat(stopped.problem().code()).isEqualTo(ErrorCode.LOG_STOPPED);
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void check(SimulatedDisk image, Promised promised) throws IOException {
    Set<String> allowed = new HashSet<>();
    promised.submitted().forEach(entry -> allowed.add(new String(entry, UTF_8)));
    try (LogWriter writer = TestLogs.open(image, TestLogs.KEY, TestLogs.HURRIED)) {
      // The next append works,
      long next = writer.append(TestLogs.entry("next"));
      assertThat(promised.acknowledged().headMap(next).size())
          .as("no index is given twice")
          .isEqualTo(promised.acknowledged().size());
    }
    // the log is whole,
    List<byte[]> entries = TestLogs.requireSound(image);
    // what was acknowledged is where it was said to be,
    for (Map.Entry<Long, byte[]> one : promised.acknowledged().entrySet()) {
      assertThat(entries.get(Math.toIntExact(one.getKey())))
          .as("entry " + one.getKey())
          .isEqualTo(one.getValue());
    }
    // nothing was made up,
    allowed.add("next");
    for (byte[] entry : entries) {
      String text = new String(entry, UTF_8);
      assertThat(text.startsWith("prefilled ") || allowed.contains(text)).as(text).isTrue();
    }
    // and nothing that was ever signed has become untrue.
    for (byte[] octets : promised.published()) {
      TestLogs.requireContinues(image, SignedCheckpoint.parse(octets).checkpoint());
    }
  }
}
