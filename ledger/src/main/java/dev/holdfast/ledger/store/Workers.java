package dev.holdfast.ledger.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Does many small things with the disk at once, since a file system forces many files together as
 * fast as one.
 */
final class Workers implements AutoCloseable {
  /** One thing to do. */
  @FunctionalInterface
  interface Task {
    void run() throws IOException;
  }

  private final @Nullable ExecutorService threads;

  /** Makes so many threads; with one, tasks are run by the caller, in their order. */
  Workers(int count) {
    threads =
        count == 1
            ? null
            : Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("ledger-tile-", 0).factory());
  }

  /** Runs all tasks and waits for them; the first failure is thrown when all have ended. */
  void run(List<Task> tasks) throws IOException {
    if (threads == null) {
      for (Task task : tasks) {
        task.run();
      }
      return;
    }
    List<Future<?>> running = new ArrayList<>(tasks.size());
    for (Task task : tasks) {
      running.add(
          threads.submit(() -> {
            task.run();
            return null;
          }));
    }
    Throwable failure = null;
    for (Future<?> future : running) {
      Throwable one = wait(future);
      failure = failure == null ? one : failure;
    }
    if (failure instanceof IOException io) {
      throw io;
    }
    if (failure instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  private static @Nullable Throwable wait(Future<?> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          future.get();
          return null;
        } catch (InterruptedException e) {
          // Files are half written until all have ended; the interrupt is handed on afterwards.
          interrupted = true;
        } catch (ExecutionException e) {
          return e.getCause();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.shutdown();
    }
  }
}
