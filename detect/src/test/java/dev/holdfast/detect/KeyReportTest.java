package dev.holdfast.detect;

import static dev.holdfast.detect.Rounds.ATLAS;
import static dev.holdfast.detect.Rounds.HOST;
import static dev.holdfast.detect.Rounds.NEAR;
import static dev.holdfast.detect.Rounds.NEAR_TOO;
import static dev.holdfast.detect.Rounds.SETTINGS;
import static dev.holdfast.detect.Rounds.declared;
import static dev.holdfast.detect.Rounds.landmark;
import static dev.holdfast.detect.Rounds.minute;
import static dev.holdfast.detect.Rounds.round;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.model.Basis;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Ground;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Subject;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.model.TargetId;
import dev.holdfast.model.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What rounds of one key tell, of whom, and how firmly. */
final class KeyReportTest {
  private static LocationReport report(Subject.Kind kind, String id, List<Bounded> rounds) {
    return KeyReport.of(ATLAS, SETTINGS, kind, id, HOST, rounds, declared("JP").claims());
  }

  private static Bounded checked(@Nullable Instant revocationsAt, boolean simulated) {
    return new Bounded(
        HOST, "k1", Binding.TPM, NEAR, Delay.ofMillis(1), minute(0), simulated, revocationsAt);
  }

  private static Ground ground(Bounded... rounds) {
    return KeyReport.ground(Subject.Kind.KEY, "k1", List.of(rounds));
  }

  @Test
  void the_order_of_the_rounds_does_not_matter() {
    List<Bounded> rounds = List.of(round(NEAR, 1, 0), round(NEAR_TOO, 1, 1), round(NEAR, 2, 2));
    LocationReport report = report(Subject.Kind.KEY, "k1", rounds);
    assertThat(report.verdicts()).extracting(Verdict::value).contains(Verdict.Value.PROVED);
    assertThat(report(Subject.Kind.KEY, "k1", rounds.reversed())).isEqualTo(report);
  }

  @Test
  void the_same_rounds_never_prove_where_a_chip_is() {
    List<Bounded> rounds = List.of(round(NEAR, 1, 0), round(NEAR_TOO, 1, 1));
    LocationReport chip = report(Subject.Kind.CHIP, "chip-1", rounds);
    assertThat(chip.subject()).isEqualTo(new Subject(Subject.Kind.CHIP, "chip-1", null));
    assertThat(chip.verdicts())
        .hasSize(2)
        .extracting(Verdict::value)
        .containsOnly(Verdict.Value.UNPROVEN);
  }

  @Test
  void a_key_that_was_ever_in_a_file_is_bound_by_a_file() {
    Ground ground =
        ground(
            round("k1", Binding.TPM, NEAR, 1, 0),
            round("k1", Binding.FILE, NEAR, 1, 1),
            round("k1", Binding.CHIP_EVIDENCE, NEAR, 1, 2));
    assertThat(ground.subject()).isEqualTo(new Subject(Subject.Kind.KEY, "k1", Binding.FILE));
    assertThat(ground.basis()).isEqualTo(Basis.SIGNED_ROUNDS);
  }

  @Test
  void without_a_round_it_is_not_known_which_key_the_host_has() {
    assertThat(KeyReport.ground(Subject.Kind.KEY, "rack-7", List.of()).subject())
        .isEqualTo(new Subject(Subject.Kind.HOST, "rack-7", null));
    assertThat(report(Subject.Kind.KEY, "rack-7", List.of()).bounds()).isEmpty();
  }

  @Test
  void revocation_is_as_old_as_the_oldest_list_and_unchecked_where_one_was_missing() {
    assertThat(ground(checked(minute(5), false), checked(minute(-60), false)).assumptions())
        .containsExactly(Reason.of("assumption.revocation-checked", "2026-11-01 11:00:00 UTC"));
    assertThat(ground(checked(minute(5), false), checked(null, false)).assumptions())
        .containsExactly(Reason.of("assumption.revocation-unchecked"));
  }

  @Test
  void one_simulated_round_makes_the_report_simulated() {
    assertThat(ground(checked(null, false), checked(null, false)).simulated()).isFalse();
    assertThat(ground(checked(null, false), checked(null, true)).simulated()).isTrue();
  }

  @Test
  void a_landmark_that_stood_at_two_places_is_two() {
    LocationReport report =
        report(
            Subject.Kind.KEY,
            "k1",
            List.of(round(NEAR, 1, 0), round(landmark("osaka", "north", 35.0, 135.0), 2, 1)));
    assertThat(report.bounds())
        .extracting(bound -> bound.landmark().id().value())
        .containsExactlyInAnyOrder("osaka", "osaka (2)");
  }

  @Test
  void rounds_of_several_hosts_or_keys_are_not_mixed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            report(
                Subject.Kind.KEY,
                "k1",
                List.of(round(NEAR, 1, 0), round("k2", Binding.TPM, NEAR, 1, 1))));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            KeyReport.of(
                ATLAS,
                SETTINGS,
                Subject.Kind.KEY,
                "k1",
                new TargetId("rack-8"),
                List.of(round(NEAR, 1, 0)),
                List.of()));
  }
}
