package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When a story that is played may go on: simulated time, as fast as people want it, held where they
 * hold it. Who tells the story is never hurried: what took longer is not caught up with. Safe for
 * many threads.
 */
final class DemoPace {
  private final Duration simulated;
  private final Duration wall;
  private final LongSupplier nanoseconds;
  private Instant anchor;
  private long anchoredAt;
  private int speed = 1;
  private boolean paused;
  private boolean hurrying;
  private int steps;

  /**
   * A pace.
   *
   * @param from when the story begins, simulated
   * @param simulated how much time passes in it
   * @param wall how long that takes at speed 1; zero for as fast as it goes
   * @param nanoseconds a clock that only goes forward
   */
  DemoPace(Instant from, Duration simulated, Duration wall, LongSupplier nanoseconds) {
    this.anchor = requireNonNull(from, "from");
    this.simulated = requireNonNull(simulated, "simulated");
    this.wall = requireNonNull(wall, "wall");
    this.nanoseconds = requireNonNull(nanoseconds, "nanoseconds");
    if (simulated.isNegative() || simulated.isZero() || wall.isNegative()) {
      throw new IllegalArgumentException("a pace of %s in %s".formatted(simulated, wall));
    }
    anchoredAt = nanoseconds.getAsLong();
  }

  /** How long until a simulated time is reached; zero where it is, negative while it is held. */
  synchronized Duration left(Instant at) {
    if (steps > 0 || (hurrying && !paused)) {
      return Duration.ZERO;
    }
    if (paused) {
      return Duration.ofNanos(-1);
    }
    double each = (double) wall.toNanos() / simulated.toNanos() / speed;
    double whole = Duration.between(anchor, at).toNanos() * each;
    return Duration.ofNanos(Math.max(0, (long) whole - (nanoseconds.getAsLong() - anchoredAt)));
  }

  /** Waits until a simulated time is reached. */
  synchronized void await(Instant at) throws InterruptedException {
    for (Duration left = left(at); !left.isZero(); left = left(at)) {
      if (left.isNegative()) {
        wait();
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, left.toNanos());
      }
    }
    arrive(at);
  }

  /** It is reached: what follows is reckoned from now on. */
  synchronized void arrive(Instant at) {
    anchor = at;
    anchoredAt = nanoseconds.getAsLong();
    steps = Math.max(0, steps - 1);
  }

  synchronized void pause() {
    hold();
    notifyAll();
  }

  private void hold() {
    reckon();
    paused = true;
    hurrying = false;
  }

  synchronized void resume() {
    reckon();
    paused = false;
    hurrying = false;
    steps = 0;
    notifyAll();
  }

  /** Lets one time be reached at once, and holds then. */
  synchronized void step() {
    hold();
    steps++;
    notifyAll();
  }

  /** Lets all times be reached at once until somebody holds it. */
  synchronized void hurry() {
    resume();
    hurrying = true;
  }

  /** Holds it where it hurries. */
  synchronized void arrivedWhereWanted() {
    if (hurrying) {
      hold();
    }
  }

  synchronized void speed(int times) {
    if (times < 1) {
      throw new IllegalArgumentException("a speed of " + times);
    }
    reckon();
    speed = times;
    notifyAll();
  }

  synchronized int speed() {
    return speed;
  }

  synchronized boolean isPaused() {
    return paused;
  }

  /** What has passed until now passed at the speed that was. */
  private void reckon() {
    long now = nanoseconds.getAsLong();
    if (!paused && !wall.isZero()) {
      double passed = (double) (now - anchoredAt) * speed * simulated.toNanos() / wall.toNanos();
      anchor = anchor.plusNanos((long) passed);
    }
    anchoredAt = now;
  }
}
