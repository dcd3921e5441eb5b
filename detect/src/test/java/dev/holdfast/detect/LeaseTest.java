package dev.holdfast.detect;

import static dev.holdfast.detect.WatchScene.chips;
import static dev.holdfast.detect.WatchScene.hour;
import static dev.holdfast.detect.WatchScene.inspected;
import static dev.holdfast.detect.WatchScene.licensed;
import static dev.holdfast.detect.WatchScene.round;
import static dev.holdfast.detect.WatchScene.signed;
import static dev.holdfast.detect.WatchScene.switches;
import static dev.holdfast.detect.WatchScene.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.Evidence.Demand;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Reason;
import dev.holdfast.model.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whether a host gets a lease. */
final class LeaseTest {
  private final WatchScene scene = new WatchScene();

  /**
   * A host at its site, measured at hour 10 by two operators, its two chips signed and licensed.
   */
  private void sound() {
    scene.site("hall", 1);
    scene.sign("hall-0", 2, 9);
    scene.say(licensed(chips("hall-0", 2), Map.of()));
    measured(10);
  }

  private void measured(double hours) {
    scene.say(round("hall-0", Rounds.NEAR, 1, hours));
    scene.say(round("hall-0", Rounds.NEAR_TOO, 1, hours + 0.01));
  }

  private LeaseDecision at(double hours) {
    return scene.watch.lease(new TargetId("hall-0"), hour(hours), LeaseTerms.USUAL);
  }

  private LeaseDecision.Granted granted(double hours) {
    LeaseDecision decision = at(hours);
    assertThat(decision).isInstanceOf(LeaseDecision.Granted.class);
    return (LeaseDecision.Granted) decision;
  }

  private void refused(double hours, String... codes) {
    assertThat(at(hours))
        .isInstanceOfSatisfying(
            LeaseDecision.Refused.class,
            refused -> {
              assertThat(refused.reasons())
                  .extracting(each -> each.code().replace("reason.no-lease-", ""))
                  .containsExactly(codes);
              refused.reasons().forEach(LeaseTest::said);
            });
  }

  private static void said(Reason reason) {
    MessageCatalogue.LANGUAGES.forEach(language -> {
      String sentence = MessageCatalogue.in(language).say(reason.code(), reason.arguments());
      assertThat(sentence).doesNotContain("{");
      reason.arguments().forEach(argument -> assertThat(sentence).contains(argument));
    });
  }

  private static Licensed licence(
      String number, Set<String> models, Set<String> sites, String destination, double until) {
    return new Licensed(
        number,
        new TreeSet<>(),
        new TreeSet<>(models),
        "operator",
        new TreeSet<>(Set.of(destination)),
        new TreeSet<>(sites),
        WatchScene.START,
        hour(until),
        new TreeMap<>(),
        WatchScene.START,
        true);
  }

  @Test
  void a_host_at_its_site_with_chips_that_signed_under_a_licence_gets_a_lease() {
    sound();
    LeaseDecision.Granted granted = granted(10.1);
    assertThat(granted.site()).isEqualTo("hall");
    assertThat(granted.key()).isEqualTo("key of hall-0");
    assertThat(granted.chips()).containsExactlyElementsOf(chips("hall-0", 2));
    assertThat(granted.licences()).containsExactly("L-1");
    assertThat(granted.until()).isEqualTo(hour(11.1));
    assertThat(granted.simulated()).isTrue();
    assertThat(at(10.1)).isEqualTo(granted);
  }

  @Test
  void a_host_that_nobody_declares_gets_none() {
    refused(1, "undeclared");
    scene.sign("hall-0", 2, 9);
    measured(10);
    refused(10.1, "undeclared");
  }

  @Test
  void a_declared_host_of_which_nothing_is_known_gets_none_and_is_told_all_that_is_missing() {
    scene.site("hall", 1);
    refused(1, "rounds-none", "chips-none");
  }

  @Test
  void rounds_are_of_the_last_half_hour_and_of_two_operators() {
    sound();
    granted(10.5);
    refused(10.505, "rounds-few");
    refused(10.6, "rounds-old");
    scene.say(round("hall-0", Rounds.NEAR, 1, 10.6));
    refused(10.6, "rounds-few");
    measured(10.6);
    granted(10.7);
  }

  @Test
  void a_host_that_was_moved_is_measured_anew_first() {
    sound();
    scene.declare("hall-0", "other", "JP", WatchScene.OSAKA);
    refused(10.1, "rounds-none");
  }

  @Test
  void a_host_that_is_elsewhere_gets_none_until_it_is_at_home_again() {
    sound();
    scene.say(round("hall-0", Rounds.FAR, 2, 10.2));
    scene.say(round("hall-0", Rounds.FAR_TOO, 8, 10.21));
    scene.say(round("hall-0", Rounds.FAR_ALSO, 9, 10.22));
    refused(10.3, "other-site", "outside-territory");
    measured(10.6);
    granted(10.7);
  }

  @Test
  void a_key_in_two_places_gets_none() {
    sound();
    scene.say(round("hall-0", Rounds.FAR, 1, 10.02));
    refused(10.1, "two-places");
    measured(10.3);
    granted(10.3);
  }

