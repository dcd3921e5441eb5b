package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.TreeHasher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer with many callers is killed again and again on the same log, at moments that a seed
 * chooses, while it writes and while it makes good the kill before.
 */
@Timeout(1800)
final class KillTest {
  private static final int KILLS = Counts.thorough() ? 200 : 5;

  @TempDir private Path temporary = Path.of("");
  private Path folder = Path.of("");
  private final Map<Long, String> acknowledged = new HashMap<>();
  private final List<Checkpoint> seen = new ArrayList<>();

  @BeforeEach
  void create() {
    folder = temporary.resolve("log");
    RealLogs.create(folder);
  }

  @Test
  void what_was_acknowledged_survives_kills_under_load() throws Exception {
    kills(31, 300, 1);
    assertThat(acknowledged).hasSizeGreaterThan(10 * KILLS);
  }

  @Test
  void what_was_acknowledged_survives_kills_during_recovery() throws Exception {
    kills(32, 40, 4);
  }

  /**
   * Kills a writer, by turns.
   *
   * @param longest after this many milliseconds since it began to open the log, at the latest
   * @param every so many kills let one writer live long enough to acknowledge something
   */
  private void kills(long seed, int longest, int every) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Path key = ChildWriter.writeKey(temporary);
    for (int kill = 0; kill < KILLS; kill++) {
      try (Child child = Child.start(temporary, "append", folder, key, random.nextLong())) {
        child.awaitLine("opening");
        if (kill % every == 0) {
          child.awaitLine("open ");
        }
        TimeUnit.MICROSECONDS.sleep(random.nextInt(1000 * longest));
        look();
        remember(child.kill());
      }
      FsckReport report = RealLogs.fsck(folder);
      assertThat(report.findings()).as("a log at rest after kill " + kill).isEmpty();
      look();
      if (kill % 10 == 4 || kill == KILLS - 1) {
        RealLogs.open(folder).close();
        requireKept(RealLogs.requireSound(folder));
      }
    }
  }

  private void look() throws IOException {
    seen.add(RealLogs.requireSigned(LogFolder.at(folder).signedCheckpoint()).checkpoint());
  }

  private void remember(List<String> lines) {
    for (String line : lines) {
      String[] words = line.split(" ", 2);
      if (words[0].matches("[0-9]+")) {
        String other = acknowledged.put(Long.parseLong(words[0]), words[1]);
        assertThat(other).as("index " + words[0] + " is given once").isNull();
      } else {
        assertThat(words[0]).as(line).isIn("opening", "open");
      }
    }
  }

  private void requireKept(List<byte[]> entries) throws IOException {
    for (Map.Entry<Long, String> one : acknowledged.entrySet()) {
      assertThat(one.getKey()).isLessThan(entries.size());
      assertThat(TreeHasher.plain(entries.get(one.getKey().intValue())).hex())
          .as("entry " + one.getKey())
          .isEqualTo(one.getValue());
    }
    for (Checkpoint earlier : seen) {
      TestLogs.requireContinues(new DiskTiles(new RealDisk(), RealLogs.layout(folder)), earlier);
    }
  }
}
