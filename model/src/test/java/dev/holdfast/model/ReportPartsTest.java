package dev.holdfast.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parts of a report refuse: a number that is none would change the type of its JSON. */
final class ReportPartsTest {
  private static final Landmark TOKYO = Landmark.of("tokyo", 35.68, 139.69);
  private static final Distance LIMIT = Distance.ofKilometres(150);
  private static final List<LandmarkId> PAIR =
      List.of(new LandmarkId("osaka"), new LandmarkId("tokyo"));

  @Test
  void a_landmark_without_a_stated_operator_is_its_own() {
    assertThat(TOKYO.operator()).isEqualTo(new OperatorId("tokyo"));
    assertThat(TOKYO.uncertainty()).isEqualTo(Distance.ZERO);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY})
  void the_age_of_a_bound_is_finite_and_not_negative(double age) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bound(TOKYO, LIMIT, Delay.ofMillis(1), age));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY})
  void the_gap_of_a_conflict_is_finite_and_not_negative(double gap) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Conflict(PAIR, gap, null));
  }

  @Test
  void a_conflict_needs_two_landmarks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conflict(PAIR.subList(0, 1), 1, null));
    List<LandmarkId> landmarks = new ArrayList<>(PAIR);
    Conflict conflict = new Conflict(landmarks, 1, null);
    landmarks.clear();
    assertThat(conflict.landmarks()).isEqualTo(PAIR);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY})
  void the_size_of_a_region_is_finite_and_not_negative(double size) {
    Position centre = new Position(0, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Region(false, size, centre, 1, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Region(false, 1, centre, size, List.of()));
  }

  @Test
  void a_window_counts_no_fewer_than_no_measurements() {
    Duration length = Duration.ofMinutes(10);
    assertThatIllegalArgumentException().isThrownBy(() -> new Window(length, null, -1, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Window(length, null, 0, -1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Window(length, null, 0, 0, -1));
  }

  @Test
  void a_report_tolerates_no_fewer_than_no_faults() {
    assertThatIllegalArgumentException().isThrownBy(() -> Reports.tolerating(-1));
    assertThat(Reports.tolerating(0).toleratedFaults()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void advice_is_given_in_finite_numbers(double number) {
    Position centre = new Position(0, 0);
    Reason basis = Reason.of("advice.calibrated", "40");
    assertThatIllegalArgumentException().isThrownBy(() -> new Advice(centre, number, null, basis));
    assertThatIllegalArgumentException().isThrownBy(() -> new Advice(centre, 1.0, number, basis));
  }
}
