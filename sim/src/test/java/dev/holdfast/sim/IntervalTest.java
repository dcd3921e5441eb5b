package dev.holdfast.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class IntervalTest {
  @Test
  void a_share_lies_where_wilsons_formula_puts_it() {
    Interval some = Interval.ofShare(15, 20);
    assertThat(some.low()).isCloseTo(0.5313, within(0.0005));
    assertThat(some.high()).isCloseTo(0.8881, within(0.0005));
    assertThat(Interval.ofShare(20, 20).low()).isCloseTo(0.8389, within(0.0005));
    assertThat(Interval.ofShare(20, 20).high()).isEqualTo(1);
    assertThat(Interval.ofShare(0, 20).low()).isZero();
  }

  @Test
  void rare_events_lie_where_the_table_of_garwood_puts_them() {
    assertThat(Interval.ofCount(0).low()).isZero();
    assertThat(Interval.ofCount(0).high()).isCloseTo(3.6889, within(0.0005));
    assertThat(Interval.ofCount(1).low()).isCloseTo(0.0253, within(0.0005));
    assertThat(Interval.ofCount(1).high()).isCloseTo(5.5716, within(0.0005));
    assertThat(Interval.ofCount(10).low()).isCloseTo(4.7954, within(0.0005));
    assertThat(Interval.ofCount(10).high()).isCloseTo(18.3904, within(0.0005));
    assertThat(Interval.ofCount(400).high()).isCloseTo(441.2, within(0.2));
  }

  @Test
  void what_cannot_be_counted_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Interval.ofShare(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Interval.ofShare(3, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Interval.ofCount(-1));
  }
}
