package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import dev.holdfast.probe.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When each session is measured next: at once when it is new, then again and again, never quite at
 * the same distance, so that nobody knows when. Not for two threads at once.
 *
 * <p>A queue by that time: what a look costs grows with what is due, and hardly with how many
 * sessions there are. A session stands in it once, from {@link #add} to {@link #remove}, but for
 * the moment between {@link #take} and what is decided of it.
 */
public final class RoundSchedule {
  /** Milliseconds to the second look at a session that was not ready at the first. */
  static final long FIRST_WAIT = 100;

  private final long every;
  private final RandomGenerator random;
  private final TreeSet<Turn> queue =
      new TreeSet<>(Comparator.comparingLong(Turn::due).thenComparingLong(Turn::number));
  private final Map<SessionId, Turn> turns = new HashMap<>();
  private long numbered;
  private long looks;

  /**
   * Nothing is due yet.
   *
   * @param every from one round to the next, on average
   * @param random draws how far each is from that
   */
  public RoundSchedule(Duration every, RandomGenerator random) {
    this.every = every.toMillis();
    this.random = requireNonNull(random, "random");
  }

  /**
   * A session whose time has come.
   *
   * @param waited how long it was made to wait since it was not ready, in milliseconds; else 0
   */
  record Turn(SessionId session, long due, long number, long waited) {}

  /** Takes in a session, which is due at once. */
  void add(SessionId session) {
    put(session, Long.MIN_VALUE, 0);
  }

  private void put(SessionId session, long due, long waited) {
    remove(session);
    Turn turn = new Turn(session, due, numbered++, waited);
    queue.add(turn);
    turns.put(session, turn);
  }

  /** Forgets a session. */
  void remove(SessionId session) {
    Turn turn = turns.remove(session);
    if (turn != null) {
      queue.remove(turn);
    }
  }

  /**
   * Takes out what has been due the longest, or null where nothing is due. It is forgotten, unless
   * it is put back by {@link #again} or {@link #later}.
   */
  @Nullable Turn take(Instant now) {
    if (queue.isEmpty() || queue.first().due() > now.toEpochMilli()) {
      return null;
    }
    looks++;
    Turn turn = queue.removeFirst();
    turns.remove(turn.session());
    return turn;
  }

  /**
   * Puts back a session that is measured now.
   *
   * @param end of the session, at which it is due in any case
   */
  void again(Turn turn, Instant now, Instant end) {
    long distance = (long) (every * (0.75 + 0.5 * random.nextDouble()));
    put(turn.session(), Math.min(now.toEpochMilli() + distance, end.toEpochMilli()), 0);
  }

  /**
   * Puts back a session that is not ready: it is looked at again soon, then more and more rarely.
   *
   * @param end of the session, at which it is due in any case
   */
  void later(Turn turn, Instant now, Instant end) {
    long wait = turn.waited() == 0 ? FIRST_WAIT : Math.min(2 * turn.waited(), every);
    put(turn.session(), Math.min(now.toEpochMilli() + wait, end.toEpochMilli()), wait);
  }

  /** How many sessions there are. */
  int size() {
    return turns.size();
  }

  /** How often a session was looked at, over all. */
  long looks() {
    return looks;
  }
}
