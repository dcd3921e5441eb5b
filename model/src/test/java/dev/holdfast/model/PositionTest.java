package dev.holdfast.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PositionTest {
  @ParameterizedTest
  @ValueSource(
      doubles = {
        90.0000001,
        -91,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE
      })
  void a_latitude_beyond_the_poles_is_refused(double latitude) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Position(latitude, 0))
        .withMessageContaining("latitude");
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        180.0000001,
        -181,
        360,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void a_longitude_beyond_the_antimeridian_is_refused(double longitude) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Position(0, longitude))
        .withMessageContaining("longitude");
  }

  @Test
  void poles_and_antimeridian_are_places() {
    assertThat(new Position(90, 180).latitude()).isEqualTo(90);
    assertThat(new Position(-90, -180).longitude()).isEqualTo(-180);
  }
}
