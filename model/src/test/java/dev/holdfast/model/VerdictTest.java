package dev.holdfast.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.model.Verdict.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class VerdictTest {
  private static final Standing STANDING = Reports.tolerating(0).standing();
  private static final Claim CLAIM = new Claim.Inside("MY");
  private static final Reason REASON = Reason.of("reason.no-land");
  private static final List<OperatorId> COALITION = List.of(new OperatorId("tokyo"));

  @Test
  void an_unproven_verdict_has_no_coalition() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Verdict(
                STANDING, CLAIM, Value.UNPROVEN, Support.OPEN, REASON, List.of(), COALITION))
        .withMessageContaining("coalition");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNPROVEN")
  void a_slower_speed_says_nothing_of_what_is_decided(Value value) {
    for (Support support : Support.values()) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new Verdict(STANDING, CLAIM, value, support, REASON, List.of(), COALITION));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_slower_speed_may_support_or_contradict_what_is_open(Support support) {
    Verdict verdict =
        new Verdict(STANDING, CLAIM, Value.UNPROVEN, support, REASON, List.of(), List.of());
    assertThat(verdict.atSlowerSpeed()).isEqualTo(support);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNPROVEN")
  void a_decided_verdict_names_who_could_have_falsified_it(Value value) {
    List<OperatorId> coalition = new ArrayList<>(COALITION);
    Verdict verdict = new Verdict(STANDING, CLAIM, value, null, REASON, List.of(), coalition);
    coalition.clear();
    assertThat(verdict.coalition()).containsExactly(new OperatorId("tokyo"));
  }

  @Test
  void a_report_refuses_a_verdict_that_stands_on_something_else() {
    LocationReport report = Reports.tolerating(0);
    List<Verdict> others = Reports.tolerating(1).verdicts();
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new LocationReport(
                report.target(),
                report.standing(),
                report.region(),
                report.bounds(),
                report.binding(),
                report.conflicts(),
                others,
                report.advice()))
        .withMessageContaining("stands on something else");
  }
}
