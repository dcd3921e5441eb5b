package dev.holdfast.probe.net;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.PathDatagram;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.StampMac;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that a landmark has open on one UDP port: keys, paths and what was numbered. For any
 * number of threads.
 *
 * <p>There are at most 65,535, since the session-sender id has 16 bits and zero is what senders
 * without one write; more sessions need more ports. Everything lies in {@link SessionColumns}, 180
 * octets a session, and no session has a MAC object of its own.
 */
public final class SenderSessions {
  private static final int IDS = 1 << 16;

  private final int[] slots = new int[IDS];
  private final Map<SessionId, Integer> ssids = new HashMap<>();
  private final SessionColumns columns = new SessionColumns();
  private final RandomGenerator random;

  /**
   * No sessions yet.
   *
   * @param random draws where the landmark's sequence numbers begin
   */
  public SenderSessions(RandomGenerator random) {
    this.random = random;
  }

  /** What a round needs of a session; the key is a copy that the round wipes. */
  record Open(SessionId id, int ssid, int slot, int generation, byte[] key, int firstSequence) {
    @Override
    public String toString() {
      return "session " + id;
    }
  }

  /** A session-sender id that no session has, drawn at random; empty where all are taken. */
  public synchronized OptionalInt freeSsid() {
    if (ssids.size() >= IDS - 1) {
      return OptionalInt.empty();
    }
    int ssid = random.nextInt(1, IDS);
    while (slots[ssid] != 0) {
      ssid = ssid == IDS - 1 ? 1 : ssid + 1;
    }
    return OptionalInt.of(ssid);
  }

  /**
   * Opens a session without a path: nothing is sent until a path datagram came.
   *
   * @param key the session key, 32 octets, copied
   * @param pathKey the path key, 32 octets, copied
   * @param expiry seconds since 1970, from which on it is closed
   * @throws CodedException TOO_MANY_SESSIONS where the id is taken
   */
  public synchronized void open(SessionId id, int ssid, byte[] key, byte[] pathKey, long expiry) {
    if (ssid < 1 || ssid >= IDS) {
      throw new IllegalArgumentException("a session-sender id is 1 to 65,535");
    }
    if (slots[ssid] != 0 || ssids.containsKey(id)) {
      throw new CodedException(
          Problem.of(ErrorCode.TOO_MANY_SESSIONS, "session-sender id " + ssid + " is taken"));
    }
    int slot = columns.add(id, ssid, key, pathKey, expiry, random.nextInt());
    slots[ssid] = slot + 1;
    ssids.put(id, ssid);
  }

  /** Opens or moves the path of a session by decree, as when its host is known to be reachable. */
  public synchronized void setPath(SessionId id, PeerAddress address) {
    Integer ssid = ssids.get(id);
    if (ssid != null) {
      columns.movePath(slots[ssid] - 1, address.upper(), address.lower(), address.port());
    }
  }

  /** Closes a session and wipes its keys; a round under way ends interrupted. */
  public synchronized void close(SessionId id) {
    Integer ssid = ssids.remove(id);
    if (ssid != null) {
      columns.remove(slots[ssid] - 1);
      slots[ssid] = 0;
    }
  }

  /** Closes those whose time is over at a moment, seconds since 1970; says which. */
  public synchronized List<SessionId> closeExpired(long now) {
    List<SessionId> over = new ArrayList<>();
    for (int ssid = 1; ssid < IDS; ssid++) {
      if (slots[ssid] != 0 && columns.expiry(slots[ssid] - 1) <= now) {
        over.add(columns.id(slots[ssid] - 1));
      }
    }
    over.forEach(this::close);
    return over;
  }

  /** How many are open. */
  public synchronized int size() {
    return ssids.size();
  }

  /** Whether a session is open, its time perhaps over. */
  public synchronized boolean isOpen(SessionId id) {
    return ssids.containsKey(id);
  }

  /** Where challenges of a session go; empty until its first path datagram came. */
  public synchronized Optional<PeerAddress> path(SessionId id) {
    Integer ssid = ssids.get(id);
    return ssid == null ? Optional.empty() : Optional.ofNullable(columns.path(slots[ssid] - 1));
  }

  /** Begins a round of so many challenges; null where the session is not open or its time over. */
  synchronized @Nullable Open begin(SessionId id, int challenges, long now) {
    Integer ssid = ssids.get(id);
    if (ssid == null || columns.expiry(slots[ssid] - 1) <= now) {
      return null;
    }
    int slot = slots[ssid] - 1;
    int first = columns.takeSequences(slot, challenges);
    return new Open(id, ssid, slot, columns.generation(slot), columns.key(slot), first);
  }

  /** Where to send the next challenge of a round; null where the session is closed or over. */
  synchronized @Nullable PeerAddress path(Open session, long now) {
    return isSame(session) && columns.expiry(session.slot()) > now
        ? columns.path(session.slot())
        : null;
  }

  /** Whether an answer's own sequence number is new in its session, and notes it. */
  synchronized boolean takeAnswer(Open session, int sequence) {
    return isSame(session) && columns.takeAnswer(session.slot(), sequence);
  }

  private boolean isSame(Open session) {
    return columns.generation(session.slot()) == session.generation();
  }

  /** Whether a challenge with that number was sent before in a session with that id. */
  synchronized boolean wasSent(int ssid, int sequence) {
    return slots[ssid] != 0 && columns.wasSent(slots[ssid] - 1, sequence);
  }

  /** Whether there is a session with that id. */
  synchronized boolean has(int ssid) {
    return slots[ssid] != 0;
  }

  /**
   * Takes a path datagram: opens or moves the path if the MAC is good and the counter greater than
   * any before.
   */
  synchronized boolean takePath(ReceivedDatagram datagram, StampMac mac) {
    int slot = slots[PathDatagram.ssidOf(datagram.octets)] - 1;
    if (slot < 0) {
      return false;
    }
    mac.rekey(columns.pathKey(slot));
    PathDatagram path = PathDatagram.read(datagram.octets, datagram.length, columns.id(slot), mac);
    if (path == null || path.counter() <= columns.counter(slot)) {
      return false;
    }
    columns.count(slot, path.counter());
    columns.movePath(slot, datagram.upper, datagram.lower, datagram.port);
    return true;
  }
}
