package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a witness remembers, whatever happens to it. */
final class WitnessStateTest {
  private static final Path FOLDER = Path.of("/witness");
  private static final SigningKey LOG = TestLogs.KEY;
  private static final SigningKey OTHER =
      TestLogs.key("log.example/other", KeyAlgorithm.ED25519_NOTE);
  private static final SigningKey SIGNER =
      TestLogs.key("witness.example/w", KeyAlgorithm.ED25519_COSIGNATURE);
  private static final String HASH = CosignedFiles.originHash(LOG.key().name());
  private static final TestHistory HISTORY = TestHistory.of(LOG, 60);
  private static final TestHistory FORK = TestHistory.forked(LOG, 4, 60, "'");
  private static final TestHistory OTHER_HISTORY = TestHistory.of(OTHER, 10);

  private static Witness open(Disk disk) throws IOException {
    return Witness.open(
        disk, FOLDER, List.of(SIGNER), List.of(LOG.key(), OTHER.key()), TestLogs.CLOCK, null);
  }

  @Test
  void a_witness_that_is_opened_again_goes_on_where_it_was(@TempDir Path folder) {
    Path state = folder.resolve("a/b/witness");
    SignedCheckpoint before;
    try (Witness first = openReal(state)) {
      assertThat(first.add(HISTORY.body(0, 7)).status()).isEqualTo(200);
      before = first.latest(HASH).orElseThrow();
    }
    try (Witness second = openReal(state)) {
      assertThat(second.latest(HASH)).contains(before);
      assertThat(second.add(HISTORY.body(0, 9))).isEqualTo(new WitnessAnswer.OtherSize(7));
      assertThat(second.add(FORK.body(7, 9)).status()).isEqualTo(422);
      assertThat(second.add(HISTORY.body(7, 9)).status()).isEqualTo(200);
    }
    assertThat(state.resolve(HASH)).isRegularFile();
  }

  private static Witness openReal(Path state) {
    return Witness.open(state, List.of(SIGNER), List.of(LOG.key()), TestLogs.CLOCK);
  }

  @Test
  void a_second_witness_on_the_same_folder_is_refused_by_name(@TempDir Path folder) {
    try (Witness first = openReal(folder)) {
      assertThat(first.keys()).containsExactly(SIGNER.key());
      assertThatThrownBy(() -> openReal(folder))
          .isInstanceOf(CodedException.class)
          .hasMessageContaining("this process")
          .extracting(e -> ((CodedException) e).problem().code())
          .isEqualTo(ErrorCode.LOG_IN_USE);
    }
    openReal(folder).close();
  }

  @Test
  void a_closed_witness_cosigns_nothing(@TempDir Path folder) {
    Witness closed = openReal(folder);
    closed.close();
    assertThat(closed.add(HISTORY.body(0, 7)).status()).isEqualTo(500);
  }

  @Test
  void every_flipped_bit_of_its_memory_makes_it_refuse_that_log_and_no_other() throws IOException {
    SimulatedDisk good = new SimulatedDisk();
    Witness first = open(good);
    assertThat(first.add(HISTORY.body(0, 7)).status()).isEqualTo(200);
    assertThat(first.add(OTHER_HISTORY.body(0, 5)).status()).isEqualTo(200);
    Path file = FOLDER.resolve(HASH);
    long octets = good.read(file).orElseThrow().length;
    long step = Counts.thorough() ? 1 : 11;

    for (long bit = 0; bit < octets * Byte.SIZE; bit += step) {
      SimulatedDisk damaged = good.afterCrash(good.operations(), CrashForm.KEPT, 0);
      damaged.flip(file, bit);
      Witness second = open(damaged);

      assertThat(second.add(HISTORY.body(0, 9)).status()).as("bit " + bit).isEqualTo(500);
      assertThat(second.add(FORK.body(7, 9)).status()).isEqualTo(500);
      assertThat(second.add(OTHER_HISTORY.body(5, 6)).status()).isEqualTo(200);
      assertThat(second.troubles()).containsOnlyKeys(LOG.key().name());
      assertThatThrownBy(() -> second.latest(HASH))
          .isInstanceOf(CodedException.class)
          .hasMessageContaining(HASH);
    }
  }

  @Test
  void a_memory_that_was_emptied_or_cut_or_swapped_is_damaged() throws IOException {
    SimulatedDisk good = new SimulatedDisk();
    Witness first = open(good);
    assertThat(first.add(HISTORY.body(0, 7)).status()).isEqualTo(200);
    assertThat(first.add(OTHER_HISTORY.body(0, 5)).status()).isEqualTo(200);
    Path file = FOLDER.resolve(HASH);
    byte[] octets = good.read(file).orElseThrow();
    byte[] other =
        good.read(FOLDER.resolve(CosignedFiles.originHash(OTHER.key().name()))).orElseThrow();
    for (byte[] bad :
        List.of(new byte[0], java.util.Arrays.copyOf(octets, octets.length - 1), other)) {
      SimulatedDisk damaged = good.afterCrash(good.operations(), CrashForm.KEPT, 0);
      damaged.delete(file);
      try (Disk.OpenFile out = damaged.open(file)) {
        out.write(java.nio.ByteBuffer.wrap(bad), 0);
      }
      assertThat(open(damaged).add(HISTORY.body(0, 9)).status()).isEqualTo(500);
    }
  }

  @Test
  void it_cosigns_nothing_whose_memory_a_crash_could_take_back() {
    CrashStates.Tally tally =
        new CrashStates(WitnessStateTest::work, WitnessStateTest::check).everyCrash();
    assertThat(tally.checked()).isGreaterThan(20);
  }

