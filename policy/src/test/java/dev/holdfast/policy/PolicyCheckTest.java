package dev.holdfast.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a record must be before anybody decides by it. */
final class PolicyCheckTest {
  private static final String RULES = PolicyFiles.RULES;

  @Test
  void the_record_that_holdfast_carries_is_proved() {
    PolicyCheck.Report report = PolicyCheck.check(PolicyFiles.builtIn(), cells -> {});

    assertThat(report.problems()).isEmpty();
    assertThat(report.rows()).isEqualTo(Asking.RECORD.rules().size());
    assertThat(report.laws()).isGreaterThan(20);
    assertThat(report.cells()).isGreaterThan(10_000);
  }

  @Test
  void a_band_that_ends_too_early_leaves_a_gap() {
    assertThat(
            changed(
                "tpp < 4800.0 && performanceDensity >= 1.6",
                "tpp < 4700.0 && performanceDensity >= 1.6"))
        .anySatisfy(problem -> {
          assertThat(problem.code()).isEqualTo(ErrorCode.BAND_GAP);
          assertThat(problem.reason()).contains("class: no rule applies", "tpp = 4,700");
        });
  }

  @Test
  void a_band_that_begins_too_early_overlaps() {
    assertThat(changed("dataCentre && (tpp < 1600.0", "dataCentre && (tpp <= 1600.0"))
        .anySatisfy(problem -> {
          assertThat(problem.code()).isEqualTo(ErrorCode.BAND_OVERLAP);
          assertThat(problem.reason()).contains("AC2023.none", "tpp = 1,600");
        });
  }

  @Test
  void a_threshold_that_leaves_out_its_own_value_is_found() {
    assertThat(
            changed("\"tpp >= 4800.0\"", "\"tpp > 4800.0\"", ",tpp >= 4800.0,", ",tpp > 4800.0,"))
        .anySatisfy(problem -> {
          assertThat(problem.code()).isEqualTo(ErrorCode.BAND_GAP);
          assertThat(problem.reason()).contains("tpp = 4,800");
        });
  }

  @Test
  void a_requirement_without_a_review_is_a_gap_and_one_with_two_an_overlap() {
    assertThat(
            changed(
                ",D:1|D:4|-MO|-D:5,-MO|-D:5,presumption-of-approval,",
                ",D:1|-MO|-D:5,-MO|-D:5,presumption-of-approval,"))
        .anySatisfy(problem -> {
          assertThat(problem.code()).isEqualTo(ErrorCode.BAND_GAP);
          assertThat(problem.reason()).contains("review of AC2023.dest", "to AE");
        });
    assertThat(changed("REV2024|H200RULE|H200RULE.excl", "REV2024|H200RULE.excl"))
        .anySatisfy(problem -> {
          assertThat(problem.code()).isEqualTo(ErrorCode.BAND_OVERLAP);
          assertThat(problem.reason()).contains("AC2023.denial and H200RULE");
        });
  }

