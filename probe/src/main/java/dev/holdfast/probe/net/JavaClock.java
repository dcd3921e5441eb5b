package dev.holdfast.probe.net;

import java.time.Instant;
import java.time.InstantSource;

/** The clocks that Java offers everywhere; for any number of threads. */
final class JavaClock implements StampClock {
  private static final long SECOND = 1_000_000_000L;

  private final InstantSource source = InstantSource.system();

  @Override
  public void read(ClockReading into) {
    long before = raw();
    long realtime = realtime();
    into.set(before, realtime, raw());
  }

  @Override
  public long raw() {
    return System.nanoTime();
  }

  @Override
  public long realtime() {
    Instant now = source.instant();
    return now.getEpochSecond() * SECOND + now.getNano();
  }
}
