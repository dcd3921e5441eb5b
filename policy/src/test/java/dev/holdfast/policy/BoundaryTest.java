package dev.holdfast.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Decisions at, just below and just above every threshold, for every combination of country groups,
 * against the text of the law written a second time, by hand, in this test.
 */
final class BoundaryTest {
  private static final double LEAST = 0.001;

  /** At, just below and just above. */
  private static List<Double> around(double... thresholds) {
    List<Double> all = new ArrayList<>();
    for (double threshold : thresholds) {
      all.addAll(List.of(threshold - LEAST, threshold, threshold + LEAST));
    }
    return all;
  }

  private static final List<Double> PERFORMANCES = around(1600, 2400, 4800, 21_000);
  private static final List<Double> DENSITIES = around(1.6, 3.2, 5.92);
  private static final List<Double> BANDWIDTHS = around(4000, 6500);

  private static final boolean THOROUGH =
      "thorough".equals(System.getProperty("holdfast.counts", "gate"));

  /** ECCN 3A090 of 2023, in the order of its paragraphs. */
  private static String paragraph(double tpp, double density, boolean dataCentre) {
    if (tpp >= 4800) {
      return "3A090.a.1";
    }
    if (!dataCentre) {
      return "none";
    }
    if (tpp >= 1600 && density >= 5.92) {
      return "3A090.a.2";
    }
    if (tpp >= 2400 && density >= 1.6) {
      return "3A090.b.1";
    }
    return tpp >= 1600 && density >= 3.2 ? "3A090.b.2" : "none";
  }

  private static Law law(String on, String known) {
    return Asking.DECIDER.law(LocalDate.parse(on), LocalDate.parse(known));
  }

  private static Facts facts(
      double tpp,
      double density,
      double bandwidth,
      boolean dataCentre,
      Kind kind,
      String from,
      String to,
      String headquarters) {
    return new Facts(
        tpp,
        density,
        bandwidth,
        0,
        dataCentre,
        "",
        "",
        kind,
        from,
        to,
        headquarters,
        "",
        false,
        false);
  }

  @Test
  void every_threshold_of_performance_and_density_divides_as_the_law_says() {
    Law law = law("2026-02-01", "2026-02-01");
    int tried = 0;
    for (double tpp : PERFORMANCES) {
      for (double density : DENSITIES) {
        for (boolean dataCentre : new boolean[] {true, false}) {
          Ruling ruling =
              law.rule(facts(tpp, density, 1000, dataCentre, Kind.EXPORT, "US", "SG", "SG"));
          assertThat(ruling.paragraph())
              .as("%s %s %s", tpp, density, dataCentre)
              .isEqualTo(paragraph(tpp, density, dataCentre));
          tried++;
        }
      }
    }
    assertThat(tried).isEqualTo(12 * 9 * 2);
  }

  /** All combinations of the groups that any rule asks for, with a country in just these. */
  static List<Set<String>> combinations() {
    List<String> groups = List.of("A:5", "A:6", "D:1", "D:4", "D:5", "E:1", "E:2");
    List<Set<String>> all = new ArrayList<>();
    for (int bits = 0; bits < 1 << groups.size(); bits++) {
      Set<String> some = new TreeSet<>();
      for (int i = 0; i < groups.size(); i++) {
        if ((bits >> i & 1) == 1) {
          some.add(groups.get(i));
        }
      }
      all.add(some);
    }
    return all;
  }

  /** The law of 2026-02-01 on an item of 3A090, written by hand. */
  private static Outcome expected(
      double tpp,
      double density,
      double bandwidth,
      boolean dataCentre,
      boolean exportFromHome,
      Kind kind,
      Set<String> to,
      boolean toChina,
      boolean headquartersThere) {
    if (to.contains("E:1") || to.contains("E:2")) {
      return Outcome.EMBARGOED_OR_LISTED;
    }
    String paragraph = paragraph(tpp, density, dataCentre);
    boolean there = to.contains("D:5") || toChina;
    boolean scope =
        (to.contains("D:1") || to.contains("D:4") || to.contains("D:5"))
            && !to.contains("A:5")
            && !to.contains("A:6");
    if (paragraph.equals("none") || !(scope || headquartersThere)) {
      return Outcome.NO_LICENCE_REQUIRED;
    }
    boolean strict = dataCentre && paragraph.startsWith("3A090.a");
    boolean near = to.contains("D:1") || to.contains("D:4");
    if (!strict && (there || headquartersThere || near)) {
      // NAC to Macau and D:5 or those from there, ACA to D:1 and D:4 and within.
      return Outcome.EXCEPTION;
    }
    if (there || headquartersThere) {
      return toChina && tpp < 21_000 && bandwidth < 6500 && exportFromHome && kind == Kind.EXPORT
          ? Outcome.CASE_BY_CASE
          : Outcome.PRESUMPTION_OF_DENIAL;
    }
    return Outcome.PRESUMPTION_OF_APPROVAL;
  }

