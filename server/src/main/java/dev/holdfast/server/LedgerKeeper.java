package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.ledger.EntryBundle;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.TileSource;
import dev.holdfast.server.ViewWriter.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the views with the ledger: one thread applies entries in the order of their indexes, many
 * in one transaction. What was acknowledged and not applied when the process died is applied at the
 * next start.
 */
final class LedgerKeeper implements AutoCloseable {
  private static final int BATCH = 512;

  /** Entries that wait in the form that they were read in; more wait as octets alone. */
  private static final int MOST_READ = 2_048;

  private record Entry(long index, byte[] octets, @Nullable ReadEntry read)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      return Long.compare(index, other.index);
    }
  }

  private final ViewWriter writer;
  private final LedgerFold fold;
  private final Views views;
  private final Consumer<List<Event>> watchers;
  private final ReentrantLock lock = new ReentrantLock();

  /** Held by whoever uses the fold, which is for one thread at a time. */
  private final ReentrantLock folding = new ReentrantLock();

  private final Condition come = lock.newCondition();
  private final Condition applied = lock.newCondition();
  private final PriorityQueue<Entry> waiting = new PriorityQueue<>();
  private long next;
  private boolean closing;
  private @Nullable Throwable failure;
  private final Thread thread;

  LedgerKeeper(
      Views views, ViewWriter writer, LedgerFold fold, long next, Consumer<List<Event>> watchers) {
    this.views = views;
    this.writer = writer;
    this.fold = fold;
    this.next = next;
    this.watchers = watchers;
    thread = Thread.ofPlatform().daemon().name("views").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Applies entries of the log from where the views stand to a size; before {@link #start}. */
  void catchUp(TileSource log, long size, Consumer<Long> progress) throws IOException {
    List<byte[]> batch = new ArrayList<>();
    while (next < size) {
      List<byte[]> bundle = bundle(log, next / TileId.FULL, size);
      int from = (int) (next % TileId.FULL);
      batch.clear();
      batch.addAll(bundle.subList(from, bundle.size()));
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        entries.add(new Entry(next + i, batch.get(i), null));
      }
      apply(entries);
      // Nobody watches yet.
      var _ = fold.takeFresh();
      progress.accept(next);
    }
  }

  /** The entries of one bundle of a log of this size. */
  static List<byte[]> bundle(TileSource log, long number, long size) throws IOException {
    int width = (int) Math.min(TileId.FULL, size - number * TileId.FULL);
    TileId id = TileId.bundle(number, width);
    return EntryBundle.entries(
        log.tileOrCut(id).orElseThrow(() -> new IOException("the log lacks " + id.path())), width);
  }

  /**
   * Hands in an entry that is durable; in any order.
   *
   * @param read the same entry, its signature checked
   */
  void offer(long index, byte[] octets, ReadEntry read) {
    lock.lock();
    try {
      waiting.add(new Entry(index, octets, waiting.size() < MOST_READ ? read : null));
      if (index == next) {
        come.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many entries are durable and not in the views. */
  int behind() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** The index behind the last entry in the views. */
  long next() {
    lock.lock();
    try {
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until an entry is in the views. */
  void await(long index) throws InterruptedException {
    lock.lock();
    try {
      while (next <= index && failure == null && !closing) {
        applied.await();
      }
      if (failure != null) {
        throw new IllegalStateException(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      List<Entry> batch = take();
      while (!batch.isEmpty()) {
        apply(batch);
        watchers.accept(fold.takeFresh());
        batch = take();
      }
    } catch (RuntimeException | Error e) {
      lock.lock();
      try {
        failure = e;
        applied.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Why it stopped, where it did. */
  @Nullable Throwable failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  private List<Entry> take() {
    lock.lock();
    try {
      while (waiting.isEmpty() || waiting.peek().index() != next) {
        if (closing) {
          return List.of();
        }
        come.awaitUninterruptibly();
      }
      List<Entry> batch = new ArrayList<>();
      while (batch.size() < BATCH
          && !waiting.isEmpty()
          && waiting.peek().index() == next + batch.size()) {
        batch.add(waiting.remove());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Asks the fold something between two batches; from any thread. */
  <T> T ask(Function<LedgerFold, T> question) {
    folding.lock();
    try {
      return question.apply(fold);
    } finally {
      folding.unlock();
    }
  }

  private void apply(List<Entry> batch) {
    folding.lock();
    try {
      folded(batch);
    } finally {
      folding.unlock();
    }
    lock.lock();
    try {
      next = batch.getLast().index() + 1;
      applied.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void folded(List<Entry> batch) {
    views.writer().begin();
    try {
      for (Entry entry : batch) {
        ReadEntry read = entry.read();
        fold.apply(
            entry.index(),
            read == null ? ReadEntry.of(entry.octets(), "entry " + entry.index()) : read);
      }
      fold.write();
      writer.meta("applied", String.valueOf(batch.getLast().index() + 1));
      writer.meta("now", String.valueOf(fold.now().toEpochMilli()));
      views.writer().commit();
    } catch (CodedException e) {
      views.writer().rollback();
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      views.writer().rollback();
      throw e;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      come.signalAll();
      applied.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
