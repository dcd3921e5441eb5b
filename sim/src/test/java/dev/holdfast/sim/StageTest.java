package dev.holdfast.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Evidence.Transferred;
import dev.holdfast.model.Evidence.Transferred.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is done on a stage where nobody does anything wrong, over a year. */
final class StageTest {
  private static final List<Evidence> TOLD = new ArrayList<>();
  private static int ticks;

  @BeforeAll
  static void play() {
    // Rounds and hosts' words are most of what is told; they are listened to apart.
    StageSettings settings =
        new StageSettings(
            1,
            2,
            16,
            365,
            true,
            Set.of(StageSettings.Source.ROUNDS, StageSettings.Source.INVENTORY),
            1);
    new Stage(settings, Story.carried("honest"))
        .play(
            new Stage.Audience() {
              @Override
              public void hear(Evidence evidence) {
                TOLD.add(evidence);
              }

              @Override
              public void tick(Instant at) {
                ticks++;
              }
            });
  }

  private static List<Transferred> transfers(Step step) {
    return TOLD.stream()
        .filter(Transferred.class::isInstance)
        .map(Transferred.class::cast)
        .filter(each -> each.step() == step)
        .toList();
  }

  private static List<Attested> signed(String chip) {
    return TOLD.stream()
        .filter(Attested.class::isInstance)
        .map(Attested.class::cast)
        .filter(each -> each.chip().equals(chip))
        .toList();
  }

  @Test
  void a_year_is_told_by_the_tick() {
    assertThat(ticks).isEqualTo(365 * 12);
  }

  @Test
  void a_chip_shipped_in_place_of_one_that_failed_is_licensed_and_signs_only_then() {
    List<Transferred> shipped =
        transfers(Step.SHIPPING).stream().filter(each -> each.fromSite() == null).toList();
    assertThat(shipped).hasSizeGreaterThan(10);
    Set<String> licensed = new HashSet<>();
    TOLD.stream()
        .filter(Licensed.class::isInstance)
        .map(Licensed.class::cast)
        .forEach(each -> licensed.addAll(each.chips()));
    int heard = 0;
    for (Transferred each : shipped) {
      assertThat(each.chips()).hasSize(1);
      assertThat(licensed).containsAll(each.chips());
      for (Attested word : signed(each.chips().first())) {
        assertThat(word.at()).isAfter(each.at());
        heard++;
      }
    }
    assertThat(heard).isGreaterThan(100);
  }

  @Test
  void most_chips_that_failed_are_sent_back_and_received_and_none_of_them_signs_again() {
    List<Transferred> received =
        transfers(Step.RECEIVING).stream().filter(each -> each.toSite() == null).toList();
    Set<String> sent = new HashSet<>();
    transfers(Step.SHIPPING).stream()
        .filter(each -> each.toSite() == null)
        .forEach(each -> sent.addAll(each.chips()));
    assertThat(received).hasSizeGreaterThan(10);
    assertThat(received.stream().filter(each -> sent.containsAll(each.chips())).count())
        .isGreaterThan(received.size() * 8L / 10);
  }

  @Test
  void a_host_that_moves_under_its_licence_is_shipped_received_declared_and_signs_there() {
    List<Transferred> shipped =
        transfers(Step.SHIPPING).stream().filter(each -> each.chips().size() > 1).toList();
    assertThat(shipped).isNotEmpty();
    for (Transferred each : shipped) {
      assertThat(each.toSite()).isNotNull().isNotEqualTo(each.fromSite());
      String chip = each.chips().first();
      Instant arrived =
          transfers(Step.RECEIVING).stream()
              .filter(other -> other.chips().contains(chip) && other.at().isAfter(each.at()))
              .map(Transferred::at)
              .findFirst()
              .orElse(null);
      if (arrived == null) {
        continue;
      }
      assertThat(Duration.between(each.at(), arrived)).isGreaterThan(Duration.ofHours(12));
      assertThat(signed(chip))
          .noneMatch(word -> word.at().isAfter(each.at()) && word.at().isBefore(arrived));
    }
    Map<String, Set<String>> sites = new HashMap<>();
    TOLD.stream()
        .filter(Declared.class::isInstance)
        .map(Declared.class::cast)
        .forEach(each ->
            sites.computeIfAbsent(each.host().value(), none -> new TreeSet<>()).add(each.site()));
    assertThat(sites.values()).anyMatch(each -> each.size() == 2);
  }