  @Test
  void it_cosigns_nothing_after_its_disk_has_failed() {
    CrashStates.Tally tally =
        new CrashStates(WitnessStateTest::work, WitnessStateTest::check).everyFault();
    assertThat(tally.runs()).isGreaterThan(30);
  }

  @Test
  void it_cosigns_nothing_on_a_full_disk() {
    CrashStates.Tally tally =
        new CrashStates(WitnessStateTest::work, WitnessStateTest::check).everyFullDisk();
    assertThat(tally.runs()).isGreaterThan(2);
  }

  @Test
  void a_crash_during_its_opening_loses_nothing_either() {
    new CrashStates(WitnessStateTest::work, WitnessStateTest::check)
        .everyCrashDuring(
            (disk, promises) -> {
              Optional<SignedCheckpoint> latest = open(disk).latest(HASH);
              // What a monitor can see has to stay.
              latest.ifPresent(signed -> promises.published(signed.octets()));
            },
            1);
  }

  /** Lets a log grow; each cosignature that left is a promise. */
  private static void work(SimulatedDisk disk, Promises promises) throws IOException {
    Witness witness = open(disk);
    long known = 0;
    boolean refused = false;
    for (long to : List.of(5L, 5L, 9L, 60L)) {
      WitnessAnswer answer = witness.add(HISTORY.body(known, to));
      if (answer.status() == 200) {
        assertThat(refused).as("cosigned after its disk failed").isFalse();
        promises.published(witness.latest(HASH).orElseThrow().octets());
        known = to;
      } else {
        assertThat(disk.faultReached()).isTrue();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(witness.add(OTHER_HISTORY.body(0, 5)).status()).isEqualTo(500);
        refused = true;
      }
    }
  }

  private static void check(SimulatedDisk image, Promises.Promised promised) throws IOException {
    Witness witness = open(image);
    assertThat(witness.troubles()).isEmpty();
    long size =
        witness.latest(HASH).map(SignedCheckpoint::checkpoint).map(Checkpoint::size).orElse(0L);
    long cosigned = 0;
    for (byte[] octets : promised.published()) {
      cosigned = Math.max(cosigned, SignedCheckpoint.parse(octets).checkpoint().size());
    }
    assertThat(size).as("remembers all that left").isGreaterThanOrEqualTo(cosigned);
    if (cosigned > 4) {
      assertThat(witness.add(FORK.body(size, 60)).status()).as("a fork").isEqualTo(422);
    }
    // The log finds its way: it asks, is told the size, and goes on from there.
    if (witness.add(HISTORY.body(0, 60)) instanceof WitnessAnswer.OtherSize other) {
      assertThat(witness.add(HISTORY.body(other.size(), 60)).status()).isEqualTo(200);
    }
    assertThat(witness.latest(HASH).orElseThrow().checkpoint()).isEqualTo(HISTORY.checkpoint(60));
  }

  @Test
  void killed_between_memory_and_answer_it_is_ahead_and_the_log_recovers_by_the_conflict()
      throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    Witness witness = open(disk);
    assertThat(witness.add(HISTORY.body(0, 7)).status()).isEqualTo(200);
    assertThat(witness.add(HISTORY.body(7, 20)).status()).isEqualTo(200);

    // The second answer never arrived: the log still believes in 7.
    Witness again = open(disk.afterCrash(disk.operations(), CrashForm.KEPT, 0));
    assertThat(again.add(HISTORY.body(7, 20))).isEqualTo(new WitnessAnswer.OtherSize(20));
    assertThat(again.add(HISTORY.body(20, 20)).status()).isEqualTo(200);
  }

  @Test
  void a_new_key_of_the_witness_or_the_log_goes_on_from_the_old_memory() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    assertThat(open(disk).add(HISTORY.body(0, 7)).status()).isEqualTo(200);
    SigningKey newSigner = TestLogs.key("witness.example/w", KeyAlgorithm.MLDSA44_COSIGNATURE);
    SigningKey newLog = TestLogs.key(LOG.key().name(), KeyAlgorithm.ED25519_NOTE);

    Witness witness =
        Witness.open(disk, FOLDER, List.of(newSigner), List.of(newLog.key()), TestLogs.CLOCK, null);

    assertThat(witness.troubles()).isEmpty();
    assertThat(witness.add(TestHistory.of(newLog, 9).body(0, 9)))
        .isEqualTo(new WitnessAnswer.OtherSize(7));
    assertThat(witness.add(TestHistory.of(newLog, 9).body(7, 9)).status()).isEqualTo(200);
  }

  @Test
  void the_time_does_not_go_back_over_a_restart() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    assertThat(open(disk).add(HISTORY.body(0, 7)).status()).isEqualTo(200);
    TestClock slow = new TestClock();
    slow.set(TestLogs.CLOCK.instant().minusSeconds(3600));
    Witness witness = Witness.open(disk, FOLDER, List.of(SIGNER), List.of(LOG.key()), slow, null);

    assertThat(witness.add(HISTORY.body(7, 9)))
        .isEqualTo(
            new WitnessAnswer.Cosigned(
                List.of(SIGNER.sign(HISTORY.checkpoint(9), TestLogs.CLOCK.instant()))));
  }

  @Test
  void a_folder_that_cannot_be_made_is_refused_with_a_code(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> openReal(file.resolve("witness")))
        .isInstanceOf(CodedException.class)
        .extracting(e -> ((CodedException) e).problem().code())
        .isEqualTo(ErrorCode.FILE_UNWRITABLE);
  }
}
