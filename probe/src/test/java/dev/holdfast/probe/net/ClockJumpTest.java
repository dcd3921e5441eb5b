package dev.holdfast.probe.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.probe.Challenge;
import dev.holdfast.probe.Exchange;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.StampKind;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** What is measured is never shorter than the truth, whatever happens to the realtime clock. */
final class ClockJumpTest {
  private static final boolean THOROUGH =
      "thorough".equals(System.getProperty("holdfast.counts", "gate"));
  private static final int WORLDS = THOROUGH ? 2_000 : 100;
  private static final long SECOND = 1_000_000_000L;
  private static final RoundSettings SETTINGS =
      new RoundSettings(40, Duration.ofMillis(30), Duration.ofSeconds(1));

  private static RoundMeasurement measure(SimulatedWire wire, long seed) throws Exception {
    SenderSessions sessions = new SenderSessions(new SplittableRandom(seed));
    sessions.open(Loopback.SESSION, Loopback.SSID, Loopback.KEY, Loopback.PATH_KEY, Loopback.NEVER);
    try (SessionSender sender =
        new SessionSender(
            wire, sessions, new SplittableRandom(seed + 1), new SplittableRandom(seed + 2))) {
      sender.start();
      Loopback.await(() -> sessions.path(Loopback.SESSION).isPresent());
      return sender.measure(Loopback.SESSION, SETTINGS).get(60, TimeUnit.SECONDS);
    }
  }

  private static void assertNeverShorter(long seed, LongUnaryOperator offset) throws Exception {
    SimulatedWire wire = new SimulatedWire(seed, offset);
    RoundMeasurement round = measure(wire, seed);
    assertThat(round.accepted()).as("seed %d", seed).isEqualTo(SETTINGS.challenges());
    for (Exchange each : round.exchanges()) {
      long truth = wire.truth(Challenge.sequenceOf(each.challenge(), 0));
      assertThat(each.roundTripNanoseconds()).as("seed %d", seed).isGreaterThanOrEqualTo(truth);
    }
  }

  @Test
  void a_clock_that_nobody_touches_measures_within_a_microsecond() throws Exception {
    SimulatedWire wire = new SimulatedWire(1, raw -> 0);
    RoundMeasurement round = measure(wire, 1);
    assertThat(round.transmit()).isEqualTo(StampKind.KERNEL);
    assertThat(round.exchanges())
        .filteredOn(each ->
            each.roundTripNanoseconds() - wire.truth(Challenge.sequenceOf(each.challenge(), 0))
                < 1_000)
        .hasSizeGreaterThan(SETTINGS.challenges() / 2);
  }

  @Test
  void steps_forward_and_backward_shorten_nothing() throws Exception {
    for (int seed = 0; seed < WORLDS; seed++) {
      assertNeverShorter(seed, steps(seed, 0));
    }
  }

  @Test
  void slewing_shortens_nothing() throws Exception {
    for (int seed = 0; seed < WORLDS; seed++) {
      // From the slew of a clock daemon to the fastest that the kernel has, a tenth.
      long ppm = new SplittableRandom(seed).nextLong(-100_000, 100_000) / (seed % 3 == 0 ? 1 : 200);
      assertNeverShorter(seed, raw -> raw / 1_000_000 * ppm + raw % 1_000_000 * ppm / 1_000_000);
    }
  }

  @Test
  void great_steps_of_a_clock_that_is_slewed_shorten_nothing() throws Exception {
    for (int seed = 0; seed < WORLDS; seed++) {
      long ppm = new SplittableRandom(seed).nextLong(-500, 500);
      LongUnaryOperator steps = steps(seed, 1_000_000);
      assertNeverShorter(seed, raw -> raw / 1_000_000 * ppm + steps.applyAsLong(raw));
    }
  }

  /** A step each second at most, from the least size to a minute, up or down. */
  private static LongUnaryOperator steps(long seed, long least) {
    long[] jumps = new long[64];
    long[] at = new long[jumps.length];
    SplittableRandom random = new SplittableRandom(seed ^ 0x5EED);
    for (int i = 0; i < jumps.length; i++) {
      long size = least + (long) Math.pow(10, random.nextDouble(2, 10.8));
      jumps[i] = random.nextBoolean() ? size : -size;
      at[i] = i * SECOND + random.nextLong(SECOND / 2);
    }
    return raw -> {
      long sum = 0;
      for (int i = 0; i < jumps.length && at[i] <= raw; i++) {
        sum += jumps[i];
      }
      return sum;
    };
  }

  @Test
  void a_step_and_its_undoing_are_seen_by_a_reading_in_between() {
    ClockWatch watch = new ClockWatch();
    ClockReading reading = new ClockReading();
    reading.set(1_000, 501_020, 1_040);
    assertThat(watch.see(reading)).isZero();
    reading.set(11_000, 491_020, 11_040);
    assertThat(watch.see(reading)).isEqualTo(1);
    reading.set(21_000, 521_020, 21_040);
    assertThat(watch.see(reading)).isEqualTo(2);
    reading.set(31_000, 531_020, 31_040);
    assertThat(watch.see(reading)).isEqualTo(2);
  }
}
