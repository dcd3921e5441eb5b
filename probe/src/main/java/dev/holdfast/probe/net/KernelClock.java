package dev.holdfast.probe.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code CLOCK_REALTIME}, which the kernel stamps packets with, and {@code CLOCK_MONOTONIC_RAW},
 * which nothing adjusts. Belongs to one thread.
 */
final class KernelClock implements StampClock {
  private static final int REALTIME = 0;
  private static final int MONOTONIC_RAW = 4;
  private static final long SECOND = 1_000_000_000L;

  /** A reading that took longer was torn by something else running; it is tried again. */
  private static final long TORN = 2_000;

  private static final int TRIES = 4;
  private static final int WARM_UP = 1_000;

  private final MemorySegment time = Arena.ofAuto().allocate(16, 8);
  private final long address = time.address();

  KernelClock() {
    // The first readings are slow, and would look like somebody setting the clock.
    ClockReading warm = new ClockReading();
    for (int i = 0; i < WARM_UP; i++) {
      read(warm);
    }
  }

  @Override
  public void read(ClockReading into) {
    for (int i = 0; i < TRIES; i++) {
      long before = raw();
      long realtime = realtime();
      long after = raw();
      if (i == 0 || after - before < into.rawAfter - into.rawBefore) {
        into.set(before, realtime, after);
      }
      if (after - before < TORN) {
        return;
      }
    }
  }

  @Override
  public long raw() {
    return get(MONOTONIC_RAW);
  }

  @Override
  public long realtime() {
    return get(REALTIME);
  }

  private long get(int clock) {
    Linux.clockGettime(clock, address);
    return time.get(ValueLayout.JAVA_LONG, 0) * SECOND + time.get(ValueLayout.JAVA_LONG, 8);
  }
}
