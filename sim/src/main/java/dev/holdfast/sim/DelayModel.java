package dev.holdfast.sim;

import dev.holdfast.locate.Geodesics;
import dev.holdfast.model.Position;
import dev.holdfast.model.Speed;
import java.util.random.RandomGenerator;

/**
 * How long packets take between two places of the simulated world.
 *
 * <p>A round trip is a floor that belongs to the two places, drawn once, and what queues add to
 * each packet. All numbers are milliseconds there and back, d is the geodesic on WGS84 in
 * kilometres:
 *
 * <ul>
 *   <li>fibre: {@code 2 d s / 200}, light at 200 km/ms (a group index near 1.468) along a way that
 *       is s times the straight one, s = 1.05 + lognormal(1.15, 0.35): the best long paths are seen
 *       at 183 km/ms, which is 1.09, and the slope of the medians below is near 2.2;
 *   <li>exchanges: {@code 4.2 (1 - exp(-d/100))} times lognormal(1, 0.3): networks meet where they
 *       meet, so that ways of some hundred kilometres are far from straight;
 *   <li>last miles: lognormal(0.4, 0.3) for each of the two ends, as in data centres;
 *   <li>queues: exponential with a mean of 0.2 for each packet, and of 8 more for 3 of 100 packets.
 *       5 of 1,000 packets are lost.
 * </ul>
 *
 * <p>With them medians of the least round trip come near those that were measured on the mesh of
 * RIPE Atlas anchors in Europe, 2024: 1.4 to 1.7 ms within 25 km, 2.5 to 5 ms at 25 to 100 km, 8 to
 * 10 ms at 100 to 300 km, and 2d/RTT of 39, 64 and 80 km/ms at 50 to 250, 250 to 1,000 and 1,000 to
 * 3,000 km. (lognormal(m, s) has the median m and the standard deviation s of its logarithm.)
 * Nothing is ever faster than light in vacuum.
 */
public final class DelayModel {
  private static final double STRAIGHTEST = 1.05;
  private static final double LOSS = 0.005;
  private static final double NANOSECONDS = 1e6;

  private final Chance chance;

  /** The delays of a world. */
  public DelayModel(long seed) {
    chance = new Chance(seed);
  }

  /**
   * The way between two places.
   *
   * @param kilometres along the surface
   * @param fastestNanoseconds what light in vacuum takes there and back, rounded up
   * @param leastNanoseconds what a packet takes that meets no queue
   */
  public record Way(double kilometres, long fastestNanoseconds, long leastNanoseconds) {
    /** Nanoseconds that one packet takes there and back. */
    public long roundTrip(RandomGenerator random) {
      double queue = exponential(random, 0.2);
      if (random.nextDouble() < 0.03) {
        queue += exponential(random, 8);
      }
      return leastNanoseconds + (long) (queue * NANOSECONDS);
    }

    /** Whether one packet is lost. */
    public boolean loses(RandomGenerator random) {
      return random.nextDouble() < LOSS;
    }

    private static double exponential(RandomGenerator random, double mean) {
      return mean * random.nextExponential();
    }
  }

  /** The way between two places, the same whichever is first and whenever it is asked for. */
  public Way between(Position one, Position other) {
    boolean inOrder = text(one).compareTo(text(other)) <= 0;
    String first = text(inOrder ? one : other);
    String second = text(inOrder ? other : one);
    double d = Geodesics.kilometres(one, other);
    RandomGenerator random = chance.of("way", first, second);
    double stretch = STRAIGHTEST + Chance.lognormal(random, 1.15, 0.35);
    double exchanges = 4.2 * -Math.expm1(-d / 100) * Chance.lognormal(random, 1, 0.3);
    double least =
        2 * d * stretch / Speed.IN_FIBRE.kilometresPerMillisecond()
            + exchanges
            + lastMile(first)
            + lastMile(second);
    long fastest =
        (long) Math.ceil(2 * d / Speed.OF_LIGHT.kilometresPerMillisecond() * NANOSECONDS);
    return new Way(d, fastest, Math.max(fastest, (long) Math.ceil(least * NANOSECONDS)));
  }

  private double lastMile(String place) {
    return Chance.lognormal(chance.of("last mile", place), 0.4, 0.3);
  }

  private static String text(Position place) {
    return place.latitude() + " " + place.longitude();
  }
}
