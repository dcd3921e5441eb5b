package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.store.ServerClient;
import dev.holdfast.trust.store.StatementSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Hands blobs on several at a time, and statements only when all blobs before them are kept. What
 * it hands on to must serve many threads, as {@link ServerClient} does.
 */
public final class BlobsAhead implements StatementSink, AutoCloseable {
  private static final int AT_ONCE = 8;

  private final StatementSink sink;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final List<Future<?>> underWay = new ArrayList<>();

  public BlobsAhead(StatementSink sink) {
    this.sink = requireNonNull(sink, "sink");
  }

  @Override
  public void keep(Sha256 name, byte[] octets) {
    permits.acquireUninterruptibly();
    underWay.add(
        threads.submit(() -> {
          try {
            sink.keep(name, octets);
          } finally {
            permits.release();
          }
        }));
  }

  /**
   * Says statements, once all blobs are kept.
   *
   * @throws CodedException as the sink has it, of a blob too
   */
  @Override
  public void say(List<Envelope> statements) {
    try {
      for (Future<?> each : underWay) {
        each.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CodedException coded) {
        throw coded;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      underWay.clear();
    }
    sink.say(statements);
  }

  @Override
  public void close() {
    threads.close();
  }
}