  @Test
  void every_chip_signed_itself_within_a_day() {
    sound();
    measured(33);
    granted(33);
    measured(33.5);
    refused(33.5, "chip-old", "chip-old");
    scene.say(signed("hall-0-chip-0", "hall-0", 33.5, switches("hall-0")));
    refused(33.5, "chip-old");
    scene.say(signed("hall-0-chip-1", "hall-0", 33.5, switches("hall-0")));
    granted(33.6);
  }

  @Test
  void a_chip_of_which_its_host_alone_speaks_is_not_passed_over() {
    sound();
    scene.say(told("hall-0", 10, Map.of("another-chip", "another label")));
    refused(10.1, "chip-unsigned", "unlicensed");
  }

  @Test
  void a_chip_that_signs_in_another_host_is_no_more_in_this_one() {
    sound();
    scene.declare("hall-1", "hall", "JP", WatchScene.OSAKA);
    scene.say(signed("hall-0-chip-1", "hall-1", 10, switches("hall-0")));
    assertThat(granted(10.1).chips()).containsExactly("hall-0-chip-0");
  }

  @Test
  void switches_need_no_licence() {
    sound();
    scene.say(signed("hall-0-s1", "hall-0", 10, switches("other")));
    assertThat(granted(10.1).chips()).hasSize(2);
  }

  @Test
  void chips_are_under_a_licence_by_name_by_label_or_by_model() {
    scene.site("hall", 1);
    scene.sign("hall-0", 2, 9);
    measured(10);
    refused(10.1, "unlicensed", "unlicensed");
    scene.say(licensed(List.of("rom hall-0-chip-0"), Map.of()));
    refused(10.1, "unlicensed");
    scene.say(licence("L-2", Set.of("GH100"), Set.of(), "JP", 1000));
    assertThat(granted(10.1).licences()).containsExactly("L-1", "L-2");
  }

  @Test
  void a_licence_is_in_force_and_for_the_place_and_a_lease_ends_with_it() {
    scene.site("hall", 1);
    scene.sign("hall-0", 1, 9);
    measured(10);
    scene.say(licence("L-2", Set.of("GH100"), Set.of("other hall"), "JP", 1000));
    refused(10.1, "licence-place");
    scene.say(licence("L-3", Set.of("GH100"), Set.of(), "DE", 1000));
    refused(10.1, "licence-place", "licence-place");
    scene.say(licence("L-4", Set.of("GH100"), Set.of(), "JP", 10.4));
    LeaseDecision.Granted granted = granted(10.1);
    assertThat(granted.licences()).containsExactly("L-4");
    assertThat(granted.until()).isEqualTo(hour(10.4));
    refused(10.4, "licence-place", "licence-place", "licence-time");
  }

  @Test
  void what_a_licence_demands_is_shown_in_its_time() {
    scene.site("hall", 1);
    scene.sign("hall-0", 1, 9);
    scene.say(
        licensed(
            chips("hall-0", 1),
            Map.of(
                Demand.INSPECTION,
                Duration.ofHours(48),
                Demand.SIGNATURES,
                Duration.ofHours(12),
                Demand.ROUNDS,
                Duration.ofHours(1))));
    measured(10);
    granted(10.1);
    measured(21);
    refused(21, "licence-demand");
    scene.sign("hall-0", 1, 47);
    measured(48);
    refused(48, "licence-demand");
    scene.say(inspected("hall", 1, 48, chips("hall-0", 1)));
    granted(48.1);
  }

  @Test
  void no_more_reasons_are_told_than_somebody_reads() {
    scene.site("hall", 1);
    scene.sign("hall-0", 300, 9);
    assertThat(at(10))
        .isInstanceOfSatisfying(
            LeaseDecision.Refused.class,
            refused -> assertThat(refused.reasons()).hasSize(LeaseDecision.MOST_REASONS));
    scene.say(licence("L-2", Set.of("GH100"), Set.of(), "JP", 1000));
    measured(10);
    refused(10.1, "chips-many");
  }

  @Test
  void asking_changes_nothing() {
    sound();
    Instant before = scene.watch.tick(hour(10)).next().orElseThrow();
    scene.watch.lease(new TargetId("nobody"), hour(10), LeaseTerms.USUAL);
    granted(10.1);
    assertThat(scene.watch.tick(hour(10)).next()).contains(before);
  }

  @Test
  void terms_that_cannot_be_are_refused() {
    Duration hour = Duration.ofHours(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeaseTerms(hour.plusSeconds(1), hour, 1, hour));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeaseTerms(hour, Duration.ZERO, 1, hour));
    assertThatIllegalArgumentException().isThrownBy(() -> new LeaseTerms(hour, hour, 0, hour));
    assertThatIllegalArgumentException().isThrownBy(() -> new LeaseDecision.Refused(List.of()));
  }

  @Test
  void every_reason_of_the_catalogue_is_one_of_these() {
    assertThat(MessageCatalogue.in(Locale.ENGLISH).keys())
        .filteredOn(key -> key.startsWith("reason.no-lease-"))
        .extracting(key -> key.replace("reason.no-lease-", ""))
        .containsExactlyInAnyOrder(
            "undeclared",
            "rounds-old",
            "rounds-none",
            "rounds-few",
            "other-site",
            "outside-territory",
            "two-places",
            "chips-none",
            "chips-many",
            "chip-unsigned",
            "chip-old",
            "unlicensed",
            "licence-time",
            "licence-place",
            "licence-demand",
            "other-key",
            "over");
  }
}
