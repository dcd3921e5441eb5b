package dev.holdfast.detect;

import static dev.holdfast.detect.WatchScene.announced;
import static dev.holdfast.detect.WatchScene.chips;
import static dev.holdfast.detect.WatchScene.hour;
import static dev.holdfast.detect.WatchScene.inspected;
import static dev.holdfast.detect.WatchScene.licensed;
import static dev.holdfast.detect.WatchScene.metered;
import static dev.holdfast.detect.WatchScene.round;
import static dev.holdfast.detect.WatchScene.signed;
import static dev.holdfast.detect.WatchScene.switches;
import static dev.holdfast.detect.WatchScene.told;
import static dev.holdfast.detect.WatchScene.transferred;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Demand;
import dev.holdfast.model.Evidence.Equivocated;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Evidence.Sited;
import dev.holdfast.model.Evidence.Skipped;
import dev.holdfast.model.Evidence.Transferred.Step;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Meter;
import dev.holdfast.model.Inventory.Source;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reported;
import dev.holdfast.model.Severity;
import dev.holdfast.model.SourceId;
import dev.holdfast.model.TargetId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

final class WatchTest {
  private final WatchScene scene = new WatchScene();

  // ---- silence

  @Test
  void a_chip_that_falls_silent_after_its_inspection_is_noticed_and_after_a_week_a_case() {
    scene.site("hall", 1);
    scene.sign("hall-0", 2, 1);
    scene.say(inspected("hall", 2, 2, chips("hall-0", 2)));
    for (int day = 1; day < 12; day++) {
      scene.say(signed("hall-0-chip-1", "hall-0", 24 * day, switches("hall-0")));
      scene.tick(24 * day);
    }
    Finding silent = scene.only("silent-after-inspection");
    assertThat(silent.severity()).isEqualTo(Severity.LOW);
    assertThat(silent.at()).isEqualTo(hour(26));
    assertThat(silent.causes()).hasSize(2);
    Finding longer = scene.only("long-silent-after-inspection");
    assertThat(longer.at()).isEqualTo(hour(2 + 7 * 24));
    assertThat(scene.cases.cases()).hasSize(1);
    assertThat(scene.cases.cases().iterator().next().findings()).contains(silent, longer);
  }

  /** Eight inspected chips of a site, on days that are asked for each. */
  private void signing(BiPredicate<Integer, Integer> chipSignsOn, int until) {
    scene.site("hall", 1);
    scene.sign("hall-0", 8, 1);
    scene.say(inspected("hall", 8, 2, chips("hall-0", 8)));
    for (int day = 1; day < until; day++) {
      for (int chip = 0; chip < 8; chip++) {
        if (chipSignsOn.test(chip, day)) {
          scene.say(signed("hall-0-chip-" + chip, "hall-0", 24 * day, switches("hall-0")));
        }
      }
      scene.tick(24 * day);
    }
  }

  private List<Finding> missing() {
    return scene.findings.stream()
        .filter(each -> each.kind().equals("long-silent-after-inspection"))
        .toList();
  }

  @Test
  void one_chip_of_many_that_nobody_accounts_for_is_told_and_is_no_case() {
    signing((chip, day) -> chip != 3 || day < 5, 30);
    assertThat(missing()).hasSize(1);
    assertThat(missing().getFirst().severity()).isEqualTo(Severity.LOW);
    assertThat(scene.cases.cases()).isEmpty();
  }

