package dev.holdfast.edge;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.SessionTerms;
import dev.holdfast.probe.net.SenderSessions;
import dev.holdfast.trust.KeyId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Which host each open session of a landmark belongs to. For any number of threads. */
public final class HostedSessions {
  /** The most sessions of one host key; another one closes its oldest. */
  static final int MOST_OF_ONE = 4;

  private final SenderSessions sender;
  private final SecureRandom random;
  private final Map<SessionId, Hosted> all = new HashMap<>();
  private final Map<KeyId, Deque<SessionId>> ofHost = new HashMap<>();

  /**
   * Beside the sessions of one port.
   *
   * @param random draws session ids
   */
  public HostedSessions(SenderSessions sender, SecureRandom random) {
    this.sender = sender;
    this.random = random;
  }

  /**
   * A session and its host, of which no more is kept than its name and its key's: a whole
   * certificate takes some five kilobytes.
   */
  public record Hosted(SessionTerms terms, String host, KeyId key) {}

  /** Terms for a new session; the id is taken once it is opened. */
  public synchronized SessionTerms terms(Instant now, Duration lifetime, int port) {
    OptionalInt ssid = sender.freeSsid();
    if (ssid.isEmpty()) {
      throw new CodedException(
          Problem.of(ErrorCode.TOO_MANY_SESSIONS, "this landmark has no room for more sessions"));
    }
    byte[] id = new byte[SessionId.LENGTH];
    random.nextBytes(id);
    return new SessionTerms(
        SessionId.of(id), ssid.getAsInt(), now.plus(lifetime).getEpochSecond(), port);
  }

  /** Opens a session with a host, and closes its oldest where it has too many. */
  public synchronized void open(
      String host, KeyId hostKey, SessionTerms terms, byte[] key, byte[] pathKey) {
    sender.open(terms.id(), terms.ssid(), key, pathKey, terms.expiry());
    all.put(terms.id(), new Hosted(terms, host, hostKey));
    Deque<SessionId> own = ofHost.computeIfAbsent(hostKey, none -> new ArrayDeque<>(1));
    own.addLast(terms.id());
    while (own.size() > MOST_OF_ONE) {
      SessionId oldest = own.removeFirst();
      all.remove(oldest);
      sender.close(oldest);
    }
  }

  /** The session with an id, or null. */
  public synchronized @Nullable Hosted find(SessionId id) {
    return all.get(id);
  }

  /** Forgets what the sender has closed; returns what is open. */
  public synchronized List<Hosted> open() {
    all.keySet().removeIf(id -> !sender.isOpen(id));
    ofHost.values().forEach(own -> own.removeIf(id -> !all.containsKey(id)));
    ofHost.values().removeIf(Deque::isEmpty);
    return new ArrayList<>(all.values());
  }
}
