package dev.holdfast.ledger.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.base.WriterLock;
import dev.holdfast.ledger.CheckpointSigner;
import dev.holdfast.ledger.EntryBundle;
import dev.holdfast.ledger.SignedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a log.
 *
 * <p>Callers hand in entries from as many threads as they like. One thread makes them durable, a
 * batch at a time, and only then are callers told their index. Another thread publishes what is
 * durable: it reads the staged entries back, computes the tree, binds the log to it
 * (compare-and-swap of the lock checkpoint), writes tiles and entry bundles, forces them, reads
 * them back and hashes them again, signs, asks the witnesses, and puts the checkpoint in its place.
 * A crash between any two steps is made good by the next opening, in time that depends on what was
 * not published.
 *
 * <p>What fails, stops the writer: after a failed fsync nobody knows what the disk holds. Callers
 * that wait then get LOG_STOPPED, which says that their entry may or may not be in the log; entries
 * that were acknowledged are in it.
 */
public final class LogWriter implements AutoCloseable {
  private static final int BATCHES = 3;

  private final LogSettings settings;
  private final Journal journal;
  private final Publisher publisher;
  private final @Nullable WriterLock held;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final Condition published = lock.newCondition();
  private final Condition durable = lock.newCondition();
  private final Deque<Batch> free = new ArrayDeque<>();
  private Batch filling;
  private long unpublishedOctets;
  private boolean closing;
  private boolean journalDone;
  private boolean publisherDone;
  private boolean resting;
  private boolean closed;
  private @Nullable Throwable failure;
  private @Nullable SignedCheckpoint checkpoint;
  private final Thread journalThread;
  private final Thread publisherThread;

  private LogWriter(
      LogSettings settings, Journal journal, Publisher publisher, @Nullable WriterLock held) {
    this.settings = settings;
    this.journal = journal;
    this.publisher = publisher;
    this.held = held;
    checkpoint = publisher.checkpoint();
    for (int i = 0; i < BATCHES; i++) {
      free.add(new Batch(settings.largestBatch()));
    }
    filling = free.remove();
    filling.reset(journal.end());
    journalThread = Thread.ofPlatform().daemon().name("ledger-journal").unstarted(this::stage);
    publisherThread = Thread.ofPlatform().daemon().name("ledger-publish").unstarted(this::publish);
  }