  @Test
  void a_second_chip_within_thirty_days_is_a_case_of_both() {
    signing((chip, day) -> day < (chip == 3 ? 5 : chip == 6 ? 25 : 40), 40);
    Finding second = missing().getLast();
    assertThat(second.subject()).isEqualTo("hall-0-chip-6");
    assertThat(second.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(second.about()).contains("chip:hall-0-chip-3", "chip:hall-0-chip-6");
    assertThat(second.causes()).containsAll(missing().getFirst().causes());
    assertThat(scene.cases.cases()).hasSize(1);
  }

  @Test
  void a_second_chip_later_than_that_is_no_case() {
    signing((chip, day) -> day < (chip == 3 ? 5 : chip == 6 ? 40 : 60), 60);
    assertThat(missing()).hasSize(2).allMatch(each -> each.severity() == Severity.LOW);
    assertThat(scene.cases.cases()).isEmpty();
  }

  @Test
  void a_first_chip_whose_record_came_after_all_does_not_count_with_a_second() {
    signing((chip, day) -> day < (chip == 3 ? 5 : 20), 20);
    scene.say(
        transferred(Step.DECOMMISSIONING, "hall", null, 24 * 4 + 1, List.of("hall-0-chip-3")));
    for (int day = 20; day < 40; day++) {
      for (int chip : new int[] {0, 1, 2, 4, 5, 7}) {
        scene.say(signed("hall-0-chip-" + chip, "hall-0", 24 * day, switches("hall-0")));
      }
      scene.tick(24 * day);
    }
    assertThat(missing()).hasSize(2).allMatch(each -> each.severity() == Severity.LOW);
    assertThat(scene.cases.cases()).isEmpty();
  }

  @Test
  void a_first_chip_that_spoke_again_does_not_count_with_a_second() {
    signing((chip, day) -> chip == 3 ? day < 5 || day > 14 : chip != 6 || day < 20, 40);
    assertThat(missing()).hasSize(2).allMatch(each -> each.severity() == Severity.LOW);
    assertThat(scene.cases.cases()).isEmpty();
  }

  @Test
  void all_chips_of_a_host_silent_together_are_a_case_after_a_day_and_a_half() {
    scene.site("hall", 2);
    scene.sign("hall-0", 8, 1);
    for (int hour = 1; hour <= 48; hour++) {
      scene.sign("hall-1", 40, hour);
      scene.tick(hour);
    }
    assertThat(scene.only("board-silent").at()).isEqualTo(hour(37));
    assertThat(scene.kinds()).doesNotContain("site-silent");
    assertThat(scene.cases.cases()).hasSize(1);
  }

  @Test
  void a_quarter_of_a_site_silent_together_is_a_case_after_a_day() {
    scene.site("hall", 4);
    for (int host = 0; host < 4; host++) {
      scene.sign("hall-" + host, 8, 1);
    }
    for (int hour = 2; hour <= 30; hour++) {
      scene.sign("hall-3", 8, hour);
      scene.tick(hour);
    }
    Finding together = scene.only("site-silent");
    assertThat(together.at()).isEqualTo(hour(25));
    assertThat(together.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(together.about()).hasSize(25);
  }

  @Test
  void an_announced_outage_excuses_silence_for_three_days_and_a_half_and_not_for_longer() {
    scene.site("hall", 1);
    scene.sign("hall-0", 8, 1);
    scene.say(announced("hall", 2, 24 * 20));
    for (int hour = 2; hour <= 85; hour++) {
      scene.tick(hour);
    }
    assertThat(scene.findings).isEmpty();
    for (int hour = 86; hour <= 120; hour++) {
      scene.tick(hour);
    }
    assertThat(scene.kinds()).contains("site-silent");
  }

  @Test
  void chips_that_were_taken_out_to_be_repaired_are_not_missed() {
    scene.site("hall", 1);
    scene.sign("hall-0", 8, 1);
    scene.say(inspected("hall", 8, 2, chips("hall-0", 8)));
    scene.say(transferred(Step.REPAIRING, "hall", "shop", 3, chips("hall-0", 8)));
    for (int day = 1; day < 20; day++) {
      scene.tick(24 * day);
    }
    assertThat(scene.findings).isEmpty();
  }

  @Test
  void
      a_record_of_repair_is_believed_for_thirty_days_after_the_chip_was_heard_however_often_told() {
    scene.site("hall", 1);
    scene.sign("hall-0", 1, 1);
    for (int day = 0; day < 30; day++) {
      scene.say(transferred(Step.REPAIRING, "hall", "shop", 24 * day + 3, chips("hall-0", 1)));
      scene.tick(24 * day + 12);
    }
    assertThat(scene.findings).isEmpty();
    scene.tick(24 * 30 + 2);
    Finding old = scene.only("record-out-of-date");
    assertThat(old.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(old.at()).isEqualTo(hour(24 * 30 + 1));
    assertThat(old.reason().arguments()).contains("repairing");
    assertThat(old.causes()).hasSize(2);
    assertThat(scene.kinds()).doesNotContain("long-silent-after-inspection");
    for (int day = 31; day < 60; day++) {
      scene.tick(24 * day);
    }
    scene.only("record-out-of-date");
  }

  @Test
  void a_chip_that_was_scrapped_or_received_outside_is_not_missed_after_its_repair() {
    scene.site("hall", 1);
    scene.sign("hall-0", 2, 1);
    scene.say(transferred(Step.REPAIRING, "hall", "shop", 3, chips("hall-0", 2)));
    scene.say(transferred(Step.DECOMMISSIONING, "hall", null, 24 * 9, List.of("hall-0-chip-0")));
    scene.say(transferred(Step.RECEIVING, "hall", null, 24 * 20, List.of("hall-0-chip-1")));
    for (int day = 1; day < 90; day++) {
      scene.tick(24 * day);
    }
    assertThat(scene.findings).isEmpty();
  }

  @Test
  void a_chip_on_its_way_to_its_maker_is_believed_as_long_as_one_that_is_mended() {
    scene.site("hall", 1);
    scene.sign("hall-0", 1, 1);
    scene.say(inspected("hall", 1, 2, chips("hall-0", 1)));
    scene.say(transferred(Step.REPAIRING, "hall", null, 3, chips("hall-0", 1)));
    scene.say(transferred(Step.SHIPPING, "hall", null, 24 * 6, chips("hall-0", 1)));
    for (int day = 1; day < 30; day++) {
      scene.tick(24 * day);
    }
    assertThat(scene.findings).isEmpty();
    scene.tick(24 * 31);
    assertThat(scene.only("record-out-of-date").reason().arguments()).contains("shipping");
  }

  @Test
  void a_chip_that_is_mended_signs_and_its_record_is_over() {
    scene.site("hall", 1);
    scene.sign("hall-0", 1, 1);
    scene.say(inspected("hall", 1, 2, chips("hall-0", 1)));
    scene.say(transferred(Step.REPAIRING, "hall", "hall", 3, chips("hall-0", 1)));
    for (int day = 1; day < 28; day++) {
      scene.tick(24 * day);
    }
    scene.sign("hall-0", 1, 24 * 28);
    scene.tick(24 * 28 + 20);
    assertThat(scene.findings).isEmpty();
    scene.tick(24 * 36);
    assertThat(scene.kinds()).contains("long-silent-after-inspection");
  }

  @Test
  void a_record_that_the_chip_contradicted_explains_no_silence_later() {
    scene.site("hall", 1);
    scene.sign("hall-0", 1, 1);
    scene.say(inspected("hall", 1, 2, chips("hall-0", 1)));
    scene.say(transferred(Step.REPAIRING, "hall", null, 3, chips("hall-0", 1)));
    scene.sign("hall-0", 1, 40);
    scene.tick(41);
    scene.only("transfer-contradicted");
    for (int day = 3; day < 10; day++) {
      scene.tick(24 * day);
    }
    assertThat(scene.kinds()).contains("long-silent-after-inspection");
  }

  @Test
  void a_chip_that_was_received_is_expected_a_day_later() {
    scene.site("hall", 1);
    scene.sign("hall-0", 1, 1);
    scene.say(inspected("hall", 1, 2, chips("hall-0", 1)));
    scene.say(transferred(Step.SHIPPING, "other", "hall", 3, chips("hall-0", 1)));
    scene.tick(24 * 6);
    scene.say(transferred(Step.RECEIVING, "other", "hall", 24 * 6, chips("hall-0", 1)));
    scene.tick(24 * 6 + 20);
    assertThat(scene.findings).isEmpty();
    for (int day = 7; day < 9; day++) {
      scene.tick(24 * day + 1);
    }
    assertThat(scene.kinds()).contains("long-silent-after-inspection");
  }

  @Test
  void outages_one_after_the_other_explain_no_more_of_a_month_than_one_does() {
    scene.site("hall", 1);
    scene.sign("hall-0", 8, 1);
    for (int day = 0; day < 12; day += 2) {
      scene.say(announced("hall", 24 * day + 2, 24 * day + 49));
    }
    for (int hour = 2; hour <= 85; hour++) {
      scene.tick(hour);
    }
    assertThat(scene.findings).isEmpty();
    for (int hour = 86; hour <= 110; hour++) {
      scene.tick(hour);
    }
    assertThat(scene.kinds()).contains("site-silent");
  }

  @Test
  void an_outage_of_the_next_month_is_believed_again() {
    scene.site("hall", 1);
    scene.sign("hall-0", 8, 1);
    scene.say(announced("hall", 2, 74));
    scene.tick(40);
    for (int hour = 60; hour < 24 * 40; hour += 12) {
      scene.sign("hall-0", 8, hour);
      scene.tick(hour);
    }
    scene.say(announced("hall", 24 * 40, 24 * 43));
    for (int hour = 0; hour < 84; hour++) {
      scene.tick(24 * 40 + hour);
    }
    assertThat(scene.findings).isEmpty();
  }

  @Test
  void a_hosts_word_does_not_break_the_silence_of_a_chip_that_signs() {
    scene.site("hall", 1);
    scene.sign("hall-0", 2, 1);
    scene.say(inspected("hall", 2, 2, chips("hall-0", 2)));
    for (int hour = 3; hour <= 40; hour++) {
      scene.say(
          told("hall-0", hour, Map.of("hall-0-chip-0", "label 0", "hall-0-chip-1", "label 1")));
      scene.tick(hour);
    }
    assertThat(scene.kinds()).contains("silent-after-inspection", "board-silent");
  }

  @Test
  void a_chip_that_was_only_ever_seen_by_its_label_is_missed_too() {
    scene.site("hall", 1);
    scene.say(inspected("hall", 1, 2, List.of("label")));
    scene.tick(26);
    assertThat(scene.only("silent-after-inspection").subject()).isEqualTo("label");
  }

  // ---- places

  @Test
  void a_host_that_two_operators_exclude_from_its_site_is_elsewhere_and_outside_its_licence() {
    scene.site("hall", 1);
    scene.sign("hall-0", 1, 1);
    scene.say(licensed(chips("hall-0", 1), Map.of()));
    scene.say(round("hall-0", Rounds.FAR, 2, 5));
    assertThat(scene.findings).isEmpty();
    scene.say(round("hall-0", Rounds.FAR_TOO, 8, 5.01));
    scene.say(round("hall-0", Rounds.FAR_ALSO, 9, 5.02));
    assertThat(scene.only("other-site").severity()).isEqualTo(Severity.HIGH);
    assertThat(scene.only("other-site").causes()).hasSize(2);
    Finding outside = scene.only("outside-territory");
    assertThat(outside.severity()).isEqualTo(Severity.HIGH);
    assertThat(outside.reason().arguments()).containsExactly("hall-0", "JP");
  }

  @Test
  void rounds_that_come_late_move_no_host_that_was_moved_since() {
    scene.declare("hall-0", "abroad", "FR", new Position(48.86, 2.35));
    scene.say(round("hall-0", Rounds.FAR_TOO, 1, 5));
    scene.declare("hall-0", "hall", "JP", WatchScene.OSAKA);
    scene.say(round("hall-0", Rounds.NEAR, 1, 30));
    scene.say(round("hall-0", Rounds.FAR_TOO, 1, 5.1));
    scene.say(round("hall-0", Rounds.FAR_ALSO, 6, 5.2));
    scene.say(round("hall-0", Rounds.NEAR_TOO, 1, 30.01));
    assertThat(scene.findings).isEmpty();
  }

  @Test
  void one_operator_alone_moves_no_host() {
    scene.site("hall", 1);
    for (int i = 0; i < 50; i++) {
      scene.say(round("hall-0", Rounds.FAR, 2, 5 + i * 0.01));
    }
    scene.tick(6);
    assertThat(scene.findings).isEmpty();
  }

  @Test
  void a_key_that_answers_from_two_places_is_heavy_once_more_than_one_would_have_to_lie() {
    scene.site("hall", 1);
    scene.say(round("hall-0", Rounds.NEAR, 1, 5));
    scene.say(round("hall-0", Rounds.FAR, 1, 5.001));
    assertThat(scene.only("key-in-two-places").severity()).isEqualTo(Severity.LOW);
    WatchScene worse = new WatchScene();
    worse.site("hall", 1);
    worse.say(round("hall-0", Rounds.NEAR, 1, 5));
    worse.say(round("hall-0", Rounds.NEAR_TOO, 1, 5.001));
    assertThat(worse.findings).isEmpty();
    worse.say(round("hall-0", Rounds.FAR, 1, 5.002));
    worse.say(round("hall-0", Rounds.FAR_TOO, 1, 5.003));
    assertThat(worse.findings.getFirst().kind()).isEqualTo("key-in-two-places");
  }

  @Test
  void bounds_that_used_to_be_tight_and_are_not_are_noticed_once() {
    scene.site("hall", 1);
    Random random = new Random(1);
    for (int period = 0; period < 120; period++) {
      double quiet = 1 + 0.1 * random.nextDouble();
      scene.say(round("hall-0", Rounds.NEAR, period < 80 ? quiet : 4 * quiet, 2 * period));
      scene.tick(2 * period + 1.99);
    }
    Finding loose = scene.only("proximity-lost");
    assertThat(loose.severity()).isEqualTo(Severity.LOW);
    assertThat(loose.at()).isBetween(hour(160), hour(180));
  }

  @Test
  void bounds_are_watched_on_while_the_chips_behind_them_are_silent() {
    scene.site("hall", 1);
    scene.sign("hall-0", 2, 1);
    Random random = new Random(3);
    for (int period = 0; period < 120; period++) {
      double quiet = 1 + 0.1 * random.nextDouble();
      scene.say(round("hall-0", Rounds.NEAR, period < 80 ? quiet : 4 * quiet, 2 * period));
      scene.tick(2 * period + 1.99);
    }
    assertThat(scene.only("proximity-lost").at()).isBetween(hour(160), hour(180));
    assertThat(scene.kinds()).contains("board-silent");
  }

  @Test
  void one_jam_loosens_nothing() {
    scene.site("hall", 1);
    Random random = new Random(2);
    for (int period = 0; period < 200; period++) {
      double quiet = 1 + 0.1 * random.nextDouble();
      boolean jam = period > 100 && period < 104;
      scene.say(round("hall-0", Rounds.NEAR, jam ? 60 : quiet, 2 * period));
      scene.tick(2 * period + 1.99);
    }
    assertThat(scene.findings).isEmpty();
  }

  // ---- identity

  @Test
  void a_chip_that_signs_at_another_site_is_heavy_and_light_where_somebody_said_so_before() {
    for (boolean said : new boolean[] {false, true}) {
      WatchScene moved = new WatchScene();
      moved.site("hall", 1);
      moved.declare("other-0", "other", "DE", WatchScene.FRANKFURT);
      moved.say(signed("chip", "hall-0", 1, switches("a")));
      if (said) {
        moved.say(transferred(Step.SHIPPING, "hall", "other", 2, List.of("chip")));
      }
      moved.say(signed("chip", "other-0", 48, switches("a")));
      assertThat(moved.only("chip-at-other-site").severity())
          .isEqualTo(said ? Severity.LOW : Severity.HIGH);
    }
  }

  @Test
  void a_chip_in_another_host_of_its_site_is_light() {
    scene.site("hall", 2);
    scene.say(signed("chip", "hall-0", 1, switches("a")));
    scene.say(signed("chip", "hall-1", 2, switches("a")));
    assertThat(scene.only("other-chassis").severity()).isEqualTo(Severity.LOW);
  }

  @Test
  void a_chip_that_signs_further_away_than_it_can_be_carried_is_in_two_places() {
    scene.site("hall", 1);
    scene.declare("other-0", "other", "DE", WatchScene.FRANKFURT);
    scene.say(signed("chip", "hall-0", 1, switches("a")));
    scene.say(signed("chip", "other-0", 8, switches("a")));
    assertThat(scene.only("identity-in-two-places").severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void a_label_that_two_chips_carry_is_told_once_whichever_came_first() {
    for (boolean turned : new boolean[] {false, true}) {
      WatchScene labels = new WatchScene();
      labels.site("hall", 2);
      List<Evidence> words =
          new ArrayList<>(
              List.of(
                  told("hall-0", 1, Map.of("a", "label")),
                  told("hall-1", 2, Map.of("b", "label"))));
      if (turned) {
        Collections.reverse(words);
      }
      words.forEach(labels::say);
      labels.say(told("hall-1", 3, Map.of("b", "label")));
      Finding swapped = labels.only("identity-swapped");
      assertThat(swapped.severity()).isEqualTo(Severity.MEDIUM);
      assertThat(swapped.at()).isEqualTo(hour(2));
      assertThat(swapped.about()).containsExactly("chip:a", "chip:b");
    }
  }

  @Test
  void the_longest_name_that_two_chips_carry_is_told_like_any_other() {
    scene.site("hall", 2);
    scene.say(told("hall-0", 1, Map.of("a", "n".repeat(200))));
    scene.say(told("hall-1", 2, Map.of("b", "n".repeat(200))));
    assertThat(scene.only("identity-swapped").subject()).isEqualTo("a");
  }

  // ---- boards

  @Test
  void a_chip_that_signs_on_another_board_of_its_site_has_a_day_for_its_record() {
    scene.site("hall", 2);
    scene.sign("hall-0", 4, 1);
    scene.tick(2);
    scene.say(signed("hall-0-chip-3", "hall-1", 30, switches("hall-1")));
    assertThat(scene.kinds()).containsExactly("other-chassis");
    for (int hour = 31; hour < 55; hour++) {
      scene.sign("hall-0", 3, hour);
      scene.tick(hour);
    }
    assertThat(scene.kinds()).containsExactly("other-chassis");
    assertThat(scene.next()).isEqualTo(hour(55));
    scene.tick(55);
    Finding lost = scene.only("cohesion-lost");
    assertThat(lost.severity()).isEqualTo(Severity.HIGH);
    assertThat(lost.at()).isEqualTo(hour(30));
    assertThat(lost.about()).contains("chip:hall-0-chip-3", "host:hall-1", "host:hall-0");
  }

  @Test
  void the_record_of_a_swap_that_comes_within_a_day_makes_it_light() {
    scene.site("hall", 2);
    scene.sign("hall-0", 4, 1);
    scene.say(signed("hall-0-chip-3", "hall-1", 30, switches("hall-1")));
    scene.tick(31);
    scene.say(transferred(Step.INSTALLING, "hall", "hall", 29, List.of("hall-0-chip-3")));
    scene.tick(36);
    assertThat(scene.only("cohesion-lost").severity()).isEqualTo(Severity.LOW);
    for (int hour = 37; hour < 60; hour++) {
      scene.sign("hall-0", 3, hour);
      scene.tick(hour);
    }
    assertThat(scene.cases.cases()).isEmpty();
  }

  @Test
  void a_swap_that_was_undone_within_a_day_is_forgotten() {
    scene.site("hall", 2);
    scene.sign("hall-0", 4, 1);
    scene.say(signed("hall-0-chip-3", "hall-1", 30, switches("hall-1")));
    scene.tick(31);
    scene.say(signed("hall-0-chip-3", "hall-0", 40, switches("hall-0")));
    scene.tick(41);
    scene.sign("hall-0", 4, 56);
    scene.tick(57);
    assertThat(scene.kinds()).doesNotContain("cohesion-lost");
  }

  @Test
  void a_board_whose_chip_signs_at_another_site_has_lost_its_cohesion_at_once() {
    scene.site("hall", 1);
    scene.declare("abroad-0", "abroad", "DE", WatchScene.FRANKFURT);
    scene.sign("hall-0", 4, 1);
    scene.tick(2);
    scene.say(signed("hall-0-chip-3", "abroad-0", 60, switches("abroad-0")));
    scene.tick(61);
    assertThat(scene.only("cohesion-lost").severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void a_board_whose_host_is_not_at_its_site_has_no_time_for_records() {
    scene.site("hall", 2);
    scene.sign("hall-0", 4, 1);
    scene.tick(2);
    scene.say(round("hall-1", Rounds.FAR, 2, 29));
    scene.say(round("hall-1", Rounds.FAR_TOO, 8, 29.01));
    scene.only("other-site");
    scene.say(signed("hall-0-chip-3", "hall-1", 30, switches("hall-1")));
    scene.tick(31);
    assertThat(scene.only("cohesion-lost").severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void many_chips_on_other_boards_of_their_site_do_not_wait_for_records() {
    scene.site("hall", 8);
    for (int host = 0; host < 4; host++) {
      scene.sign("hall-" + host, 4, 1);
    }
    scene.tick(2);
    for (int host = 0; host < 4; host++) {
      for (int chip = 2; chip < 4; chip++) {
        String on = "hall-" + (4 + (host + chip) % 4);
        scene.say(signed("hall-" + host + "-chip-" + chip, on, 30, switches(on)));
        scene.tick(host < 3 || chip < 3 ? 30.1 + host / 10.0 + chip / 100.0 : 31);
        if (host < 3 || chip < 3) {
          assertThat(scene.kinds()).doesNotContain("cohesion-lost");
        }
      }
    }
    List<Finding> lost =
        scene.findings.stream().filter(each -> each.kind().equals("cohesion-lost")).toList();
    assertThat(lost).hasSize(4).allMatch(each -> each.severity() == Severity.HIGH);
  }

  @Test
  void a_chip_that_was_said_to_be_taken_out_makes_its_board_no_case() {
    scene.site("hall", 2);
    scene.sign("hall-0", 4, 1);
    scene.say(transferred(Step.REMOVING, "hall", "hall", 2, List.of("hall-0-chip-3")));
    scene.say(signed("hall-0-chip-3", "hall-1", 30, switches("hall-1")));
    scene.tick(31);
    assertThat(scene.cases.cases()).isEmpty();
  }

  // ---- custody

  @Test
  void a_transfer_that_the_machine_contradicts_is_heavy() {
    scene.site("hall", 1);
    scene.sign("hall-0", 1, 1);
    scene.say(transferred(Step.SHIPPING, "hall", "other", 2, chips("hall-0", 1)));
    scene.sign("hall-0", 1, 20);
    assertThat(scene.findings).isEmpty();
    scene.sign("hall-0", 1, 27);
    scene.sign("hall-0", 1, 28);
    assertThat(scene.only("transfer-contradicted").severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void fewer_chips_inspected_than_installed_are_a_case() {
    scene.site("hall", 1);
    scene.sign("hall-0", 8, 1);
    scene.say(inspected("hall", 6, 2, List.of()));
    scene.tick(3);
    assertThat(scene.only("fewer-inspected").reason().arguments())
        .containsExactly("hall", "6", "8");
  }

  @Test
  void chips_that_came_after_the_inspection_are_not_expected_in_it() {
    scene.site("hall", 2);
    scene.sign("hall-0", 8, 1);
    scene.say(inspected("hall", 8, 2, chips("hall-0", 8)));
    scene.tick(3);
    scene.sign("hall-1", 8, 30);
    scene.sign("hall-0", 8, 30);
    scene.tick(31);
    assertThat(scene.findings).isEmpty();
    scene.say(inspected("hall", 12, 40, List.of()));
    scene.sign("hall-0", 8, 45);
    scene.sign("hall-1", 8, 45);
    scene.tick(56);
    assertThat(scene.only("fewer-inspected").reason().arguments())
        .containsExactly("hall", "12", "16");
  }

  @Test
  void a_whole_host_whose_repair_is_out_of_date_is_one_case() {
    scene.site("hall", 1);
    scene.sign("hall-0", 8, 1);
    scene.say(inspected("hall", 8, 2, chips("hall-0", 8)));
    scene.say(transferred(Step.REPAIRING, "hall", "hall", 3, chips("hall-0", 8)));
    for (int day = 1; day < 40; day++) {
      scene.tick(24 * day);
    }
    assertThat(scene.kinds()).contains("record-out-of-date", "board-silent", "site-silent");
    assertThat(scene.cases.cases()).hasSize(1);
  }

  @Test
  void chips_that_were_taken_out_to_be_mended_are_not_expected_by_the_inspector() {
    scene.site("hall", 1);
    scene.sign("hall-0", 8, 1);
    scene.say(transferred(Step.REPAIRING, "hall", "shop", 2, List.of("hall-0-chip-7")));
    scene.say(inspected("hall", 7, 3, List.of()));
    scene.tick(4);
    assertThat(scene.findings).isEmpty();
  }

  @Test
  void a_site_that_declares_less_power_than_its_chips_need_is_a_case() {
    WatchScene small =
        new WatchScene(
            new WatchTerms(
                1,
                Duration.ofHours(24),
                Duration.ofHours(36),
                Duration.ofDays(7),
                0.25,
                8,
                Duration.ofDays(30),
                Duration.ofHours(72),
                Duration.ofHours(24),
                Map.of("GH100", 300)));
    small.say(
        new Sited(
            "hall",
            "operator",
            "JP",
            WatchScene.OSAKA,
            Distance.ofKilometres(5),
            null,
            2.0,
            WatchScene.START,
            true));
    small.declare("hall-0", "hall", "JP", WatchScene.OSAKA);
    small.sign("hall-0", 6, 1);
    small.tick(2);
    assertThat(small.findings).isEmpty();
    small.sign("hall-0", 8, 3);
    small.tick(30);
    assertThat(small.kinds()).contains("power-too-small");
  }

  @Test
  void the_least_that_a_model_draws_is_known_of_those_that_were_read() {
    assertThat(WatchTerms.USUAL.minimumWatts())
        .containsEntry("NVIDIA H100 80GB HBM3", 33)
        .containsEntry("NVIDIA GB200", 78)
        .doesNotContainKey("NVIDIA H100 PCIe")
        .doesNotContainKey("GH100");
  }

  @Test
  void a_chip_that_signs_is_judged_by_the_product_that_its_host_names() {
    for (double kilowatts : new double[] {0.2, 0.3}) {
      WatchScene small = new WatchScene();
      small.say(
          new Sited(
              "hall",
              "operator",
              "JP",
              WatchScene.OSAKA,
              Distance.ofKilometres(5),
              null,
              kilowatts,
              WatchScene.START,
              true));
      small.declare("hall-0", "hall", "JP", WatchScene.OSAKA);
      small.sign("hall-0", 8, 1);
      Map<String, String> serials = new TreeMap<>();
      chips("hall-0", 8).forEach(each -> serials.put(each, "label-" + each));
      small.say(told("hall-0", 1.1, serials));
      small.tick(2);
      if (kilowatts < 8 * 33 / 1000.0) {
        assertThat(small.only("power-too-small").reason().arguments())
            .containsExactly("hall", "0.2", "8");
      } else {
        assertThat(small.kinds()).doesNotContain("power-too-small");
      }
    }
  }

  @Test
  void what_a_licence_demands_and_is_not_shown_is_noticed_once() {
    scene.site("hall", 1);
    scene.sign("hall-0", 1, 1);
    scene.say(licensed(chips("hall-0", 1), Map.of(Demand.SIGNATURES, Duration.ofDays(1))));
    for (int day = 1; day < 6; day++) {
      scene.tick(24 * day);
    }
    assertThat(scene.only("evidence-missing").severity()).isEqualTo(Severity.LOW);
  }

  @Test
  void a_chip_at_a_site_outside_its_licence_is_a_case() {
    scene.site("hall", 1);
    scene.say(
        new Sited(
            "other",
            "operator",
            "DE",
            WatchScene.FRANKFURT,
            Distance.ofKilometres(5),
            null,
            null,
            WatchScene.START,
            true));
    scene.declare("other-0", "other", "DE", WatchScene.FRANKFURT);
    scene.say(licensed(List.of("chip"), Map.of()));
    scene.say(signed("chip", "other-0", 1, switches("a")));
    assertThat(scene.only("outside-licence").severity()).isEqualTo(Severity.MEDIUM);
  }

  // ---- meters and sources

  @Test
  void meters_that_repeat_themselves_or_count_more_than_a_chip_can_draw_are_told() {
    scene.site("hall", 1);
    scene.say(metered("hall-0", "chip", 300, 1000, 1));
    scene.say(metered("hall-0", "chip", 310, 1_000_000, 2));
    assertThat(scene.findings).isEmpty();
    scene.say(metered("hall-0", "chip", 305, 1_000_000, 3));
    assertThat(scene.only("telemetry-impossible").reason().arguments())
        .containsExactly("chip", "replayed");
    WatchScene much = new WatchScene();
    much.say(metered("hall-0", "chip", 300, 1000, 1));
    much.say(metered("hall-0", "chip", 300, 10_000_000, 2));
    assertThat(much.only("telemetry-impossible").reason().arguments())
        .containsExactly("chip", "too-much");
  }

  @Test
  void power_that_is_the_same_to_the_last_digit_for_a_day_is_flat() {
    for (int hour = 0; hour < 30; hour++) {
      scene.say(metered("hall-0", "chip", 412.5, 1000 + hour * 1_485_000L, hour));
    }
    assertThat(scene.only("telemetry-impossible").reason().arguments())
        .containsExactly("chip", "flat");
  }

  @Test
  void a_per_device_id_of_no_such_form_is_a_name_like_any_other() {
    for (String text : List.of("1", "0x", "seven")) {
      Inventory told = told("hall-0", 1, Map.of("a", "label " + text)).inventory();
      Inventory.Chip odd =
          new Inventory.Chip(
              Reported.of("H100"),
              List.of(new Alias(Alias.Kind.PDI, text)),
              Inventory.Seat.UNTOLD,
              Reported.Absent.MISSING,
              Reported.Absent.MISSING);
      for (String host : List.of("hall-0", "hall-1")) {
        scene.say(
            new Inventoried(
                new TargetId(host),
                new Inventory(
                    Source.NVML, host, null, told.driver(), told.signs(), List.of(odd), List.of()),
                hour(1),
                true));
      }
    }
    assertThat(scene.kinds()).containsOnly("identity-in-two-places");
    assertThat(scene.findings).extracting(Finding::subject).containsExactly("1", "0x", "seven");
  }

  @Test
  void counters_of_two_sources_are_not_held_against_each_other() {
    for (int hour = 0; hour < 20; hour++) {
      Meter driver = new Meter(300.0 + hour, 1_000_000L * (1000 + hour));
      Meter controller = new Meter(290.0, 999_000_000_000L);
      scene.say(metered(Source.NVML, "hall-0", "chip", driver, hour));
      scene.say(metered(Source.REDFISH, "hall-0", "chip", controller, hour + 0.5));
    }
    assertThat(scene.findings).isEmpty();
    Meter controller = new Meter(290.0, 999_000_000_000L);
    scene.say(metered(Source.REDFISH, "hall-0", "chip", controller, 48));
    scene.say(metered(Source.REDFISH, "hall-0", "chip", controller, 49));
    assertThat(scene.only("telemetry-impossible").reason().arguments())
        .as("the driver has said nothing for a day")
        .containsExactly("chip", "replayed");
  }

  @Test
  void a_meter_without_a_counter_can_only_be_flat() {
    for (int hour = 0; hour < 40; hour++) {
      scene.say(metered(Source.NVIDIA_SMI, "hall-0", "a", new Meter(68.0 + hour, null), hour));
      scene.say(metered(Source.NVIDIA_SMI, "hall-1", "b", new Meter(68.92, null), hour));
    }
    assertThat(scene.only("telemetry-impossible").subject()).isEqualTo("b");
  }

  @Test
  void another_host_may_say_anything_of_a_chips_meters() {
    scene.site("hall", 2);
    scene.say(signed("chip", "hall-0", 0.5, switches("a")));
    scene.say(metered("hall-0", "chip", 300, 1000, 1));
    scene.say(metered("hall-1", "chip", 300, 99_000_000, 2));
    scene.say(metered("hall-0", "chip", 301, 900_000, 3));
    assertThat(scene.kinds()).doesNotContain("telemetry-impossible");
  }

  @Test
  void readings_that_follow_each_other_at_once_are_looked_at_once_an_hour() {
    for (int minute = 0; minute < 300; minute++) {
      scene.say(metered("hall-0", "chip", 68.5, 1000 + minute * 4_000L, minute / 60.0));
    }
    assertThat(scene.findings).isEmpty();
  }

  @Test
  void gaps_are_light_and_two_words_under_one_number_heavy() {
    SourceId source = new SourceId("host:hall-0");
    scene.say(new Skipped(source, 4, 6, hour(1)));
    scene.say(new Equivocated(source, 7, hour(2)));
    assertThat(scene.only("evidence-gap").reason().arguments()).containsExactly("host:hall-0", "3");
    assertThat(scene.only("equivocation").severity()).isEqualTo(Severity.HIGH);
  }

  // ---- the fold

  @Test
  void the_same_evidence_in_another_order_between_ticks_finds_the_same() {
    List<String> first = shuffled(1);
    assertThat(first).isNotEmpty();
    for (int seed = 2; seed < 12; seed++) {
      assertThat(shuffled(seed)).isEqualTo(first);
    }
  }

  /** A month of a small site, its chips heard in an order of chance between two ticks. */
  private static List<String> shuffled(long seed) {
    WatchScene month = new WatchScene();
    month.site("hall", 4);
    month.declare("other-0", "other", "DE", WatchScene.FRANKFURT);
    Random random = new Random(seed);
    for (int hour = 1; hour < 24 * 14; hour += 6) {
      List<List<Evidence>> words = new ArrayList<>();
      for (int host = 0; host < 4; host++) {
        String name = "hall-" + host;
        if (host == 0 && hour > 24 * 4) {
          continue;
        }
        for (String chip : chips(name, 8)) {
          boolean carried = chip.equals("hall-1-chip-3") && hour > 24 * 6;
          words.add(
              List.of(
                  carried
                      ? signed(chip, "hall-2", hour, switches("hall-2"))
                      : signed(chip, name, hour, switches(name))));
        }
      }
      Collections.shuffle(words, random);
      words.forEach(each -> each.forEach(month::say));
      month.tick(hour + 1);
    }
    return month.findings.stream()
        .map(each -> each.at() + " " + each.kind() + " " + each.subject() + " " + each.reason())
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  @Test
  void whatever_is_told_has_a_sentence_in_three_languages() {
    Set<String> kinds =
        Set.of(
            "evidence-gap",
            "equivocation",
            "other-site",
            "outside-territory",
            "key-in-two-places",
            "proximity-lost",
            "identity-swapped",
            "identity-in-two-places",
            "chip-at-other-site",
            "other-chassis",
            "transfer-contradicted",
            "outside-licence",
            "silent-after-inspection",
            "long-silent-after-inspection",
            "board-silent",
            "site-silent",
            "cohesion-lost",
            "fewer-inspected",
            "power-too-small",
            "evidence-missing",
            "telemetry-impossible");
    for (String language : List.of("en", "zh", "ja")) {
      MessageCatalogue catalogue = MessageCatalogue.in(Locale.of(language));
      for (String kind : kinds) {
        assertThat(catalogue.say("watch." + kind, "A", "B", "C", "D", "E")).contains("A");
      }
    }
  }
}
