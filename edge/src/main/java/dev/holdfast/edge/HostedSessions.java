package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.SessionTerms;
import dev.holdfast.probe.net.SenderSessions;
import dev.holdfast.trust.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which host each open session of a landmark belongs to, and which of them are to be measured. For
 * any number of threads.
 *
 * <p>A session that ended, in whatever way, is forgotten at the latest at its expiry.
 */
public final class HostedSessions {
  /** The most sessions of one host key; another one closes its oldest. */
  static final int MOST_OF_ONE = 4;

  private final Map<Integer, SenderSessions> ports;
  private final RoundSchedule schedule;
  private final RandomGenerator random;
  private final Map<SessionId, Hosted> all = new HashMap<>();
  private final Map<KeyId, Deque<SessionId>> ofHost = new HashMap<>();

  /**
   * Beside the sessions of UDP ports.
   *
   * @param ports by their numbers, at least one
   * @param schedule of nothing else
   * @param random draws session ids
   */
  public HostedSessions(
      Map<Integer, SenderSessions> ports, RoundSchedule schedule, RandomGenerator random) {
    this.ports = Map.copyOf(ports);
    this.schedule = requireNonNull(schedule, "schedule");
    this.random = requireNonNull(random, "random");
  }

  /**
   * A session and its host, of which no more is kept than its name and its key's: a whole
   * certificate takes some five kilobytes.
   */
  public record Hosted(SessionTerms terms, String host, KeyId key) {
    /** From when on it is over. */
    Instant end() {
      return Instant.ofEpochSecond(terms.expiry());
    }
  }

  /**
   * Terms for a new session, on the port that has the fewest; the id is taken once it is opened.
   *
   * @throws CodedException TOO_MANY_SESSIONS
   */
  public synchronized SessionTerms terms(Instant now, Duration lifetime) {
    int port = Collections.min(ports.keySet(), Comparator.comparingInt(each -> on(each).size()));
    OptionalInt ssid = on(port).freeSsid();
    if (ssid.isEmpty()) {
      throw new CodedException(
          Problem.of(ErrorCode.TOO_MANY_SESSIONS, "this landmark has no room for more sessions"));
    }
    byte[] id = new byte[SessionId.LENGTH];
    random.nextBytes(id);
    return new SessionTerms(
        SessionId.of(id), ssid.getAsInt(), now.plus(lifetime).getEpochSecond(), port);
  }

  private SenderSessions on(int port) {
    return requireNonNull(ports.get(port), "port");
  }

  private boolean isOpen(Hosted session) {
    return on(session.terms().port()).isOpen(session.terms().id());
  }

  /**
   * Opens a session with a host, and closes its oldest where it has too many.
   *
   * @throws CodedException TOO_MANY_SESSIONS where the session-sender id was taken meanwhile
   */
  public synchronized void open(
      String host, KeyId hostKey, SessionTerms terms, byte[] key, byte[] pathKey) {
    on(terms.port()).open(terms.id(), terms.ssid(), key, pathKey, terms.expiry());
    all.put(terms.id(), new Hosted(terms, host, hostKey));
    schedule.add(terms.id());
    Deque<SessionId> own = ofHost.computeIfAbsent(hostKey, none -> new ArrayDeque<>(1));
    own.addLast(terms.id());
    if (own.size() > MOST_OF_ONE) {
      end(own.getFirst());
    }
  }

  private void end(SessionId id) {
    schedule.remove(id);
    Hosted ended = all.remove(id);
    if (ended != null) {
      on(ended.terms().port()).close(id);
      ofHost.computeIfPresent(
          ended.key(),
          (key, own) -> {
            own.remove(id);
            return own.isEmpty() ? null : own;
          });
    }
  }

  /** The session with an id while it is open, or null. */
  public synchronized @Nullable Hosted find(SessionId id) {
    Hosted found = all.get(id);
    return found != null && isOpen(found) ? found : null;
  }

  /**
   * The sessions that are to be measured now, each of them again later. One without a path is not
   * yet measured; one that is over is forgotten.
   */
  public synchronized List<Hosted> due(Instant now) {
    List<Hosted> due = new ArrayList<>();
    for (RoundSchedule.Turn turn = schedule.take(now); turn != null; turn = schedule.take(now)) {
      Hosted session = all.get(turn.session());
      if (session == null || !session.end().isAfter(now) || !isOpen(session)) {
        end(turn.session());
      } else if (on(session.terms().port()).path(turn.session()).isEmpty()) {
        schedule.later(turn, now, session.end());
      } else {
        schedule.again(turn, now, session.end());
        due.add(session);
      }
    }
    return due;
  }

  /** Whether nothing is kept of any session or host. */
  synchronized boolean isEmpty() {
    return all.isEmpty() && ofHost.isEmpty();
  }
}