  @Test
  void every_combination_of_country_groups_is_decided_as_the_law_says() {
    Map<Outcome, Integer> seen = new TreeMap<>();
    for (Set<String> groups : combinations()) {
      for (boolean china : new boolean[] {true, false}) {
        // China is in D:5 by law; the combination that is tried says whether it is here.
        String country = china ? "CN" : "SG";
        Law law = lawWhere(country, groups);
        for (double tpp : THOROUGH ? PERFORMANCES : around(4800, 21_000)) {
          for (double bandwidth : THOROUGH ? BANDWIDTHS : around(6500)) {
            for (boolean dataCentre : new boolean[] {true, false}) {
              for (Kind kind : Kind.values()) {
                for (String headquarters : new String[] {"US", "CN"}) {
                  if (china && headquarters.equals("CN") && !groups.contains("D:5")) {
                    continue;
                  }
                  boolean there = headquarters.equals("CN") && (!china || groups.contains("D:5"));
                  Facts facts =
                      facts(tpp, 5.0, bandwidth, dataCentre, kind, "US", country, headquarters);
                  Outcome expected =
                      expected(
                          tpp,
                          5.0,
                          bandwidth,
                          dataCentre,
                          true,
                          kind,
                          groups,
                          china && groups.contains("D:5"),
                          there);
                  if (china && !groups.contains("D:5")) {
                    // A China outside of D:5 is no case of the law; it is only not to crash.
                    assertThat(law.rule(facts).outcome()).isNotNull();
                    continue;
                  }
                  assertThat(law.rule(facts).outcome())
                      .as("%s %s", groups, facts)
                      .isEqualTo(expected);
                  seen.merge(expected, 1, Integer::sum);
                }
              }
            }
          }
        }
      }
    }
    assertThat(seen.keySet())
        .containsExactlyInAnyOrder(
            Outcome.NO_LICENCE_REQUIRED,
            Outcome.EXCEPTION,
            Outcome.PRESUMPTION_OF_APPROVAL,
            Outcome.CASE_BY_CASE,
            Outcome.PRESUMPTION_OF_DENIAL,
            Outcome.EMBARGOED_OR_LISTED);
  }

  /** The law of 2026-02-01 with a country in other groups, and China in D:5 for headquarters. */
  private static Law lawWhere(String country, Set<String> groups) {
    LocalDate day = LocalDate.parse("2026-02-01");
    List<CountryGroups.Row> rows = new ArrayList<>();
    rows.add(row(country, groups));
    if (!country.equals("CN")) {
      rows.add(row("CN", Set.of("D:1", "D:4", "D:5")));
    }
    return new Law(Asking.RECORD.rules(), new CountryGroups(rows), day, day);
  }

  private static CountryGroups.Row row(String country, Set<String> groups) {
    Days always = new Days(LocalDate.EPOCH, null);
    return new CountryGroups.Row(
        country, country, groups, always, always, null, "", "this test", 0);
  }

  @Test
  void macau_is_treated_as_d5_although_it_is_not_in_it() {
    Law law = law("2026-02-01", "2026-02-01");
    assertThat(law.groups("MO")).doesNotContain("D:5");
    for (String to : List.of("MO", "CN", "HK")) {
      assertThat(law.rule(facts(22_000, 20, 8000, true, Kind.EXPORT, "US", to, "US")).outcome())
          .isEqualTo(Outcome.PRESUMPTION_OF_DENIAL);
      assertThat(law.rule(facts(20_000, 20, 4000, true, Kind.EXPORT, "US", to, "US")).outcome())
          .isEqualTo(Outcome.CASE_BY_CASE);
    }
    assertThat(law.rule(facts(20_000, 20, 4000, true, Kind.EXPORT, "US", "SG", "MO")).outcome())
        .isEqualTo(Outcome.PRESUMPTION_OF_DENIAL);
  }

  /** The last day before each turn of the law for an item to China, and the day itself. */
  static List<List<String>> turns() {
    return List.of(
        List.of("H20", "CN", "2025-04-08", "no-licence-required", "undetermined"),
        List.of("H200", "CN", "2026-01-14", "presumption-of-denial", "case-by-case"),
        List.of("A800", "CN", "2023-11-16", "no-licence-required", "presumption-of-denial"),
        List.of("RTX 4090", "CN", "2023-11-16", "no-licence-required", "exception"),
        List.of("A100 80GB", "MO", "2023-01-16", "no-licence-required", "presumption-of-denial"),
        List.of("H200", "KH", "2026-02-02", "presumption-of-denial", "presumption-of-approval"),
        List.of("H200", "NI", "2024-03-14", "no-licence-required", "presumption-of-denial"));
  }

  @ParameterizedTest
  @MethodSource("turns")
  void the_law_turns_on_its_day_and_not_the_day_before(List<String> turn) {
    LocalDate last = LocalDate.parse(turn.get(2));
    Asking asking = Asking.of(turn.get(0)).to(turn.get(1)).parent("US");

    assertThat(asking.on(last.toString()).decide().outcome().word()).isEqualTo(turn.get(3));
    assertThat(asking.on(last.plusDays(1).toString()).decide().outcome().word())
        .isEqualTo(turn.get(4));
  }

