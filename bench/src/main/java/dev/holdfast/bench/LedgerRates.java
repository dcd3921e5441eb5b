package dev.holdfast.bench;

import dev.holdfast.ledger.CheckpointSigner;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.store.LogFolder;
import dev.holdfast.ledger.store.LogSettings;
import dev.holdfast.ledger.store.LogWriter;
import dev.holdfast.ledger.store.Witnesses;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How many entries of 200 octets a second a log makes durable and publishes, beside what disk and
 * processor allow in the same run.
 *
 * <p>Arguments: a folder on the disk to be measured, and seconds for each number of callers.
 * Callers are virtual threads, each with one entry under way. Beside the log as it is, one whose
 * publication is held back, which tells what publication takes from the disk, and one that three
 * witnesses cosign over loopback, each with a folder on the same disk.
 */
public final class LedgerRates {
  static final int ENTRY = 200;
  private static final int[] CALLERS = {1, 16, 256};
  private static final int WARM_UP = 3;
  private static final int SAMPLED = 512;
  private static final int WITNESSES = 3;
  private static final int HELD = 1 << 30;
  private static final InstantSource CLOCK = InstantSource.system();

  private LedgerRates() {}

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "ledger-rates");
    int seconds = Integer.parseInt(arguments[1]);
    try {
      System.out.println(Machine.describe(folder));
      for (int callers : CALLERS) {
        LedgerLimits limits = LedgerLimits.measure(folder, ENTRY, callers);
        System.out.printf(
            "%d callers: limits: %,.0f fsyncs/s of a batch, SHA-256 %,.0f leaves/s and %,.0f nodes/s,"
                + " sequential write %,.0f MB/s%n",
            callers,
            1 / limits.fsync(),
            1 / limits.leaf(),
            1 / limits.node(),
            limits.sequential() / 1e6);
        for (Kind kind : Kind.values()) {
          Path log = folder.resolve("log");
          new Run(log, callers, kind, limits).measure(seconds);
          delete(log);
        }
      }
    } finally {
      delete(folder);
    }
  }

  static CheckpointSigner key() throws GeneralSecurityException {
    return SigningKey.of(
        "bench.example/log",
        KeyAlgorithm.ED25519_NOTE,
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
  }

  static LogWriter open(Path folder, CheckpointSigner key) {
    LogFolder.create(folder, List.of(key), Optional.empty(), InstantSource.system());
    return openAgain(folder, key);
  }

  static LogWriter openAgain(Path folder, CheckpointSigner key) {
    return LogWriter.open(
        folder, List.of(key), Witnesses.none(), LogSettings.defaults(), InstantSource.system());
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** What else happens to the log while it takes entries. */
  private enum Kind {
    PUBLISHED("published"),
    HELD_BACK("publication held back"),
    COSIGNED("published with three witnesses");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    LogSettings settings() {
      LogSettings usual = LogSettings.defaults();
      return this == HELD_BACK
          ? new LogSettings(
              Duration.ofHours(1),
              usual.largestBatch(),
              HELD,
              HELD,
              usual.syncThreads(),
              usual.witnessPatience(),
              usual.segmentSize())
          : usual;
    }
  }

  /** An entry that was acknowledged, and when it was handed in. */
  private record Sample(long index, long began) {}

  /** One log and its callers. */
  private static final class Run {
    private final Path folder;
    private final int callers;
    private final Kind kind;
    private final LedgerLimits limits;
    private final Histogram acknowledged = new ConcurrentHistogram(3);
    private final Histogram published = new Histogram(3);
    private final BlockingQueue<Sample> samples = new LinkedBlockingQueue<>();
    private volatile boolean measuring;
    private volatile boolean stopping;

    Run(Path folder, int callers, Kind kind, LedgerLimits limits) {
      this.folder = folder;
      this.callers = callers;
      this.kind = kind;
      this.limits = limits;
    }

    void measure(int seconds) throws GeneralSecurityException, InterruptedException {
      CheckpointSigner key = key();
      try (LoopbackWitnesses witnesses =
          LoopbackWitnesses.start(folder, key, kind == Kind.COSIGNED ? WITNESSES : 0)) {
        measure(seconds, key, witnesses.asked());
      }
    }

    private void measure(int seconds, CheckpointSigner key, Witnesses witnesses)
        throws InterruptedException {
      LogFolder.create(folder.resolve("log"), List.of(key), Optional.empty(), CLOCK);
      try (LogWriter writer =
          LogWriter.open(folder.resolve("log"), List.of(key), witnesses, kind.settings(), CLOCK)) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
          long caller = i;
          threads.add(Thread.ofVirtual().start(() -> append(writer, caller)));
        }
        Thread watcher = Thread.ofPlatform().start(() -> watch(writer));
        TimeUnit.SECONDS.sleep(WARM_UP);
        long sizeBefore = writer.checkpoint().checkpoint().size();
        measuring = true;
        long began = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        measuring = false;
        double took = (System.nanoTime() - began) * 1e-9;
        long sizeAfter = writer.checkpoint().checkpoint().size();
        stopping = true;
        for (Thread thread : threads) {
          thread.join();
        }
        watcher.join();
        report(acknowledged.getTotalCount() / took, (sizeAfter - sizeBefore) / took);
      }
    }

    private void append(LogWriter writer, long caller) {
      byte[] entry = new byte[ENTRY];
      for (long serial = 0; !stopping; serial++) {
        ByteBuffer.wrap(entry).putLong(0, caller).putLong(8, serial);
        long began = System.nanoTime();
        long index = writer.append(entry);
        if (measuring) {
          acknowledged.recordValue(System.nanoTime() - began);
          if (kind != Kind.HELD_BACK && (index % SAMPLED == 0 || callers == 1)) {
            samples.add(new Sample(index, began));
          }
        }
      }
    }

    private void watch(LogWriter writer) {
      try {
        while (!stopping || !samples.isEmpty()) {
          Sample sample = samples.poll(100, TimeUnit.MILLISECONDS);
          if (sample != null) {
            writer.awaitPublished(sample.index());
            published.recordValue(System.nanoTime() - sample.began());
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void report(double rate, double publishedRate) {
      double allowed = limits.allowed(callers);
      System.out.printf(
          "%d callers, %s: %,.0f durable appends/s (published meanwhile %,.0f/s), %.2f of the %,.0f/s that"
              + " one fsync a batch and one hashing allow; acknowledged p50 %,.0f p99 %,.0f us,"
              + " published p50 %,.0f p99 %,.0f ms (%,d samples)%n",
          callers,
          kind.words,
          rate,
          publishedRate,
          rate / allowed,
          allowed,
          acknowledged.getValueAtPercentile(50) / 1e3,
          acknowledged.getValueAtPercentile(99) / 1e3,
          published.getValueAtPercentile(50) / 1e6,
          published.getValueAtPercentile(99) / 1e6,
          published.getTotalCount());
    }
  }
}
