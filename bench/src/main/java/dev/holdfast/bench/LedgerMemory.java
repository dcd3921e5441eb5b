package dev.holdfast.bench;

import dev.holdfast.ledger.CheckpointSigner;
import dev.holdfast.ledger.store.LogWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of a log's writer while the log grows: heap after a collection, and what is resident.
 *
 * <p>Arguments: a folder on the disk to be used, and how many entries of 200 octets.
 */
public final class LedgerMemory {
  private static final int CALLERS = 256;
  private static final int STEPS = 10;
  private static final double MEGA = 1e6;

  private LedgerMemory() {}

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "ledger-memory");
    long entries = Long.parseLong(arguments[1]);
    try {
      System.out.println(Machine.describe(folder));
      System.out.println("entries, heap after a collection MB, resident MB, entries/s of the step");
      CheckpointSigner key = LedgerRates.key();
      try (LogWriter writer = LedgerRates.open(folder.resolve("log"), key)) {
        for (int step = 1; step <= STEPS; step++) {
          long began = System.nanoTime();
          long count = entries / STEPS;
          fill(writer, count);
          double rate = count / ((System.nanoTime() - began) * 1e-9);
          ManagementFactory.getMemoryMXBean().gc();
          System.out.printf(
              "%,d, %.1f, %.0f, %,.0f%n",
              writer.checkpoint().checkpoint().size(),
              ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGA,
              Machine.resident() / MEGA,
              rate);
        }
      }
      long began = System.nanoTime();
      LedgerRates.openAgain(folder.resolve("log"), key).close();
      System.out.printf("opened and closed again in %.1f ms%n", (System.nanoTime() - began) / MEGA);
    } finally {
      LedgerRates.delete(folder);
    }
  }

  private static void fill(LogWriter writer, long count) throws InterruptedException {
    AtomicLong next = new AtomicLong();
    AtomicLong last = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                byte[] entry = new byte[LedgerRates.ENTRY];
                for (long n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                  ByteBuffer.wrap(entry).putLong(0, n);
                  last.accumulateAndGet(writer.append(entry), Math::max);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    writer.awaitPublished(last.get());
  }
}
