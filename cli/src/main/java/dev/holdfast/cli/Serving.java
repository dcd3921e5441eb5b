package dev.holdfast.cli;

import java.util.concurrent.CountDownLatch;

/** Keeps a server up until the process is told to end. */
final class Serving {
  private Serving() {}

  /**
   * Says where the server listens, then waits for SIGINT, SIGTERM, or an interrupt of this thread,
   * and runs what has to be closed.
   *
   * <p>After a signal the process ends with status 0: for a server, being told to stop is no
   * failure. The Java machine would say 130 or 143.
   *
   * @param server closes the server
   * @param announcing tells the user; whoever reads that may send a signal right away
   * @param closing closes everything else
   */
  static void untilToldToEnd(Runnable server, Runnable announcing, Runnable closing) {
    CountDownLatch closed = new CountDownLatch(1);
    Thread hook =
        Thread.ofPlatform()
            .name("end")
            .unstarted(() -> {
              server.run();
              closing.run();
              closed.countDown();
              Runtime.getRuntime().halt(0);
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      announcing.run();
      closed.await();
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(hook);
      server.run();
      closing.run();
    }
  }
}
