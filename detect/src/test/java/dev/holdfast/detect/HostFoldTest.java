package dev.holdfast.detect;

import static dev.holdfast.detect.Rounds.FAR;
import static dev.holdfast.detect.Rounds.FAR_ALSO;
import static dev.holdfast.detect.Rounds.FAR_TOO;
import static dev.holdfast.detect.Rounds.HOST;
import static dev.holdfast.detect.Rounds.NEAR;
import static dev.holdfast.detect.Rounds.NEAR_TOO;
import static dev.holdfast.detect.Rounds.declared;
import static dev.holdfast.detect.Rounds.minute;
import static dev.holdfast.detect.Rounds.round;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Subject.Binding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a host's rounds, its declaration and the passing of time make of it. */
final class HostFoldTest {
  private final HostFold fold = Rounds.fold();
  private final List<Finding> found = new ArrayList<>();
  private HostState state = HostState.unknown(HOST);
  private boolean late;
  private long index;

  /** Takes in evidence at its own time, as from a source without delay. */
  private void take(Evidence.OfPlace evidence, double minute) {
    took(fold.apply(state, evidence, index++, minute(minute)));
  }

  private void take(Bounded... rounds) {
    for (Bounded round : rounds) {
      took(fold.apply(state, round, index++, round.measuredAt()));
    }
  }

  private void pass(double minute) {
    took(fold.pass(state, minute(minute)));
  }

  private void took(HostFold.Step step) {
    state = step.state();
    late = step.late();
    found.addAll(step.findings());
  }

  @Test
  void a_host_that_nothing_is_known_of_is_silent_and_waits_for_nothing() {
    assertThat(state.place()).isEqualTo(PlaceState.SILENT);
    assertThat(fold.deadline(state)).isEmpty();
    pass(10_000);
    assertThat(found).isEmpty();
  }

  @Test
  void answers_too_fast_for_elsewhere_from_two_operators_prove_the_declared_destination() {
    take(declared("JP"), 0);
    take(round(NEAR, 1, 0));
    assertThat(state.place()).as("one operator may lie").isEqualTo(PlaceState.UNPROVEN);
    take(round(NEAR_TOO, 1, 1));
    assertThat(state.place()).isEqualTo(PlaceState.PROVED);
    assertThat(state.judgedAt()).isEqualTo(minute(1));
    assertThat(found).isEmpty();
  }

