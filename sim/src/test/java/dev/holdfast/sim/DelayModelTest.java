package dev.holdfast.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Position;
import dev.holdfast.sim.DelayModel.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;
import org.junit.jupiter.api.Test;

final class DelayModelTest {
  private final SplittableRandom random = new SplittableRandom(20261101);
  private final DelayModel delays = new DelayModel(1);

  private Position somewhere() {
    return new Position(random.nextDouble(-60, 60), random.nextDouble(-180, 180));
  }

  private Way way(double nearest, double farthest) {
    Position from = somewhere();
    GeodesicData there =
        Geodesic.WGS84.Direct(
            from.latitude(),
            from.longitude(),
            random.nextDouble(360),
            random.nextDouble(nearest, farthest) * 1000);
    return delays.between(from, new Position(there.lat2, there.lon2));
  }

  /** The median over pairs of the least of 16 round trips, milliseconds. */
  private double median(double nearest, double farthest) {
    List<Double> least = new ArrayList<>();
    for (int i = 0; i < Counts.of(400); i++) {
      least.add(least(way(nearest, farthest), random));
    }
    return least.stream().sorted().toList().get(least.size() / 2);
  }

  private static double least(Way way, RandomGenerator random) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 16; i++) {
      least = Math.min(least, way.roundTrip(random));
    }
    return least / 1e6;
  }

  @Test
  void nothing_is_faster_than_light_in_vacuum() {
    for (int i = 0; i < Counts.of(2000); i++) {
      Way way = delays.between(somewhere(), somewhere());
      assertThat(way.fastestNanoseconds())
          .isGreaterThanOrEqualTo((long) (2 * way.kilometres() / 299.792458 * 1e6));
      assertThat(way.roundTrip(random)).isGreaterThanOrEqualTo(way.fastestNanoseconds());
    }
  }

  @Test
  void the_way_back_is_the_way_there_and_is_drawn_once() {
    Position one = somewhere();
    Position other = somewhere();
    assertThat(delays.between(one, other))
        .isEqualTo(delays.between(other, one))
        .isEqualTo(new DelayModel(1).between(one, other))
        .isNotEqualTo(new DelayModel(2).between(one, other));
  }

  @Test
  void medians_come_near_those_that_were_measured_between_anchors() {
    assertThat(median(1, 25)).isBetween(1.2, 2.0);
    assertThat(median(25, 100)).isBetween(2.5, 5.0);
    assertThat(median(100, 300)).isBetween(7.0, 10.0);
    assertThat(2 * 2000 / median(1900, 2100)).isBetween(70.0, 95.0);
  }
}
