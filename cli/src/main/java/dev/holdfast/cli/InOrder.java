package dev.holdfast.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Works on items in parallel and hands on the results in the order of the items. */
final class InOrder<T, R> implements AutoCloseable {
  private final int ahead;
  private final ExecutorService workers;
  private final Deque<Future<R>> pending = new ArrayDeque<>();
  private final Function<T, R> work;
  private final Consumer<R> consumer;

  InOrder(int threads, Function<T, R> work, Consumer<R> consumer) {
    this.ahead = threads * 8;
    this.workers = Executors.newFixedThreadPool(threads);
    this.work = work;
    this.consumer = consumer;
  }

  /** Adds an item; may hand on results of earlier ones, on the calling thread. */
  void add(T item) {
    if (pending.size() >= ahead) {
      handOn();
    }
    pending.add(workers.submit(() -> work.apply(item)));
  }

  /** Hands on everything that is left. */
  void finish() {
    while (!pending.isEmpty()) {
      handOn();
    }
  }

  private void handOn() {
    try {
      consumer.accept(pending.remove().get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
