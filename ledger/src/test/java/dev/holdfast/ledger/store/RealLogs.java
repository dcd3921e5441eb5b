package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.CheckpointSigner;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.SignatureCheck;
import dev.holdfast.ledger.SignatureChecks;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TreeHasher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Logs in folders of this machine, under {@link TestLogs#KEY}. */
final class RealLogs {
  /** Publishes at once; small segments, so that they are many. */
  static final LogSettings QUICK =
      new LogSettings(
          Duration.ofMillis(1), 1 << 17, 1 << 20, 1 << 22, 4, Duration.ofMillis(500), 1 << 18);

  private RealLogs() {}

  static LogFolder create(Path folder) {
    return LogFolder.create(folder, List.of(TestLogs.KEY), Optional.empty(), TestLogs.CLOCK);
  }

  static LogWriter open(Path folder) {
    return open(folder, TestLogs.KEY, QUICK);
  }

  static LogWriter open(Path folder, CheckpointSigner signer, LogSettings settings) {
    return LogWriter.open(folder, List.of(signer), Witnesses.none(), settings, TestLogs.CLOCK);
  }

  static LogLayout layout(Path folder) {
    return new LogLayout(folder.toAbsolutePath());
  }

  /** Puts batches of entries into the journal and nowhere else, as a writer that was killed. */
  static void stage(Path folder, int segmentSize, long published, List<List<byte[]>> batches)
      throws IOException {
    try (Journal journal =
        Journal.open(
            new RealDisk(), layout(folder), segmentSize, published, new SplittableRandom(7))) {
      for (List<byte[]> entries : batches) {
        Batch batch = new Batch(1 << 20);
        batch.reset(journal.end());
        entries.forEach(batch::add);
        ByteBuffer frame = batch.frame();
        journal.append(frame, batch.count());
      }
    }
  }

  static FsckReport fsck(Path folder) {
    return Fsck.run(folder, TestLogs.KEY.key(), Optional.empty(), done -> {});
  }

  /** The entries of a log that must be sound. */
  static List<byte[]> requireSound(Path folder) throws IOException {
    assertThat(fsck(folder).findings()).as("fsck").isEmpty();
    LogFolder log = LogFolder.at(folder);
    return TestLogs.entries(log, requireSigned(log.signedCheckpoint()).checkpoint().size());
  }

  static SignedCheckpoint requireSigned(SignedCheckpoint signed) {
    assertThat(SignatureChecks.check(signed, List.of(TestLogs.KEY.key())))
        .hasOnlyElementsOfType(SignatureCheck.Valid.class)
        .isNotEmpty();
    return signed;
  }

  static Hash leaf(byte[] entry) {
    byte[] hash = new byte[Hash.LENGTH];
    new TreeHasher().leaf(entry, 0, entry.length, hash, 0);
    return Hash.of(hash);
  }

  static byte[] random(SplittableRandom random, int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }

  /** Every file below a folder with its octets, by its path there. */
  static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return files;
  }

  /** The octets of a file that is there. */
  static byte[] octets(Map<String, byte[]> files, String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  /** Makes a folder hold these files and no others. */
  static void restore(Path folder, Map<String, byte[]> files) throws IOException {
    for (String gone : files(folder).keySet()) {
      if (!files.containsKey(gone)) {
        Files.delete(folder.resolve(gone));
      }
    }
    for (var file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (!Files.exists(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
        Files.createDirectories(path.resolveSibling("."));
        Files.write(path, file.getValue());
      }
    }
  }

  /** Waits for all and hands on what failed. */
  static void join(List<? extends Future<?>> all) throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    for (Future<?> one : all) {
      try {
        one.get();
      } catch (ExecutionException e) {
        failures.add(e.getCause());
      }
    }
    if (!failures.isEmpty()) {
      throw new AssertionError(failures.size() + " threads failed", failures.getFirst());
    }
  }

  static void flip(Path file, long bit) {
    try {
      byte[] octets = Files.readAllBytes(file);
      octets[Math.toIntExact(bit / Byte.SIZE)] ^= (byte) (1 << (bit % Byte.SIZE));
      Files.write(file, octets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
