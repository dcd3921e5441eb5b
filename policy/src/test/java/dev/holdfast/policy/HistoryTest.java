package dev.holdfast.policy;

import static dev.holdfast.policy.Outcome.CASE_BY_CASE;
import static dev.holdfast.policy.Outcome.EMBARGOED_OR_LISTED;
import static dev.holdfast.policy.Outcome.EXCEPTION;
import static dev.holdfast.policy.Outcome.NO_LICENCE_REQUIRED;
import static dev.holdfast.policy.Outcome.PRESUMPTION_OF_APPROVAL;
import static dev.holdfast.policy.Outcome.PRESUMPTION_OF_DENIAL;
import static dev.holdfast.policy.Outcome.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.policy.TraceLine.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The record tells the history of the law as it was. */
final class HistoryTest {
  private static final String ANNOUNCED = "2025-12-10";
  private static final String RULED = "2026-02-01";

  @Test
  void h200_to_china_was_to_be_denied_although_the_announcement_had_been_made() {
    Decision decision = Asking.of("H200").to("CN").on(ANNOUNCED).decide();

    assertThat(decision.outcome()).isEqualTo(PRESUMPTION_OF_DENIAL);
    assertThat(Asking.rules(decision)).contains("AC2023.denial", "AC2023.dest", "AC2023.a1");
    assertThat(Asking.line(decision, "ANN20251208").result()).isEqualTo(Result.WITHOUT_EFFECT);
    assertThat(Asking.line(decision, "H200RULE").result()).isEqualTo(Result.NOT_YET);
  }

  @Test
  void h200_to_china_is_case_by_case_with_conditions_once_the_rule_is_in_force() {
    Decision decision = Asking.of("H200").to("CN").on(RULED).decide();

    assertThat(decision.outcome()).isEqualTo(CASE_BY_CASE);
    assertThat(decision.decidedBy().getFirst().id()).isEqualTo("H200RULE");
    assertThat(decision.decidedBy().getFirst().citation()).isEqualTo("91 FR 1684");
    assertThat(decision.conditions()).hasSize(5).anyMatch(each -> each.contains("third party"));
    assertThat(decision.changes())
        .contains(
            new Decision.Change("date", "2026-01-14", PRESUMPTION_OF_DENIAL),
            new Decision.Change("kind", "reexport", PRESUMPTION_OF_DENIAL),
            new Decision.Change("tpp", "= 21,000", PRESUMPTION_OF_DENIAL),
            new Decision.Change("memoryBandwidth", "= 6,500", PRESUMPTION_OF_DENIAL));
  }

