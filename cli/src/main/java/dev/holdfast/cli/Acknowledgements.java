package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Hash;
import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Prints the index of each entry as soon as the log has acknowledged it and those before it.
 *
 * <p>A thread of its own waits and prints, so that an index does not wait for the next line of a
 * slow input. So many entries are under way at once that one fsync serves many of them.
 */
final class Acknowledgements implements AutoCloseable {
  private static final int UNDER_WAY = 512;

  /**
   * An entry that is under way.
   *
   * @param index its index once it is durable; null for the end
   * @param leafHash of the entry, where it is printed
   */
  private record Entry(@Nullable Future<Long> index, @Nullable Hash leafHash) {}

  /** The JSON form. */
  record IndexJson(long index, String leafHash) {}

  private final PrintStream out;
  private final ProblemLog log;
  private final BlockingQueue<Entry> underWay = new ArrayBlockingQueue<>(UNDER_WAY);
  private final Thread printer;
  private volatile boolean stopped;

  Acknowledgements(PrintStream out, ProblemLog log) {
    this.out = out;
    this.log = log;
    printer = Thread.ofPlatform().daemon().name("acknowledgements").start(this::print);
  }

  /**
   * Prints an index when it is there; waits where too many are under way.
   *
   * @param leafHash of the entry for the JSON form, null for text
   */
  void add(Future<Long> index, @Nullable Hash leafHash) {
    put(new Entry(index, leafHash));
  }

  /** Whether the log has refused an entry, so that there is no use in more. */
  boolean stopped() {
    return stopped;
  }

  private void put(Entry entry) {
    try {
      underWay.put(entry);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void print() {
    StringBuilder ready = new StringBuilder();
    try {
      while (true) {
        Entry entry = underWay.take();
        Future<Long> index = entry.index();
        if (index == null) {
          flush(ready);
          return;
        }
        if (!index.isDone()) {
          flush(ready);
        }
        line(index, entry.leafHash(), ready);
        if (underWay.isEmpty()) {
          flush(ready);
        }
      }
    } catch (InterruptedException e) {
      flush(ready);
    }
  }

  private void line(Future<Long> index, @Nullable Hash leafHash, StringBuilder ready)
      throws InterruptedException {
    try {
      long number = index.get();
      if (leafHash == null) {
        ready.append(number);
      } else {
        ready.append(Json.mapper().writeValueAsString(new IndexJson(number, leafHash.base64())));
      }
      ready.append('\n');
    } catch (ExecutionException e) {
      if (!stopped) {
        stopped = true;
        flush(ready);
        log.add(
            e.getCause() instanceof CodedException coded
                ? coded.problem()
                : Problem.of(ErrorCode.INTERNAL_ERROR, String.valueOf(e.getCause())));
      }
    }
  }

  private void flush(StringBuilder ready) {
    if (!ready.isEmpty()) {
      out.print(ready);
      out.flush();
      ready.setLength(0);
    }
  }

  /** Waits until all indexes are printed. */
  @Override
  public void close() {
    put(new Entry(null, null));
    try {
      printer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
