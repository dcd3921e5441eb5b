package dev.holdfast.probe.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.Round;
import dev.holdfast.probe.RoundSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Garbage as fast as one core sends it, to both ends of a session at once, on loopback. */
final class GarbageFloodTest {
  private static final boolean THOROUGH =
      "thorough".equals(System.getProperty("holdfast.counts", "gate"));
  private static final Duration LONG = THOROUGH ? Duration.ofMinutes(10) : Duration.ofSeconds(3);
  private static final RoundSettings ROUND =
      new RoundSettings(32, Duration.ofMillis(5), Duration.ofMillis(500));
  private static final long GROWTH = 8 << 20;

  @Test
  void a_flood_of_garbage_stops_no_round_and_grows_nothing() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong sent = new AtomicLong();
    int rounds = 0;
    int bounding = 0;
    try (Loopback loopback =
            new Loopback(
                    Loopback.landmarkSocket(), Loopback.hostSocket(), ReflectorSettings.defaults())
                .withSession();
        UdpSocket stranger = Loopback.hostSocket()) {
      assertThat(loopback.measure(ROUND).accepted()).isGreaterThanOrEqualTo(Round.FEWEST_ANSWERS);
      Thread flood =
          Thread.ofPlatform()
              .daemon()
              .start(() -> flood(stranger, loopback.host(), loopback.landmark(), over, sent));
      assertThat(loopback.measure(ROUND).exchanges()).isNotEmpty();
      long before = used();
      long end = System.nanoTime() + LONG.toNanos();
      while (System.nanoTime() < end) {
        rounds++;
        bounding += loopback.measure(ROUND).accepted() >= Round.FEWEST_ANSWERS ? 1 : 0;
      }
      long after = used();
      over.set(true);
      flood.join();
      System.out.printf(
          "flood: %,d packets of garbage in %s, %d of %d rounds bound, heap %,d KiB before and %,d"
              + " after%n",
          sent.get(), LONG, bounding, rounds, before >> 10, after >> 10);
      assertThat(bounding).isPositive();
      assertThat(after - before).isLessThan(GROWTH);
      assertThat(loopback.reflector.isRunning()).isTrue();
      assertThat(loopback.reflector.counts().received()).isPositive();
      assertThat(loopback.measure(ROUND).accepted()).isGreaterThanOrEqualTo(Round.FEWEST_ANSWERS);
    }
  }

  private static void flood(
      UdpSocket stranger,
      PeerAddress host,
      PeerAddress landmark,
      AtomicBoolean over,
      AtomicLong sent) {
    SplittableRandom random = new SplittableRandom(12);
    byte[] octets = new byte[1 << 16];
    random.nextBytes(octets);
    while (!over.get()) {
      int from = random.nextInt(octets.length - 400);
      var _ = stranger.send(octets, from, random.nextInt(400), host);
      var _ = stranger.send(octets, from, 152, landmark);
      sent.addAndGet(2);
    }
  }

  /** What is in use once everything that is not has been taken away. */
  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
