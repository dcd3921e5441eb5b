package dev.holdfast.edge;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.probe.RoundSettings;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Measures hosted sessions as their time comes. One thread. */
final class Measuring {
  private static final long TICK_MILLISECONDS = 50;

  private final HostedSessions sessions;
  private final ChallengePorts ports;
  private final RoundSettings settings;
  private final Stating stating;
  private final DaemonLog log;
  private final InstantSource clock;
  private volatile boolean stopping;
  private @Nullable Thread thread;

  Measuring(
      HostedSessions sessions,
      ChallengePorts ports,
      RoundSettings settings,
      Stating stating,
      DaemonLog log,
      InstantSource clock) {
    this.sessions = sessions;
    this.ports = ports;
    this.settings = settings;
    this.stating = stating;
    this.log = log;
    this.clock = clock;
  }

  void start() {
    thread = Thread.ofPlatform().name("rounds").daemon().start(this::run);
  }

  private void run() {
    while (!stopping) {
      sessions.due(clock.instant()).forEach(this::measure);
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(TICK_MILLISECONDS);
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  private void measure(HostedSessions.Hosted session) {
    var _ =
        ports
            .measure(session, settings)
            .whenComplete((round, failure) -> {
              if (failure instanceof CodedException coded) {
                // A host that falls silent keeps a round waiting; the next one comes later.
                if (coded.problem().code() != ErrorCode.ROUND_RUNNING) {
                  log.problem(coded.problem());
                }
              } else if (round != null) {
                stating.take(round, session);
              }
            });
  }

  /** Begins no more rounds. */
  void stop() {
    stopping = true;
  }

  void join() {
    Threads.join(thread);
  }
}