  /**
   * Opens a log for writing, makes good what a crash left, and publishes what was staged.
   *
   * @param folder the log, made by {@link LogFolder#create}
   * @param signers who signs checkpoints; the name of each is the log's origin, and the first is
   *     the key under which the stored checkpoint is signed
   * @param witnesses whom to ask for cosignatures
   * @param clock for the time in cosignatures
   * @throws CodedException NOT_A_LOG, LOG_IN_USE (another process writes, named), KEY_MISMATCH,
   *     LOG_DAMAGED, or FILE_UNREADABLE
   */
  public static LogWriter open(
      Path folder,
      List<CheckpointSigner> signers,
      Witnesses witnesses,
      LogSettings settings,
      InstantSource clock) {
    LogLayout layout = new LogLayout(folder.toAbsolutePath());
    if (!Files.isRegularFile(layout.head())) {
      throw new CodedException(
          Problem.in(folder.toString(), ErrorCode.NOT_A_LOG, "this folder holds no log"));
    }
    WriterLock held = WriterLock.take(layout.state(), layout.lock(), ErrorCode.LOG_IN_USE);
    try {
      return open(
          new RealDisk(), layout, signers, witnesses, settings, clock, new SecureRandom(), held);
    } catch (IOException e) {
      held.close();
      throw failed(e);
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
  }

  static LogWriter open(
      Disk disk,
      LogLayout layout,
      List<CheckpointSigner> signers,
      Witnesses witnesses,
      LogSettings settings,
      InstantSource clock,
      RandomGenerator random,
      @Nullable WriterLock held)
      throws IOException {
    Publisher publisher = Publisher.open(disk, layout, signers, witnesses, settings, clock);
    Journal journal = null;
    try {
      journal = Journal.open(disk, layout, settings.segmentSize(), publisher.size(), random);
      publisher.recover(journal);
      LogWriter writer = new LogWriter(settings, journal, publisher, held);
      writer.journalThread.start();
      writer.publisherThread.start();
      return writer;
    } catch (IOException | RuntimeException e) {
      publisher.close();
      if (journal != null) {
        journal.close();
      }
      throw e;
    }
  }

  /**
   * Appends an entry; returns its index once it is durable.
   *
   * <p>The same octets twice are two entries.
   *
   * @param entry at most 65,535 octets
   * @return the index, from 0
   * @throws CodedException ENTRY_TOO_LARGE, or LOG_STOPPED where it is not known whether the entry
   *     is in the log
   */
  public long append(byte[] entry) {
    Taken taken = take(entry);
    try {
      taken.durable().join();
    } catch (CompletionException e) {
      throw stopped(e.getCause());
    }
    return taken.index();
  }

  /**
   * Hands an entry in without waiting until it is durable: one caller can have many under way.
   *
   * <p>Entries that one thread hands in get rising indexes in that order. Waits only where too much
   * is not yet on disk.
   *
   * @param entry at most 65,535 octets
   * @return its index, from 0, once it is durable; in failure with LOG_STOPPED, where it is not
   *     known whether the entry is in the log. What depends on it must not block
   * @throws CodedException ENTRY_TOO_LARGE, or LOG_STOPPED where the entry was not taken
   */
  public CompletableFuture<Long> submit(byte[] entry) {
    Taken taken = take(entry);
    return taken
        .durable()
        .handle((ignored, cause) -> {
          if (cause != null) {
            throw stopped(cause);
          }
          return taken.index();
        });
  }

  private Taken take(byte[] entry) {
    EntryBundle.requireFits(entry);
    lock.lock();
    try {
      while (failure == null
          && !closing
          && (!filling.hasRoomFor(entry) || unpublishedOctets >= settings.mostUnpublished())) {
        emptied.awaitUninterruptibly();
      }
      requireRunning();
      if (filling.isEmpty()) {
        filled.signal();
      }
      return new Taken(filling.add(entry), filling.durable());
    } finally {
      lock.unlock();
    }
  }

  /** An entry in a batch that is not durable yet. */
  private record Taken(long index, CompletableFuture<Void> durable) {}

  /**
   * Waits until the entry with this index is in a published checkpoint, and returns one that holds
   * it.
   *
   * @throws CodedException LOG_STOPPED where it will not be published by this writer
   */
  public SignedCheckpoint awaitPublished(long index) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        SignedCheckpoint current = checkpoint;
        if (current != null && current.checkpoint().size() > index) {
          return current;
        }
        if (failure != null || publisherDone) {
          throw stopped(failure);
        }
        published.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The checkpoint that was published last. */
  public SignedCheckpoint checkpoint() {
    lock.lock();
    try {
      SignedCheckpoint current = checkpoint;
      if (current == null) {
        throw stopped(failure);
      }
      return current;
    } finally {
      lock.unlock();
    }
  }

  /** Why each witness that did not cosign last time did not, by its name in the policy. */
  public Map<String, String> witnessTroubles() {
    return publisher.troubles();
  }

  private void requireRunning() {
    if (failure != null || closing) {
      throw stopped(failure);
    }
  }

  private static CodedException stopped(@Nullable Throwable cause) {
    String why = cause == null ? "it was closed" : String.valueOf(cause.getMessage());
    return new CodedException(
        Problem.of(
            ErrorCode.LOG_STOPPED,
            "the log's writer has stopped ("
                + why
                + "); an entry that was not acknowledged may or may not be in the log"),
        cause == null ? new IllegalStateException("closed") : cause);
  }

  private static CodedException failed(IOException e) {
    return new CodedException(
        Problem.of(ErrorCode.FILE_UNREADABLE, String.valueOf(e.getMessage())), e);
  }

  /** The loop of the thread that makes entries durable. */
  private void stage() {
    Batch batch = null;
    try {
      while ((batch = nextBatch()) != null) {
        int octets = journal.append(batch.frame(), batch.count());
        CompletableFuture<Void> acknowledged = batch.durable();
        lock.lock();
        try {
          unpublishedOctets += octets;
          free.add(batch);
          if (!resting || unpublishedOctets >= settings.largestPublication()) {
            durable.signal();
          }
          emptied.signalAll();
        } finally {
          lock.unlock();
        }
        acknowledged.complete(null);
      }
      lock.lock();
      try {
        journalDone = true;
        durable.signal();
      } finally {
        lock.unlock();
      }
    } catch (IOException | RuntimeException | Error e) {
      stop(e);
      if (batch != null) {
        batch.durable().completeExceptionally(e);
      }
    }
  }

  private @Nullable Batch nextBatch() {
    lock.lock();
    try {
      while (failure == null && (filling.isEmpty() ? !closing : free.isEmpty())) {
        filled.awaitUninterruptibly();
      }
      if (failure != null || filling.isEmpty()) {
        return null;
      }
      Batch batch = filling;
      filling = free.remove();
      filling.reset(batch.end());
      emptied.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** The loop of the thread that publishes. */
  private void publish() {
    try {
      while (awaitWork()) {
        long began = System.nanoTime();
        long octets = publisher.publish(journal);
        lock.lock();
        try {
          unpublishedOctets = Math.max(0, unpublishedOctets - octets);
          checkpoint = publisher.checkpoint();
          published.signalAll();
          emptied.signalAll();
          long rest = settings.publishEvery().toNanos() - (System.nanoTime() - began);
          resting = true;
          while (rest > 0
              && !closing
              && failure == null
              && unpublishedOctets < settings.largestPublication()) {
            rest = durable.awaitNanos(rest);
          }
          resting = false;
        } finally {
          lock.unlock();
        }
      }
    } catch (IOException | RuntimeException | InterruptedException | Error e) {
      stop(e);
    } finally {
      lock.lock();
      try {
        publisherDone = true;
        published.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Waits until something can be published or a witness asked again; false when all is done. */
  private boolean awaitWork() throws InterruptedException {
    lock.lock();
    try {
      while (failure == null) {
        if (journal.end() > publisher.size()) {
          return true;
        }
        if (closing && journalDone) {
          return false;
        }
        if (publisher.wantsCosignatures()) {
          return true;
        }
        if (publisher.hasWitnesses()) {
          durable.awaitNanos(settings.publishEvery().toNanos());
        } else {
          durable.await();
        }
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void stop(Throwable cause) {
    lock.lock();
    try {
      if (failure == null) {
        failure = cause;
      }
      filling.durable().completeExceptionally(cause);
      filled.signalAll();
      emptied.signalAll();
      durable.signalAll();
      published.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Publishes what is durable, then lets the log go. Entries of callers that still wait are made
   * durable and acknowledged first.
   *
   * @throws CodedException LOG_STOPPED where the writer failed before or while closing
   */
  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      closing = true;
      filled.signalAll();
      emptied.signalAll();
      durable.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = join(journalThread);
    interrupted |= join(publisherThread);
    try {
      publisher.close();
      if (failure == null) {
        journal.clear(publisher.size());
      }
      journal.close();
    } catch (IOException e) {
      stop(e);
    } finally {
      if (held != null) {
        held.close();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (failure != null) {
      throw stopped(failure);
    }
  }

  private static boolean join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
