package dev.holdfast.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The catalogue holds what was compiled, and what is computed of it is what others computed. */
final class CatalogueTest {
  private static final LocalDate DAY = LocalDate.parse("2026-08-01");

  private static List<CsvRow> compiled(String name) throws IOException {
    Path file =
        Path.of(System.getProperty("holdfast.shared", "../shared"))
            .resolve("data/policy")
            .resolve(name);
    assumeTrue(Files.exists(file), "the compiled data is not here: " + file);
    List<CsvRow> rows = new ArrayList<>();
    try (CsvReader reader = CsvReader.open(Files.newInputStream(file), name, List.of())) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }

  @Test
  void performance_density_and_paragraph_are_those_of_the_compiled_table() throws IOException {
    List<CsvRow> rows = compiled("accelerators.csv");
    assertThat(rows).hasSameSizeAs(Asking.RECORD.catalogue().items());
    for (CsvRow row : rows) {
      String sku = row.required("sku");
      Accelerator item = Asking.RECORD.catalogue().find(sku);
      Classification shown = Asking.DECIDER.classify(item, DAY, DAY);
      Optional<Double> tpp = row.optionalNumber("tpp_computed", 0, 1e9);
      assertThat(shown.tpp()).as(sku).isEqualTo(tpp.map(Span::of).orElse(Span.UNKNOWN));
      Optional<Double> density = row.optionalNumber("performance_density_computed", 0, 1e9);
      if (density.isPresent()) {
        Span stated = Accelerator.density(item.tpp(), Accelerator.span(item.dieArea()));
        assertThat(stated.least()).as(sku).isCloseTo(density.get(), within(0.051));
      }
      Optional<String> paragraph = row.text("para_3a090_computed");
      paragraph.ifPresent(text -> {
        assertThat(shown.paragraphs()).as(sku).contains(text);
        // What an area that is no knowledge would decide is told apart.
        assertThat(shown.unverified().or(shown::paragraph)).as(sku).contains(text);
      });
      if (paragraph.isEmpty()) {
        assertThat(shown.paragraphs()).as(sku).hasSizeGreaterThan(1);
      }
    }
  }

  @Test
  void the_window_of_2026_is_that_of_the_compiled_table() throws IOException {
    int within = 0;
    for (CsvRow row : compiled("accelerators.csv")) {
      String window = row.text("within_2026_tpp_bw_window").orElse("");
      Accelerator item = Asking.RECORD.catalogue().find(row.required("sku"));
      boolean strict =
          item.dataCentre().orElse(false)
              && Asking.DECIDER.classify(item, DAY, DAY).paragraph().orElse("").contains(".a.");
      if (!strict || (!window.equals("yes") && !window.equals("no"))) {
        continue;
      }
      Decision decision = Asking.of(item.sku()).to("CN").on("2026-02-01").decide();
      if (item.bandwidth().isPresent()) {
        assertThat(decision.outcome())
            .as(item.sku())
            .isEqualTo(window.equals("yes") ? Outcome.CASE_BY_CASE : Outcome.PRESUMPTION_OF_DENIAL);
        within += window.equals("yes") ? 1 : 0;
      }
    }
    assertThat(within).isGreaterThan(10);
  }

  @Test
  void groups_of_countries_are_those_of_the_compiled_table() throws IOException {
    LocalDate read = LocalDate.parse("2026-07-08");
    for (CsvRow row : compiled("country_groups.csv")) {
      String country = row.required("iso2");
      assertThat(Asking.RECORD.groups().groups(country, read, read))
          .as(country)
          .containsExactlyInAnyOrder(row.required("groups").split("\\|", -1));
      boolean scope = row.required("destination_in_3a090_licence_scope").equals("yes");
      boolean headquarters = row.required("macau_or_d5_hq_rule").equals("yes");
      if (country.equals("CU")
          || country.equals("IR")
          || country.equals("KP")
          || country.equals("SY")
          || country.equals("RU")
          || country.equals("BY")) {
        continue;
      }
      Question to = Asking.of("B200").to(country).parent("FR").on("2026-07-08").question();
      assertThat(Asking.DECIDER.decide(to).outcome() != Outcome.NO_LICENCE_REQUIRED)
          .as(country)
          .isEqualTo(scope);
      Question of = Asking.of("B200").to("FR").parent(country).on("2026-07-08").question();
      assertThat(Asking.DECIDER.decide(of).outcome() != Outcome.NO_LICENCE_REQUIRED)
          .as(country)
          .isEqualTo(headquarters);
    }
  }

  @Test
  void every_rule_of_the_compiled_table_is_in_the_record() throws IOException {
    List<String> renamed = List.of("AC2023.review", "H200RULE.excl");
    for (CsvRow row : compiled("rules_timeline.csv")) {
      String id = row.required("rule_id");
      if (!renamed.contains(id)) {
        assertThat(Asking.RECORD.byId()).containsKey(id);
      }
    }
    assertThat(Asking.RECORD.byId()).containsKeys("AC2023.denial", "AC2023.approval");
  }

  @Test
  void red_flags_are_all_there_and_one_is_answered_by_the_question() throws IOException {
    assertThat(Asking.RECORD.flags()).hasSameSizeAs(compiled("red_flags.csv"));
    assertThat(raised("SG", "CN")).isTrue();
    assertThat(raised("SG", "SG")).isFalse();
    assertThat(Asking.of("H200").to("SG").decide().flags())
        .filteredOn(each -> each.raised().isPresent())
        .extracting(each -> each.flag().id())
        .containsExactly("G25-9");
  }

  private static boolean raised(String to, String parent) {
    return Asking.of("H200").to(to).parent(parent).decide().flags().stream()
        .anyMatch(each -> each.flag().id().equals("G25-9") && each.raised().orElse(false));
  }
}