  @Test
  void every_row_is_tested_from_its_first_day_to_its_last_and_on_no_other() {
    int tried = 0;
    for (Rule row : Asking.RECORD.rules()) {
      if (!row.isTested()) {
        continue;
      }
      LocalDate known = row.recorded().first();
      LocalDate on = row.valid().first();
      assertThat(isTested(row, on, known)).as(row.toString()).isTrue();
      assertThat(isTested(row, on.minusDays(1), known)).as(row.toString()).isFalse();
      assertThat(isTested(row, on, known.minusDays(1))).as(row.toString()).isFalse();
      LocalDate last = row.valid().last();
      if (last != null) {
        assertThat(isTested(row, last, known)).as(row.toString()).isTrue();
        assertThat(isTested(row, last.plusDays(1), known)).as(row.toString()).isFalse();
      }
      LocalDate lastKnown = row.recorded().last();
      if (lastKnown != null) {
        assertThat(isTested(row, on, lastKnown)).as(row.toString()).isTrue();
        assertThat(isTested(row, on, lastKnown.plusDays(1))).as(row.toString()).isFalse();
      }
      tried++;
    }
    assertThat(tried).isGreaterThan(50);
  }

  private static boolean isTested(Rule row, LocalDate on, LocalDate known) {
    return Asking.DECIDER.law(on, known).tested(row.stage()).contains(row);
  }

  @Test
  void the_rule_of_2022_divides_at_600_and_4800() {
    Law law = law("2023-05-01", "2023-05-01");
    for (double tpp : around(4800)) {
      for (double interconnect : around(600)) {
        Facts facts =
            new Facts(
                tpp,
                1,
                1000,
                interconnect,
                true,
                "",
                "",
                Kind.EXPORT,
                "US",
                "CN",
                "US",
                "",
                false,
                false);
        assertThat(law.rule(facts).outcome())
            .as("%s %s", tpp, interconnect)
            .isEqualTo(
                tpp >= 4800 && interconnect >= 600
                    ? Outcome.PRESUMPTION_OF_DENIAL
                    : Outcome.NO_LICENCE_REQUIRED);
      }
    }
  }

  @Test
  void the_letter_begins_at_the_bandwidths_of_the_h20() {
    Law law = law("2026-02-01", "2026-02-01");
    for (double bandwidth : around(4000)) {
      for (double interconnect : around(900)) {
        for (String vendor : List.of("NVIDIA", "AMD")) {
          Facts facts =
              new Facts(
                  1000,
                  1,
                  bandwidth,
                  interconnect,
                  true,
                  vendor,
                  "",
                  Kind.EXPORT,
                  "US",
                  "CN",
                  "US",
                  "",
                  false,
                  false);
          boolean reached = vendor.equals("NVIDIA") && (bandwidth >= 4000 || interconnect >= 900);
          assertThat(law.rule(facts).outcome())
              .as("%s %s %s", bandwidth, interconnect, vendor)
              .isEqualTo(reached ? Outcome.UNDETERMINED : Outcome.NO_LICENCE_REQUIRED);
        }
      }
    }
  }

  @Test
  void the_duty_of_2026_holds_the_ends_of_its_windows() {
    Law law = law("2026-02-01", "2026-02-01");
    for (double tpp : around(14_000, 17_500, 20_800, 21_100)) {
      for (double bandwidth : around(4500, 5000, 5800, 6200)) {
        boolean due =
            (tpp >= 14_000 && tpp <= 17_500 && bandwidth >= 4500 && bandwidth <= 5000)
                || (tpp >= 20_800 && tpp <= 21_100 && bandwidth >= 5800 && bandwidth <= 6200);
        assertThat(
                law
                    .rule(facts(tpp, 20, bandwidth, true, Kind.EXPORT, "JP", "US", "US"))
                    .notices()
                    .stream()
                    .anyMatch(rule -> rule.id().equals("TARIFF25")))
            .as("%s %s", tpp, bandwidth)
            .isEqualTo(due);
      }
    }
  }

  @Test
  void a_density_is_as_exact_as_its_decimals() {
    // 592 of 100 mm² is 5.92 and no less, whatever binary fractions make of it.
    assertThat(Accelerator.density(Span.of(1776), Span.of(300))).isEqualTo(Span.of(5.92));
    assertThat(Accelerator.density(Span.of(4799.9), Span.of(810.8)).least()).isLessThan(5.92);
    Accelerator third =
        new Accelerator(
            "x",
            List.of(),
            "",
            "",
            "",
            "datacenter",
            new EnumMap<>(Map.of(Format.INT8, new BigDecimal("299.3"))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "unknown",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "",
            "",
            "");
    assertThat(third.tpp()).isEqualTo(Span.of(2394.4));
  }
}
