package dev.holdfast.probe.net;

import static java.util.Objects.requireNonNull;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.ReflectorSession;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a reflector, found by session-sender id and the landmark's address. Any thread
 * adds and removes; the table is copied on each change, since an agent has tens of sessions and
 * changes them every few hours.
 */
public final class ReflectorSessions {
  private volatile ReflectedSession[] all = {};
  private volatile @Nullable Runnable changed;

  /**
   * Adds a session, in place of one with the same id and landmark.
   *
   * @param landmark where its challenges come from
   * @param path keeps the path open, or null where somebody else does
   */
  public void add(ReflectorSession session, PeerAddress landmark, @Nullable SessionPath path) {
    requireNonNull(session, "session");
    requireNonNull(landmark, "landmark");
    synchronized (this) {
      all =
          Stream.concat(
                  without(session.ssid(), landmark),
                  Stream.of(new ReflectedSession(session, landmark, path)))
              .toArray(ReflectedSession[]::new);
    }
    tell();
  }

  /** Removes a session, if it is there. */
  public void remove(int ssid, PeerAddress landmark) {
    synchronized (this) {
      all = without(ssid, landmark).toArray(ReflectedSession[]::new);
    }
    tell();
  }

  private Stream<ReflectedSession> without(int ssid, PeerAddress landmark) {
    return Arrays.stream(all)
        .filter(each -> !(each.session.ssid() == ssid && each.landmark.equals(landmark)));
  }

  /** How many there are. */
  public int size() {
    return all.length;
  }

  private void tell() {
    Runnable told = changed;
    if (told != null) {
      told.run();
    }
  }

  /** Who is to be told of changes. */
  void whenChanged(Runnable told) {
    changed = told;
  }

  ReflectedSession[] all() {
    return all;
  }

  /** The session of a packet, or null. Makes no objects. */
  static @Nullable ReflectedSession find(
      ReflectedSession[] all, int ssid, ReceivedDatagram datagram) {
    for (ReflectedSession each : all) {
      if (each.is(ssid, datagram.upper, datagram.lower, datagram.port)) {
        return each;
      }
    }
    return null;
  }
}
