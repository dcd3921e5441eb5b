package dev.holdfast.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitsTest {
  @ParameterizedTest
  @ValueSource(
      doubles = {
        -1,
        -Double.MIN_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void a_delay_or_distance_is_finite_and_not_negative(double value) {
    assertThatIllegalArgumentException().isThrownBy(() -> Delay.ofMillis(value));
    assertThatIllegalArgumentException().isThrownBy(() -> Distance.ofKilometres(value));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -200,
        299.7924580001,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void a_speed_is_above_zero_and_at_most_that_of_light(double value) {
    assertThatIllegalArgumentException().isThrownBy(() -> Speed.ofKilometresPerMillisecond(value));
  }

  @Test
  void light_goes_exactly_as_fast_as_the_metre_says() {
    assertThat(Speed.OF_LIGHT).isEqualTo(Speed.ofKilometresPerMillisecond(299.792458));
    assertThat(Speed.IN_FIBRE.kilometresPerMillisecond()).isEqualTo(200);
  }

  @Test
  void units_compare_by_size() {
    assertThat(Delay.ofMillis(1)).isLessThan(Delay.ofMillis(1.5));
    assertThat(Distance.ZERO).isLessThan(Distance.ofKilometres(1e-9));
    assertThat(Distance.ofKilometres(0)).isEqualTo(Distance.ZERO);
  }
}
