package dev.holdfast.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.locate.Geodesics;
import dev.holdfast.model.Position;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PlaceMathTest {
  @Test
  void the_sphere_settles_a_question_only_as_the_ellipsoid_would() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      Position one = anywhere(random);
      Position other =
          i % 2 == 0
              ? anywhere(random)
              : new Position(
                  Math.clamp(one.latitude() + random.nextDouble(-0.5, 0.5), -90, 90),
                  Math.clamp(one.longitude() + random.nextDouble(-0.5, 0.5), -180, 180));
      double apart = Geodesics.kilometres(one, other);
      for (double share : new double[] {0, 0.5, 0.99, 0.995, 0.9999, 1.0001, 1.005, 1.01, 2}) {
        assertThat(PlaceMath.isFarther(one, other, apart * share))
            .as("%s %s %s", one, other, share)
            .isEqualTo(share < 1 && apart > 0);
      }
    }
  }

  @Test
  void it_holds_at_poles_and_across_the_date_line() {
    Position pole = new Position(90, 0);
    assertThat(PlaceMath.isFarther(pole, new Position(90, 180), 0.001)).isFalse();
    assertThat(PlaceMath.isFarther(new Position(0, 180), new Position(0, -180), 0.001)).isFalse();
    // Along the equator, where the way over the pole is shorter.
    Position here = new Position(0, 0);
    Position there = new Position(0, 180);
    assertThat(PlaceMath.isFarther(here, there, 20_003)).isTrue();
    assertThat(PlaceMath.isFarther(here, there, 20_004)).isFalse();
  }

  private static Position anywhere(SplittableRandom random) {
    return new Position(random.nextDouble(-90, 90), random.nextDouble(-180, 180));
  }
}
