package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.trust.store.ServerClient;
import dev.holdfast.trust.store.StatementAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Takes a spool's statements to a server, oldest first, and what they name before them. A file is
 * deleted only when the server has acknowledged it; while nobody answers, the spool keeps all.
 *
 * <p>What the server refuses is laid aside in the spool, is told, and is tried again at the next
 * start: it may be that the server was told of an authority meanwhile.
 */
final class SpoolDelivery implements AutoCloseable {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int BATCH = 200;

  private final Spool spool;
  private final ServerClient server;
  private final DaemonLog log;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().name("delivery").unstarted(this::run);

  SpoolDelivery(Spool spool, ServerClient server, DaemonLog log) {
    this.spool = requireNonNull(spool, "spool");
    this.server = requireNonNull(server, "server");
    this.log = requireNonNull(log, "log");
  }

  /**
   * The delivery that settings ask for.
   *
   * @throws CodedException BAD_KEY_FILE or another where the token cannot be read
   */
  static SpoolDelivery to(DeliverySettings settings, Spool spool, DaemonLog log) {
    return new SpoolDelivery(spool, ServerClient.to(settings.url(), settings.tokenFile()), log);
  }

  void start() {
    spool.tryRefusedAgain();
    thread.start();
  }

  private void run() {
    Duration rest = AGAIN;
    try {
      do {
        try {
          while (deliver()) {
            rest = AGAIN;
          }
        } catch (CodedException e) {
          log.problem(e.problem());
          rest = rest.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : rest.multipliedBy(2);
        }
      } while (!closing.await(rest.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Delivers some; answers whether there was anything. */
  boolean deliver() {
    List<Spool.Waiting> waiting = spool.waiting(BATCH);
    if (waiting.isEmpty()) {
      return false;
    }
    for (Spool.Waiting each : waiting) {
      each.blobs().forEach(name -> spool.blob(name).ifPresent(octets -> server.keep(name, octets)));
    }
    List<StatementAnswer> answers =
        server.state(waiting.stream().map(Spool.Waiting::envelope).toList());
    for (int i = 0; i < waiting.size(); i++) {
      switch (answers.get(i)) {
        case StatementAnswer.Taken taken -> spool.taken(waiting.get(i));
        case StatementAnswer.Refused refused -> {
          spool.refused(waiting.get(i));
          log.tell(
              "refused",
              Map.of(
                  "statement", String.valueOf(waiting.get(i).file().getFileName()),
                  "code", refused.code(),
                  "reason", refused.detail()));
        }
      }
    }
    return true;
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }
}