  @Test
  void an_ill_typed_condition_is_told_with_line_and_column() {
    assertThat(changed(",tpp >= 4800.0,", ",tpp >= 'much',"))
        .first()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo(ErrorCode.ILL_TYPED_CONDITION);
          assertThat(problem.source()).isEqualTo(RULES);
          assertThat(problem.line()).isPositive();
          assertThat(problem.field()).isEqualTo("condition");
          assertThat(problem.reason()).startsWith("line 1, column 5: ").contains("double, string");
        });
    assertThat(changed(",tpp >= 4800.0,", ",tflops >= 4800.0,"))
        .first()
        .satisfies(problem -> assertThat(problem.reason()).contains("column 1", "tflops"));
    assertThat(changed(",tpp >= 4800.0,", ",tpp >= ,"))
        .first()
        .satisfies(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.ILL_TYPED_CONDITION));
  }

  @Test
  void what_no_proof_could_follow_is_refused() {
    for (String condition :
        List.of(
            "tpp * 2.0 >= 9600.0",
            "tpp >= memoryBandwidth",
            "vendor.startsWith('N')",
            "vendor < 'O'",
            "(1 / 0 > 0) in []",
            "vendor in []",
            "tpp >= -1.0",
            "tpp == -0.0",
            "size(item) > 3")) {
      assertThat(changed(",tpp >= 4800.0,", ",\"" + condition + "\","))
          .as(condition)
          .first()
          .satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.ILL_TYPED_CONDITION);
            assertThat(problem.reason()).contains("comparisons of one variable with constants");
          });
    }
  }

  @Test
  void a_row_without_a_citation_is_refused() {
    assertThat(changed("3A090.a.1,88 FR 73458,", "3A090.a.1,,"))
        .first()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo(ErrorCode.UNCITED_RULE);
          assertThat(problem.field()).isEqualTo("citation");
        });
  }

  @Test
  void rows_of_one_rule_may_not_say_two_things_of_one_day() {
    assertThat(
            changed(
                ",2025-11-10,2026-11-09,2025-11-12,,stayed,",
                ",2025-11-01,2026-11-09,2025-11-12,,stayed,"))
        .first()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo(ErrorCode.CONTRADICTING_ROWS);
          assertThat(problem.reason()).contains("AFFIL50");
        });
  }

  @Test
  void rows_of_one_rule_may_not_lead_to_two_things_on_one_day() {
    assertThat(
            changed(
                "742.6(b)(10),88 FR 73458; 89 FR 23876,true,*,MO|D:5,presumption-of-denial",
                "742.6(b)(10),88 FR 73458; 89 FR 23876,true,*,MO|D:5,case-by-case"))
        .anySatisfy(problem -> {
          assertThat(problem.code()).isEqualTo(ErrorCode.CONTRADICTING_ROWS);
          assertThat(problem.reason()).contains("AC2023.denial");
        });
  }

  @Test
  void a_rule_of_unknown_worth_decides_nothing_in_any_stage() {
    for (String rule : List.of("H200RULE,review", "NAC,exception", "AC2023.a1,class")) {
      Map<String, byte[]> files = new TreeMap<>();
      PolicyFiles builtIn = PolicyFiles.builtIn();
      PolicyFiles.NAMES.forEach(name -> files.put(name, builtIn.octets(name)));
      String rules =
          new String(builtIn.octets(RULES), UTF_8)
              .lines()
              .map(line -> line.startsWith(rule) ? line.replace(",in force,", ",unknown,") : line)
              .collect(java.util.stream.Collectors.joining("\n"));
      files.put(RULES, rules.getBytes(UTF_8));
      Decider decider = new Decider(PolicyRecord.read(new PolicyFiles(files)));
      Question question =
          Asking.of(rule.startsWith("NAC") ? "RTX 4090" : "H200")
              .to("CN")
              .parent("CN")
              .on("2026-02-01")
              .question();
      assertThat(decider.decide(question).outcome()).as(rule).isEqualTo(Outcome.UNDETERMINED);
    }
  }

  @Test
  void names_of_rules_that_are_none_are_told() {
    assertThat(changed(",AC2023.a1|AC2023.b1,", ",AC2023.a1|AC2023.b9,"))
        .first()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo(ErrorCode.MALFORMED_RULE);
          assertThat(problem.field()).isEqualTo("yields_to");
          assertThat(problem.reason()).contains("AC2023.b9");
        });
  }

  @Test
  void other_faults_of_rows_name_their_column() {
    Map<String, String> faults = new TreeMap<>();
    faults.put(",licence,Advanced computing items to", ",licences,Advanced computing items to");
    faults.put(
        "2026-01-15,,2026-01-15,,in force,verbatim thresholds",
        "2026-13-15,,2026-01-15,,in force,verbatim thresholds");
    faults.put(",CN|HK|MO,*,case-by-case", ",CN|XX|MO,*,case-by-case");
    faults.put(",CN|HK,*,presumption-of-denial", ",CN|HK,*,exception");
    faults.forEach((right, wrong) ->
        assertThat(changed(right, wrong))
            .as(wrong)
            .first()
            .satisfies(problem -> {
              assertThat(problem.line()).isPositive();
              assertThat(problem.field()).isIn("stage", "valid_from", "destinations", "outcome");
            }));
  }

  /** What is found in the record with texts of its rules replaced. */
  private static List<Problem> changed(String... replacements) {
    Map<String, byte[]> files = new TreeMap<>();
    PolicyFiles builtIn = PolicyFiles.builtIn();
    PolicyFiles.NAMES.forEach(name -> files.put(name, builtIn.octets(name)));
    String before = new String(builtIn.octets(RULES), UTF_8);
    String rules = before;
    for (int i = 0; i < replacements.length; i += 2) {
      rules = rules.replace(replacements[i], replacements[i + 1]);
    }
    assertThat(rules).isNotEqualTo(before);
    files.put(RULES, rules.getBytes(UTF_8));
    return PolicyCheck.check(new PolicyFiles(files), cells -> {}).problems();
  }
}
