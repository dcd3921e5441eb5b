package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.CodedException;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.WitnessRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One wrong bit anywhere below a log's folder is found, and told by its file. */
final class FsckTest {
  private static final SigningKey WITNESS =
      TestLogs.key("witness.example/w", KeyAlgorithm.ED25519_COSIGNATURE);

  private static Policy policy() {
    String text =
        "log %s\nwitness w %s\nquorum w\n"
            .formatted(TestLogs.KEY.key().vkey(), WITNESS.key().vkey());
    return Policy.parse(text.getBytes(StandardCharsets.UTF_8), "policy");
  }

  /** A log at rest, cosigned, with full and partial tiles. */
  private static SimulatedDisk log(int entries) throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    LogFolder.create(disk, TestLogs.LAYOUT, TestLogs.ORIGIN, Optional.of(policy()));
    Witnesses witnesses = Witnesses.of(policy(), Map.of("w", FsckTest::cosign));
    try (LogWriter writer =
        LogWriter.open(
            disk,
            TestLogs.LAYOUT,
            List.of(TestLogs.KEY),
            witnesses,
            TestLogs.HURRIED,
            TestLogs.CLOCK,
            new java.util.SplittableRandom(1),
            null)) {
      for (int i = 0; i < entries; i++) {
        writer.append(TestLogs.entry("entry " + i));
      }
    }
    return disk;
  }

  private static WitnessClient.Answer cosign(WitnessRequest request) {
    SignedCheckpoint signed = request.checkpoint();
    return new WitnessClient.Answer.Cosigned(
        List.of(WITNESS.sign(signed.checkpoint(), TestLogs.CLOCK.instant())));
  }

  private static FsckReport fsck(Disk disk) throws IOException {
    return Fsck.run(disk, TestLogs.LAYOUT, TestLogs.KEY.key(), Optional.of(policy()), done -> {});
  }

  @Test
  void bits_of_every_file_of_a_small_log_are_watched() throws IOException {
    everyBit(log(3), Counts.thorough() ? 1 : 5);
  }

  @Test
  void bits_of_full_tiles_are_watched_too() throws IOException {
    everyBit(log(258), Counts.thorough() ? 1 : 2003);
  }

  private static void everyBit(SimulatedDisk disk, int step) throws IOException {
    assertThat(fsck(disk).findings()).isEmpty();
    int flipped = 0;
    for (Map.Entry<String, byte[]> file : disk.tree().entrySet()) {
      String path = TestLogs.LAYOUT.root().relativize(Path.of(file.getKey())).toString();
      for (long bit = 0; bit < 8L * file.getValue().length; bit += step) {
        disk.flip(Path.of(file.getKey()), bit);
        try {
          FsckReport report = fsck(disk);
          assertThat(report.findings())
              .as(path + " bit " + bit)
              .isNotEmpty()
              .anyMatch(finding -> finding.path().equals(path) || path.equals(".state/head"));
        } catch (CodedException e) {
          throw new AssertionError(path + " bit " + bit, e);
        }
        disk.flip(Path.of(file.getKey()), bit);
        flipped++;
      }
    }
    assertThat(flipped).isGreaterThan(40);
    assertThat(fsck(disk).findings()).isEmpty();
  }

  @Test
  void a_file_that_is_missing_or_has_no_business_there_is_told() throws IOException {
    SimulatedDisk disk = log(3);
    disk.delete(TestLogs.LAYOUT.root().resolve("tile/entries/000.p/3"));
    assertThat(fsck(disk).findings())
        .anyMatch(finding -> finding.path().equals("tile/entries/000.p/3"));
    SimulatedDisk other = log(3);
    other.open(TestLogs.LAYOUT.root().resolve("tile/stranger")).close();
    assertThat(fsck(other).findings()).anyMatch(finding -> finding.path().equals("tile/stranger"));
  }

  @Test
  void entries_that_wait_after_a_crash_are_noted_and_not_blamed() throws IOException {
    SimulatedDisk disk = log(3);
    int before = disk.operations();
    try (LogWriter writer = TestLogs.open(disk, TestLogs.KEY, TestLogs.HURRIED)) {
      writer.append(TestLogs.entry("waits"));
    }
    for (int k = before; k <= disk.operations(); k++) {
      FsckReport report = fsck(disk.afterCrash(k, CrashForm.KEPT, 0));
      assertThat(report.findings()).as("after " + k + " operations").isEmpty();
    }
  }
}
