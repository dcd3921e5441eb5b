package dev.holdfast.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The time of a stage, in periods of two hours, and what is to happen later. */
final class StageTime {
  static final Duration PERIOD = Duration.ofHours(2);
  static final int PERIODS_A_DAY = 12;

  private final NavigableMap<Integer, List<Runnable>> later = new TreeMap<>();
  private int period;

  int period() {
    return period;
  }

  Instant now() {
    return Stage.START.plus(PERIOD.multipliedBy(period));
  }

  void next() {
    period++;
  }

  /** The period in which something that begins now and lasts so many hours is over. */
  int until(double hours) {
    return period + (int) Math.ceil(hours / PERIOD.toHours());
  }

  /** Has something happen so many hours from now. */
  void after(double hours, Runnable what) {
    later.computeIfAbsent(until(hours), none -> new ArrayList<>()).add(what);
  }

  /** Has all happen that is due. */
  void pass() {
    NavigableMap<Integer, List<Runnable>> due = later.headMap(period, true);
    List<Runnable> now = new ArrayList<>();
    due.values().forEach(now::addAll);
    due.clear();
    now.forEach(Runnable::run);
  }

  /** Whether something that happens so often a year happens in this period. */
  static boolean happens(SplittableRandom random, double aYear) {
    return random.nextDouble() < aYear / (365 * PERIODS_A_DAY);
  }
}
