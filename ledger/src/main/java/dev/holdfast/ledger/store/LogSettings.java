package dev.holdfast.ledger.store;

import java.time.Duration;

/**
 * How a log's writer balances speed and cost; the defaults suit two cores.
 *
 * @param publishEvery the least time between the beginnings of two publications; 1 ms to 1 hour
 * @param largestBatch octets of entries that one fsync acknowledges at most; 128 KiB to 16 MiB
 * @param largestPublication octets of entries that one publication takes at most; from largestBatch
 * @param mostUnpublished octets of acknowledged entries that may wait to be published before
 *     callers have to wait; at least largestPublication
 * @param syncThreads threads that write and force tiles; 1 to 256
 * @param witnessPatience how long a publication waits for cosignatures; zero to one minute
 * @param segmentSize octets of one file of the journal; at least twice largestBatch
 */
public record LogSettings(
    Duration publishEvery,
    int largestBatch,
    int largestPublication,
    long mostUnpublished,
    int syncThreads,
    Duration witnessPatience,
    int segmentSize) {
  private static final int KIBI = 1024;
  private static final int MEBI = 1024 * KIBI;

  public LogSettings {
    require(
        publishEvery.compareTo(Duration.ofMillis(1)) >= 0
            && publishEvery.compareTo(Duration.ofHours(1)) <= 0,
        "publishEvery");
    require(largestBatch >= 128 * KIBI && largestBatch <= 16 * MEBI, "largestBatch");
    require(largestPublication >= largestBatch, "largestPublication");
    require(mostUnpublished >= largestPublication, "mostUnpublished");
    require(syncThreads >= 1 && syncThreads <= 256, "syncThreads");
    require(
        !witnessPatience.isNegative() && witnessPatience.compareTo(Duration.ofMinutes(1)) <= 0,
        "witnessPatience");
    require(segmentSize >= 2L * largestBatch, "segmentSize");
  }

  /** What suits two cores and one disk. */
  public static LogSettings defaults() {
    return new LogSettings(
        Duration.ofMillis(100), MEBI, 8 * MEBI, 16L * MEBI, 16, Duration.ofMillis(500), 16 * MEBI);
  }

  /** The same with another least time between publications. */
  public LogSettings withPublishEvery(Duration every) {
    return new LogSettings(
        every,
        largestBatch,
        largestPublication,
        mostUnpublished,
        syncThreads,
        witnessPatience,
        segmentSize);
  }

  /** The same with another number of threads that write tiles. */
  public LogSettings withSyncThreads(int threads) {
    return new LogSettings(
        publishEvery,
        largestBatch,
        largestPublication,
        mostUnpublished,
        threads,
        witnessPatience,
        segmentSize);
  }

  /** The same with another patience for witnesses. */
  public LogSettings withWitnessPatience(Duration patience) {
    return new LogSettings(
        publishEvery,
        largestBatch,
        largestPublication,
        mostUnpublished,
        syncThreads,
        patience,
        segmentSize);
  }

  private static void require(boolean holds, String setting) {
    if (!holds) {
      throw new IllegalArgumentException(setting + " is out of its range");
    }
  }
}
