package dev.holdfast.edge;

import dev.holdfast.probe.SessionId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * When each session is measured next: at once when it is new, then again and again, never quite at
 * the same distance, so that nobody knows when. For one thread.
 */
public final class RoundSchedule {
  private final long every;
  private final RandomGenerator random;
  private final Map<SessionId, Long> due = new HashMap<>();

  /**
   * Nothing is due yet.
   *
   * @param every from one round to the next, on average
   */
  public RoundSchedule(Duration every, RandomGenerator random) {
    this.every = every.toMillis();
    this.random = random;
  }

  /** Whether a session is due, in milliseconds of a clock; then it is so again later. */
  public boolean take(SessionId session, long now) {
    if (due.getOrDefault(session, now) > now) {
      return false;
    }
    due.put(session, now + (long) (every * (0.75 + 0.5 * random.nextDouble())));
    return true;
  }

  /** Forgets other sessions. */
  public void keepOnly(Collection<SessionId> sessions) {
    due.keySet().retainAll(new HashSet<>(sessions));
  }
}
