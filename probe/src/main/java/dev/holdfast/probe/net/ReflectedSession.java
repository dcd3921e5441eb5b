package dev.holdfast.probe.net;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.ReflectorSession;
import org.jspecify.annotations.Nullable;

/**
 * A session in the table of a reflector: with whom, how it keeps its path open, and how much it may
 * still answer. Belongs to the thread of the reflector.
 */
final class ReflectedSession {
  private static final long SECOND = 1_000_000_000L;
  private static final long PATH_EVERY = 10 * SECOND;
  private static final long SILENCE = 3 * SECOND;

  final ReflectorSession session;
  final PeerAddress landmark;
  private final @Nullable SessionPath path;
  private @Nullable TokenBucket limit;
  private long heard;
  private long pathSent;
  private boolean begun;

  ReflectedSession(ReflectorSession session, PeerAddress landmark, @Nullable SessionPath path) {
    this.session = session;
    this.landmark = landmark;
    this.path = path;
  }

  boolean is(int ssid, long upper, long lower, int port) {
    return session.ssid() == ssid
        && landmark.port() == port
        && landmark.lower() == lower
        && landmark.upper() == upper;
  }

  /** Notes a challenge with a good HMAC; whether it may be answered. */
  boolean take(int perSecond, long now) {
    heard = now;
    if (limit == null) {
      limit = new TokenBucket(perSecond, now);
    }
    return limit.take(now);
  }

  /** When the next path datagram should go; {@link Long#MAX_VALUE} where there is no path. */
  long pathDue(long now) {
    if (path == null) {
      return Long.MAX_VALUE;
    }
    if (!begun) {
      return now;
    }
    return pathSent + (now - Math.max(heard, pathSent) >= SILENCE ? SILENCE : PATH_EVERY);
  }

  /** The next path datagram, sent now. */
  byte @Nullable [] nextPath(long now) {
    if (path == null) {
      return null;
    }
    if (!begun) {
      heard = now;
    }
    begun = true;
    pathSent = now;
    return path.next();
  }
}