  @Test
  void boards_change_hosts_and_chips_change_boards_and_both_are_written_down() {
    Map<String, Set<String>> hosts = new HashMap<>();
    Map<String, Set<Set<String>>> switches = new HashMap<>();
    for (Evidence each : TOLD) {
      if (each instanceof Attested word) {
        hosts.computeIfAbsent(word.chip(), none -> new TreeSet<>()).add(word.host().value());
        switches.computeIfAbsent(word.chip(), none -> new HashSet<>()).add(word.neighbours());
      }
    }
    Set<String> carried = new TreeSet<>();
    hosts.forEach((chip, of) -> {
      if (of.size() > 1) {
        carried.add(chip);
      }
    });
    assertThat(carried).hasSizeGreaterThan(8);
    assertThat(switches.values()).anyMatch(each -> each.size() == 2);
    Set<String> recorded = new TreeSet<>();
    transfers(Step.INSTALLING).forEach(each -> recorded.addAll(each.chips()));
    carried.removeAll(recorded);
    assertThat(carried).hasSizeLessThan(4);
  }

  @Test
  void a_wrong_record_is_put_right_later() {
    // A record of one chip, and then of another which is put back: what a wrong label looks like.
    long wrong =
        transfers(Step.REPAIRING).stream()
            .filter(each -> each.chips().size() == 1)
            .filter(each ->
                transfers(Step.INSTALLING).stream()
                    .anyMatch(other ->
                        other.chips().equals(each.chips()) && other.at().isAfter(each.at())))
            .count();
    long elsewhere =
        TOLD.stream()
            .filter(Transferred.class::isInstance)
            .map(Transferred.class::cast)
            .filter(each -> each.step() == Step.INSTALLING && each.chips().size() == 1)
            .map(each -> each.chips().first())
            .filter(chip ->
                transfers(Step.INSTALLING).stream()
                        .filter(other -> other.chips().contains(chip))
                        .map(Transferred::toSite)
                        .distinct()
                        .count()
                    > 1)
            .count();
    assertThat(wrong + elsewhere).isPositive();
  }

  @Test
  void landmarks_fall_silent_and_slow_and_ways_jam() {
    Map<String, Set<Integer>> heard = new HashMap<>();
    Map<String, List<Double>> delays = new HashMap<>();
    StageSettings settings =
        new StageSettings(2, 2, 1, 120, true, Set.of(StageSettings.Source.SIGNATURES), 1);
    int[] period = new int[1];
    new Stage(settings, Story.carried("honest"))
        .play(
            new Stage.Audience() {
              @Override
              public void hear(Evidence evidence) {
                if (evidence instanceof Bounded round
                    && round.host().value().equals("sim-ashburn-0001")) {
                  String name = round.landmark().id().value();
                  heard.computeIfAbsent(name, none -> new HashSet<>()).add(period[0]);
                  delays
                      .computeIfAbsent(name, none -> new ArrayList<>())
                      .add(round.roundTrip().milliseconds());
                }
              }

              @Override
              public void tick(Instant at) {
                period[0]++;
              }
            });
    Set<Integer> any = new HashSet<>();
    heard.values().forEach(any::addAll);
    List<String> near =
        heard.entrySet().stream()
            .filter(each -> each.getValue().size() > any.size() / 2)
            .map(Map.Entry::getKey)
            .toList();
    assertThat(near).hasSize(4);
    assertThat(near).anyMatch(each -> heard.getOrDefault(each, Set.of()).size() < any.size());
    for (String each : near) {
      List<Double> sorted = delays.getOrDefault(each, List.of()).stream().sorted().toList();
      double usual = sorted.get(sorted.size() / 2);
      assertThat(sorted.getLast()).isGreaterThan(usual + 2);
      assertThat(sorted.getFirst()).isGreaterThan(usual - 1);
    }
  }

  @Test
  void twelve_sites_have_twelve_names_and_no_host_has_two_of_them() {
    StageSettings settings = new StageSettings(1, 12, 2, 1, true, Set.of(), 1);
    Set<String> sites = new TreeSet<>();
    List<String> hosts = new ArrayList<>();
    new Stage(settings, Story.carried("honest"))
        .play(
            new Stage.Audience() {
              @Override
              public void hear(Evidence evidence) {
                if (evidence instanceof Declared declared) {
                  sites.add(declared.site());
                  hosts.add(declared.host().value());
                }
              }

              @Override
              public void tick(Instant at) {
                // What is declared is declared at the beginning.
              }
            });
    assertThat(sites).hasSize(12).contains("sim-ashburn", "sim-ashburn-2");
    assertThat(hosts).hasSize(24).doesNotHaveDuplicates();
  }
}
