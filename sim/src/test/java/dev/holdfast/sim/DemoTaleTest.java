package dev.holdfast.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.TargetId;
import dev.holdfast.sim.Story.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The story that people watch, as a stage tells it. */
final class DemoTaleTest {
  private static final String GHOST = "sim-johor";

  /** All that was told, done and asked. */
  private static final class Heard implements Stage.Audience {
    private final List<Evidence> told = new ArrayList<>();
    private final List<Stage.Deed> deeds = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();
    private Instant now = Stage.START;
    private Duration oldest = Duration.ZERO;

    @Override
    public void hear(Evidence evidence) {
      told.add(evidence);
    }

    @Override
    public void tick(Instant at) {
      for (Evidence each : told.reversed()) {
        if (each instanceof Bounded round) {
          if (!round.measuredAt().isAfter(now)) {
            break;
          }
          Duration age = Duration.between(round.measuredAt(), at);
          oldest = age.compareTo(oldest) > 0 ? age : oldest;
        }
      }
      now = at;
    }

    @Override
    public void ask(TargetId host) {
      asked.add(host.value());
    }

    @Override
    public void done(Stage.Deed deed) {
      deeds.add(deed);
    }
  }

  private static Heard play() {
    Heard heard = new Heard();
    var _ = new Stage(StageSettings.demo(2), Story.demo()).play(heard);
    return heard;
  }

  @Test
  void hosts_that_are_bought_are_licensed_first_and_heard_only_once_they_are_installed() {
    Heard heard = play();
    Instant installed =
        heard.deeds.stream()
            .filter(each -> each.verb() == Verb.INSTALL && each.site().equals(GHOST))
            .map(Stage.Deed::at)
            .findFirst()
            .orElseThrow();
    assertThat(installed).isEqualTo(Stage.START.plus(Duration.ofHours(12)));
    List<Instant> signed =
        heard.told.stream()
            .filter(each -> each instanceof Attested said && said.host().value().startsWith(GHOST))
            .map(each -> ((Attested) each).at())
            .toList();
    assertThat(signed).isNotEmpty().allMatch(installed::isBefore);
    assertThat(heard.told)
        .filteredOn(each -> each instanceof Licensed licence && licence.licence().endsWith(GHOST))
        .hasSize(1);
  }

  @Test
  void chips_on_the_bench_sign_beside_other_switches_than_on_their_boards() {
    Heard heard = play();
    Set<String> before = new TreeSet<>();
    Set<String> onBench = new TreeSet<>();
    for (Evidence each : heard.told) {
      if (each instanceof Attested said && said.neighbours() != null) {
        if (said.host().value().startsWith("sim-bench")) {
          onBench.addAll(said.neighbours());
        } else if (said.host().value().startsWith(GHOST)) {
          before.addAll(said.neighbours());
        }
      }
    }
    assertThat(onBench).hasSize(4).doesNotContainAnyElementsOf(before);
  }

  @Test
  void what_is_measured_is_fresh_at_the_tick_that_follows() {
    assertThat(play().oldest).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(9));
  }

  @Test
  void at_the_end_hosts_at_home_and_abroad_ask_for_leases() {
    assertThat(play().asked)
        .contains("sim-slough-0001", "sim-johor-0001")
        .anyMatch(each -> each.startsWith("sim-abroad"));
  }
}