  @Test
  void answers_too_fast_for_the_declared_destination_refute_it_once() {
    take(declared("JP"), 0);
    take(round(FAR, 3, 0), round(FAR_TOO, 12, 1), round(FAR, 3, 2));
    assertThat(state.place()).isEqualTo(PlaceState.REFUTED);
    assertThat(found)
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.kind()).isEqualTo("elsewhere");
          assertThat(finding.subject()).isEqualTo("rack-7");
          assertThat(finding.at()).isEqualTo(minute(1));
        });
  }

  @Test
  void slow_answers_leave_it_unproven_and_are_no_finding() {
    take(declared("JP"), 0);
    take(round(NEAR, 150, 0), round(NEAR_TOO, 150, 1), round(FAR, 280, 2));
    assertThat(state.place()).isEqualTo(PlaceState.UNPROVEN);
    assertThat(found).isEmpty();
  }

  @Test
  void rounds_without_a_declaration_prove_nothing() {
    take(round(NEAR, 1, 0), round(NEAR_TOO, 1, 1));
    assertThat(state.place()).isEqualTo(PlaceState.UNPROVEN);
    assertThat(state.reason()).isNotNull();
    take(declared("JP"), 2);
    assertThat(state.place())
        .as("the same rounds, once it is declared")
        .isEqualTo(PlaceState.PROVED);
  }

  @Test
  void rounds_that_contradict_each_other_are_a_conflict_for_the_whole_window() {
    take(declared("JP"), 0);
    take(round(NEAR, 1, 0), round(NEAR_TOO, 1, 0.1), round(FAR, 3, 0.2), round(FAR_TOO, 12, 0.3));
    assertThat(state.place()).isEqualTo(PlaceState.CONFLICT);
    assertThat(found).extracting(Finding::kind).containsExactly("conflict");
    // Another answer, delayed until nothing contradicts it, does not turn this into a proof.
    for (double minute = 1; minute <= 10; minute++) {
      take(round(NEAR, 1, minute), round(NEAR_TOO, 1, minute), round(FAR, 280, minute));
      assertThat(state.place()).as("minute " + minute).isEqualTo(PlaceState.CONFLICT);
    }
    take(round(NEAR, 1, 10.5), round(NEAR_TOO, 1, 10.5));
    assertThat(state.place()).isEqualTo(PlaceState.PROVED);
    assertThat(found).hasSize(1);
  }

  @Test
  void evidence_older_than_the_window_is_late_and_renews_nothing() {
    take(declared("JP"), 0);
    take(round(NEAR, 1, 0), round(NEAR_TOO, 1, 0));
    HostState before = state;
    take(round(FAR, 3, 0), 10.1);
    assertThat(late).isTrue();
    assertThat(state).isEqualTo(before);
    take(round(NEAR, 1, 5), 15.1);
    assertThat(late).isTrue();
    assertThat(state.judgedAt()).as("it was heard, and does not count").isEqualTo(minute(0));
    assertThat(state.lastHeard()).isEqualTo(minute(5));
    take(round(NEAR, 1, 5.2), 15.1);
    assertThat(late).as("within the window by a moment").isFalse();
    assertThat(state.judgedAt()).isEqualTo(minute(5.2));
  }

  @Test
  void a_verdict_runs_out_with_its_window_by_time_alone() {
    take(declared("JP"), 0);
    take(round(NEAR, 1, 0), round(NEAR_TOO, 1, 0));
    assertThat(fold.deadline(state)).contains(minute(10));
    pass(9.99);
    assertThat(state.place()).isEqualTo(PlaceState.PROVED);
    pass(10);
    assertThat(state.place()).isEqualTo(PlaceState.SILENT);
    assertThat(state.judgedAt()).as("when it was last judged stays known").isEqualTo(minute(0));
    assertThat(found).isEmpty();
  }

  @Test
  void silence_is_found_once_and_again_only_after_the_host_was_heard() {
    take(declared("JP"), 0);
    take(round(NEAR, 1, 0), round(NEAR_TOO, 1, 0));
    pass(10);
    assertThat(fold.deadline(state)).contains(minute(30));
    pass(29.99);
    assertThat(found).isEmpty();
    pass(31);
    pass(60);
    assertThat(found)
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.kind()).isEqualTo("silent");
          assertThat(finding.at())
              .as("when it became so, not when it was seen")
              .isEqualTo(minute(30));
        });
    assertThat(fold.deadline(state)).isEmpty();
    take(round(NEAR, 1, 70), round(NEAR_TOO, 1, 70));
    assertThat(state.place()).isEqualTo(PlaceState.PROVED);
    pass(100);
    assertThat(found).extracting(Finding::at).containsExactly(minute(30), minute(100));
  }

  @Test
  void time_that_passes_in_one_leap_finds_what_it_would_have_found_in_steps() {
    take(round(NEAR, 1, 0));
    pass(500);
    assertThat(state.place()).isEqualTo(PlaceState.SILENT);
    assertThat(found).extracting(Finding::at).containsExactly(minute(30));
  }

  @Test
  void a_declaration_does_not_make_old_rounds_young() {
    take(round(NEAR, 1, 0), round(NEAR_TOO, 1, 0));
    pass(10);
    take(declared("JP"), 11);
    assertThat(state.place()).isEqualTo(PlaceState.SILENT);
    take(round(FAR, 3, 0), 11);
    assertThat(state.place()).isEqualTo(PlaceState.SILENT);
  }

  @Test
  void another_declaration_is_judged_by_the_rounds_at_hand() {
    take(declared("JP"), 0);
    take(round(NEAR, 1, 0), round(NEAR_TOO, 1, 0));
    take(declared("DE"), 1);
    assertThat(state.place()).isEqualTo(PlaceState.REFUTED);
    assertThat(state.judgedAt()).isEqualTo(minute(0));
    assertThat(found).extracting(Finding::kind).containsExactly("elsewhere");
  }

  @Test
  void only_the_key_that_answered_last_counts() {
    take(declared("JP"), 0);
    take(round("k1", Binding.TPM, NEAR, 1, 0), round("k1", Binding.TPM, NEAR_TOO, 1, 0));
    take(round("k2", Binding.TPM, FAR_ALSO, 280, 1));
    assertThat(state.place()).isEqualTo(PlaceState.UNPROVEN);
    assertThat(state.ofNewestKey()).hasSize(1);
    assertThat(state.rounds()).as("those of the other key are kept").hasSize(3);
  }

  @Test
  void who_sends_very_many_rounds_shortens_its_own_window_and_nothing_else() {
    for (int i = 0; i < 600; i++) {
      take(round(NEAR, 150, i / 100.0));
    }
    assertThat(state.rounds()).hasSize(512);
    assertThat(state.rounds().getLast().round().measuredAt()).isEqualTo(minute(5.99));
  }

  @Test
  void together_hosts_show_the_shortest_delay_of_each_landmark_and_a_moved_landmark_twice() {
    take(round(NEAR, 3, 0));
    HostState one = state;
    state = HostState.unknown(HOST);
    Landmark moved = Rounds.landmark("osaka", "north", 34.8, 135.6);
    take(round(NEAR, 2, 0), round(moved, 4, 0));
    LocationReport report = Rounds.fold().together("hall", "site", List.of(one, state));
    assertThat(report.bounds())
        .extracting(bound -> bound.landmark().position())
        .containsExactlyInAnyOrder(NEAR.position(), moved.position());
    assertThat(report.bounds().getFirst().atMost().kilometres()).isBetween(300.0, 302.0);
    assertThat(report.verdicts()).isEmpty();
  }

  @Test
  void silence_is_not_shorter_than_the_window() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HostFold(Rounds.ATLAS, Rounds.SETTINGS, Duration.ofMinutes(9)));
  }
}