  @Test
  void what_was_not_yet_published_is_not_known() {
    Decision decision = Asking.of("H200").to("CN").on(RULED).knownOn(ANNOUNCED).decide();

    assertThat(decision.outcome()).isEqualTo(PRESUMPTION_OF_DENIAL);
    assertThat(decision.trace()).noneMatch(line -> line.rule().equals("H200RULE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"B200", "B300", "GB200", "GB300", "Rubin"})
  void blackwell_and_rubin_to_china_are_to_be_denied_on_both_days(String item) {
    for (String day : new String[] {ANNOUNCED, RULED}) {
      Decision decision = Asking.of(item).to("CN").on(day).decide();
      assertThat(decision.outcome()).as(day).isEqualTo(PRESUMPTION_OF_DENIAL);
      assertThat(decision.classification().paragraph()).contains("3A090.a.1");
    }
  }

  @Test
  void h20_needs_a_licence_by_its_letter_and_not_before() {
    assertThat(Asking.of("H20").to("CN").parent("CN").on("2025-04-01").decide().outcome())
        .isEqualTo(NO_LICENCE_REQUIRED);

    Decision decision = Asking.of("H20").to("CN").parent("CN").on(RULED).decide();
    assertThat(decision.outcome()).isEqualTo(UNDETERMINED);
    assertThat(decision.licence()).contains(true);
    assertThat(decision.possible()).isEmpty();
    assertThat(decision.decidedBy().getFirst().id()).isEqualTo("H20INFORM");
    assertThat(decision.classification().paragraph()).contains("none");
  }

  @Test
  void h200_re_exported_to_china_keeps_the_presumption_of_denial() {
    Decision decision =
        Asking.of("H200").to("CN").kind(Kind.REEXPORT).from("SG").on(RULED).decide();

    assertThat(decision.outcome()).isEqualTo(PRESUMPTION_OF_DENIAL);
    assertThat(Asking.rules(decision)).contains("H200RULE.excl");
  }

  @Test
  void the_diffusion_rule_is_shown_and_not_applied() {
    Decision decision = Asking.of("H200").to("MY").parent("MY").on(RULED).decide();

    assertThat(decision.outcome()).isEqualTo(NO_LICENCE_REQUIRED);
    TraceLine line = Asking.line(decision, "AIDIFF");
    assertThat(line.status()).isEqualTo(Status.NOT_ENFORCED);
    assertThat(line.result()).isEqualTo(Result.WITHOUT_EFFECT);
  }

  @Test
  void the_diffusion_rule_was_to_apply_as_it_was_known_before_it_was_given_up() {
    Decision decision =
        Asking.of("H200").to("MY").parent("MY").on("2025-06-01").knownOn("2025-03-01").decide();

    assertThat(decision.licence()).contains(true);
    assertThat(Asking.line(decision, "AIDIFF").result()).isEqualTo(Result.APPLIES);
  }

  @Test
  void the_conflict_over_the_a100_of_40_gb_is_shown() {
    Decision decision = Asking.of("A100 40GB").to("CN").on(RULED).decide();

    Classification shown = decision.classification();
    assertThat(shown.conflict()).isTrue();
    assertThat(shown.tpp()).isEqualTo(Span.of(4992));
    assertThat(shown.paragraph()).contains("3A090.a.1");
    assertThat(shown.vendorTpp()).contains(3822.0);
    assertThat(shown.vendorParagraph()).contains("3A090.b.1");
    assertThat(shown.vendorEccn()).contains("4A090.a");
    assertThat(decision.cautions()).anyMatch(each -> each.code().equals("policy.caution.conflict"));
    assertThat(decision.outcome()).isEqualTo(CASE_BY_CASE);
  }

  @Test
  void cambodia_left_d5_on_the_third_of_february_2026() {
    Decision before = Asking.of("H200").to("KH").parent("KH").on("2026-02-02").decide();
    Decision after = Asking.of("H200").to("KH").parent("KH").on("2026-02-03").decide();

    assertThat(before.outcome()).isEqualTo(PRESUMPTION_OF_DENIAL);
    assertThat(after.outcome()).isEqualTo(PRESUMPTION_OF_APPROVAL);
    assertThat(Asking.rules(after)).contains("AC2023.approval");
  }

  @Test
  void a_party_in_singapore_is_asked_where_its_parent_sits() {
    assertThat(Asking.of("H200").to("SG").parent("SG").on(RULED).decide().outcome())
        .isEqualTo(NO_LICENCE_REQUIRED);

    Decision chinese = Asking.of("H200").to("SG").parent("CN").on(RULED).decide();
    assertThat(chinese.outcome()).isEqualTo(PRESUMPTION_OF_DENIAL);
    assertThat(Asking.rules(chinese)).contains("AC2023.hq");

    Decision unsaid = Asking.of("H200").to("SG").on(RULED).decide();
    assertThat(unsaid.outcome()).isEqualTo(UNDETERMINED);
    assertThat(unsaid.dependsOn()).containsExactly("parentHq");
    assertThat(unsaid.possible())
        .extracting(Decision.Possibility::outcome)
        .containsExactly(NO_LICENCE_REQUIRED, PRESUMPTION_OF_DENIAL);
  }

  @Test
  void the_rule_of_2022_asked_for_the_interconnect() {
    assertThat(Asking.of("A100 80GB").to("CN").parent("CN").on("2023-05-01").decide().outcome())
        .isEqualTo(PRESUMPTION_OF_DENIAL);
    assertThat(Asking.of("A800").to("CN").parent("CN").on("2023-05-01").decide().outcome())
        .isEqualTo(NO_LICENCE_REQUIRED);
    assertThat(Asking.of("A800").to("CN").parent("CN").on("2023-11-17").decide().outcome())
        .isEqualTo(PRESUMPTION_OF_DENIAL);
  }

  @Test
  void a_card_for_players_goes_by_an_exception_with_notice() {
    Decision decision = Asking.of("RTX 4090").to("CN").parent("CN").on(RULED).decide();

    assertThat(decision.outcome()).isEqualTo(EXCEPTION);
    assertThat(decision.decidedBy().getFirst().id()).isEqualTo("NAC");
    assertThat(decision.conditions()).anyMatch(each -> each.contains("25 calendar days"));
    assertThat(decision.licence()).contains(false);
  }

  @Test
  void embargoes_stand_above_all() {
    assertThat(Asking.of("L2").to("IR").parent("IR").on(RULED).decide().outcome())
        .isEqualTo(EMBARGOED_OR_LISTED);
    assertThat(Asking.of("H20").to("RU").parent("RU").on(RULED).decide().outcome())
        .isEqualTo(EMBARGOED_OR_LISTED);
  }

  @Test
  void what_is_not_published_leaves_it_undetermined() {
    Decision decision = Asking.of("MI308X").to("CN").parent("CN").on(RULED).decide();

    assertThat(decision.outcome()).isEqualTo(UNDETERMINED);
    assertThat(decision.dependsOn()).contains("tpp");
    assertThat(decision.possible())
        .extracting(Decision.Possibility::outcome)
        .contains(NO_LICENCE_REQUIRED, PRESUMPTION_OF_DENIAL);
  }

  @Test
  void what_the_groups_of_a_country_stand_on_is_said() {
    assertThat(codes(Asking.of("H200").to("CN").parent("TH").on("2024-01-01").decide()))
        .contains("policy.caution.groups-assumed", "policy.caution.no-groups");
    assertThat(codes(Asking.of("H200").to("KH").parent("KH").on("2026-01-01").decide()))
        .contains("policy.caution.groups")
        .doesNotContain("policy.caution.groups-assumed");
    assertThat(codes(Asking.of("H200").to("CN").parent("CN").on("2026-07-09").decide()))
        .doesNotContain("policy.caution.groups-assumed", "policy.caution.no-groups");
  }

  private static List<String> codes(Decision decision) {
    return decision.cautions().stream().map(each -> each.code()).toList();
  }

  @Test
  void who_makes_an_item_that_is_described_is_not_guessed_either() {
    Asking described =
        Asking.of("mine")
            .with("tpp", "1000")
            .with("dieArea", "800")
            .with("memoryBandwidth", "4000")
            .with("interconnect", "600")
            .with("market", "datacenter")
            .to("CN")
            .parent("CN")
            .on(RULED);

    Decision decision = described.decide();
    assertThat(decision.outcome()).isEqualTo(UNDETERMINED);
    assertThat(decision.dependsOn()).containsExactly("vendor");
    assertThat(described.with("vendor", "AMD").decide().outcome()).isEqualTo(NO_LICENCE_REQUIRED);
    assertThat(described.with("vendor", "NVIDIA").decide().decidedBy().getFirst().id())
        .isEqualTo("H20INFORM");
  }

  private static Asking middling() {
    return Asking.of("mine")
        .with("tpp", "3000")
        .with("dieArea", "800")
        .with("memoryBandwidth", "4800")
        .with("interconnect", "900")
        .with("market", "datacenter")
        .to("CN")
        .parent("CN")
        .on(RULED);
  }

  @Test
  void a_vendor_that_is_spelled_otherwise_is_no_other() {
    assertThat(middling().with("vendor", "nvidia").decide().decidedBy().getFirst().id())
        .isEqualTo("H20INFORM");
    assertThat(middling().with("vendor", "other").decide().outcome()).isEqualTo(EXCEPTION);
  }

  @Test
  void an_exception_does_not_lift_the_letter() {
    Decision decision = middling().with("vendor", "NVIDIA").decide();

    assertThat(decision.classification().paragraph()).contains("3A090.b.1");
    assertThat(decision.outcome()).isEqualTo(UNDETERMINED);
    assertThat(decision.licence()).contains(true);
  }

  @Test
  void a_transfer_outside_macau_and_d5_to_those_from_there_needs_notice() {
    Asking asking = Asking.of("RTX 4090").kind(Kind.TRANSFER).parent("CN").on(RULED);

    assertThat(asking.to("SG").decide().decidedBy().getFirst().id()).isEqualTo("NAC");
    assertThat(asking.to("CN").decide().decidedBy().getFirst().id()).isEqualTo("ACA");
  }

  @Test
  void a_rule_of_which_nobody_knows_what_holds_leaves_open_what_it_may_change() {
    Asking asking =
        Asking.of("B200").to("CN").parent("CN").with("ownedByListed", "yes").on("2026-12-01");
    Decision denied = asking.decide();
    assertThat(denied.outcome()).isEqualTo(UNDETERMINED);
    assertThat(denied.licence()).contains(true);
    assertThat(denied.decidedBy().getFirst().id()).isEqualTo("AFFIL50");

    Decision free = asking.with("item", "L2").to("SG").parent("SG").decide();
    assertThat(free.outcome()).isEqualTo(UNDETERMINED);
    assertThat(free.licence()).isEmpty();
    assertThat(asking.to("IR").decide().outcome()).isEqualTo(EMBARGOED_OR_LISTED);
  }

  @Test
  void an_unknown_die_area_decides_nothing_where_a_bound_does() {
    Decision decision = Asking.of("TPU v5e").to("CN").parent("CN").on(RULED).decide();

    assertThat(decision.classification().paragraphs())
        .containsExactlyInAnyOrder("3A090.a.2", "3A090.b.1");
    assertThat(decision.classification().unverified()).contains("3A090.a.2");
    assertThat(Asking.of("MI350X").to("CN").parent("CN").on(RULED).decide().outcome())
        .isEqualTo(PRESUMPTION_OF_DENIAL);
  }
}
