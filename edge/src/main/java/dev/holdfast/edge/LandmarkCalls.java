package dev.holdfast.edge;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.probe.ReflectorSession;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.net.ReflectorSessions;
import dev.holdfast.probe.net.SessionClient;
import dev.holdfast.probe.net.SessionPath;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an agent has to do with one landmark: keeps a session open with it, and asks it
 * for transcripts to countersign. One thread.
 */
final class LandmarkCalls {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final long RENEWED_AFTER = 80;

  private final AgentSettings.Called landmark;
  private final Duration every;
  private final SessionClient client;
  private final ReflectorSessions sessions;
  private final Countersigning countersigning;
  private final DaemonLog log;
  private final InstantSource clock;
  private final SecureRandom random;
  private volatile boolean stopping;
  private @Nullable Thread thread;
  private SessionClient.@Nullable OpenedSession session;
  private Instant renewal = Instant.MIN;
  private int failures;

  LandmarkCalls(
      AgentSettings.Called landmark,
      Duration every,
      SessionClient client,
      ReflectorSessions sessions,
      Countersigning countersigning,
      DaemonLog log,
      InstantSource clock,
      SecureRandom random) {
    this.landmark = landmark;
    this.every = every;
    this.client = client;
    this.sessions = sessions;
    this.countersigning = countersigning;
    this.log = log;
    this.clock = clock;
    this.random = random;
  }

  void start() {
    thread = Thread.ofVirtual().name("calls " + landmark.name()).start(this::run);
  }

  private void run() {
    while (!stopping) {
      try {
        SessionClient.OpenedSession current = session;
        if (current == null || !clock.instant().isBefore(renewal)) {
          open();
        } else {
          countersign(current);
        }
        failures = 0;
      } catch (CodedException e) {
        failures++;
        if (!stopping) {
          log.problem(e.problem());
        }
        if (e.problem().code() == ErrorCode.SESSION_REFUSED) {
          // The landmark does not know the session any more: it has started again.
          session = null;
        }
      }
      pause();
    }
  }

  private void open() {
    SessionClient.OpenedSession old = session;
    SessionClient.OpenedSession opened = client.open(landmark.address().address(), landmark.name());
    ReflectorSession reflected =
        new ReflectorSession(opened.terms().ssid(), StampMac.of(opened.key()), random.nextInt());
    countersigning.opened(opened.terms(), opened.landmark(), opened.key(), reflected.answered());
    sessions.add(
        reflected,
        opened.address(),
        new SessionPath(opened.terms().ssid(), opened.terms().id(), opened.pathKey()));
    if (old != null
        && !(old.terms().ssid() == opened.terms().ssid()
            && old.address().equals(opened.address()))) {
      sessions.remove(old.terms().ssid(), old.address());
    }
    session = opened;
    Instant now = clock.instant();
    Instant expiry = Instant.ofEpochSecond(opened.terms().expiry());
    renewal = now.plus(Duration.between(now, expiry).multipliedBy(RENEWED_AFTER).dividedBy(100));
    log.tell(
        "session",
        Map.of(
            "landmark", landmark.name(),
            "session", opened.terms().id().hex(),
            "until", expiry.toString()));
  }

  private void countersign(SessionClient.OpenedSession current) {
    int shown =
        client.countersign(
            landmark.address().address(),
            landmark.name(),
            current.terms().id(),
            (who, transcripts) ->
                countersigning.sign(
                    who,
                    transcripts,
                    reason ->
                        log.tell(
                            "objection", Map.of("landmark", landmark.name(), "reason", reason))));
    if (shown > 0) {
      log.tell(
          "countersigned", Map.of("landmark", landmark.name(), "rounds", String.valueOf(shown)));
    }
  }

  /** Longer after each failure, and never quite the same, so that hosts do not call in step. */
  private void pause() {
    long usual = every.toMillis();
    long longest = Math.max(usual, LONGEST_PAUSE.toMillis());
    long pause = Math.min(longest, usual << Math.min(failures, 6));
    try {
      Thread.sleep((long) (pause * (0.75 + 0.5 * random.nextDouble())));
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  void stop() {
    stopping = true;
    Thread started = thread;
    if (started != null) {
      started.interrupt();
    }
  }

  void join() {
    Threads.join(thread);
  }
}
