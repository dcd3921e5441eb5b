package dev.holdfast.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a question may be, and what is said of one that is none. */
final class QuestionReaderTest {
  @Test
  void what_is_not_given_is_today_an_export_from_the_united_states_and_nothing_known() {
    Question question = Asking.of("H200").to("cn").question();

    assertThat(question.kind()).isEqualTo(Kind.EXPORT);
    assertThat(question.from()).isEqualTo("US");
    assertThat(question.to()).isEqualTo("CN");
    assertThat(question.parentHq()).isEmpty();
    assertThat(question.date()).isEqualTo(Asking.TODAY);
    assertThat(question.knownOn()).isEqualTo(Asking.TODAY);
    assertThat(question.quantity()).isEqualTo(1);
  }

  @Test
  void a_transfer_stays_where_it_is_and_a_re_export_may_come_from_anywhere() {
    assertThat(Asking.of("H200").to("CN").kind(Kind.TRANSFER).question().from()).isEqualTo("CN");
    assertThat(Asking.of("H200").to("CN").kind(Kind.REEXPORT).question().from()).isEmpty();
  }

  @Test
  void names_are_found_however_they_are_written() {
    for (String name : List.of("h200", "H200 SXM", "h-200 sxm", " H200  SXM ")) {
      assertThat(Asking.of(name).to("CN").question().item().sku()).isEqualTo("H200 SXM");
    }
    assertThat(Asking.of("rubin").to("CN").question().item().sku())
        .isEqualTo("Rubin R200 (estimate)");
  }

  @Test
  void an_unknown_name_is_told_with_the_nearest() {
    Problem problem = refused(Asking.of("H2000").to("CN"));

    assertThat(problem.code()).isEqualTo(ErrorCode.UNKNOWN_ITEM);
    assertThat(problem.field()).isEqualTo("item");
    assertThat(problem.reason()).contains("\"H2000\"", "H200 SXM");
    assertThat(Asking.RECORD.catalogue().nearest("gaudi")).contains("Gaudi 2", "Gaudi 3");
    assertThat(Asking.RECORD.catalogue().nearest("x".repeat(100_000))).hasSize(5);
  }

  @Test
  void an_item_may_be_described_instead() {
    Question question =
        Asking.of("mine")
            .with("tpp", "5000.5")
            .with("dieArea", "800")
            .with("memoryBandwidth", "3000")
            .with("market", "datacenter")
            .to("CN")
            .question();

    assertThat(question.item().tpp()).isEqualTo(Span.of(5000.5));
    assertThat(question.item().area()).isEqualTo(Span.of(800));
    assertThat(question.item().dataCentre()).contains(true);
    assertThat(question.item().interconnect()).isEmpty();
  }

  @Test
  void an_item_of_the_catalogue_is_not_described_otherwise() {
    Problem problem = refused(Asking.of("H200").with("tpp", "100").to("CN"));

    assertThat(problem.field()).isEqualTo("item");
    assertThat(problem.reason()).contains("needs another name");
  }

  @ParameterizedTest
  @CsvSource({
    "to, ZZ, UNKNOWN_COUNTRY",
    "to, China, UNKNOWN_COUNTRY",
    "to, '', MALFORMED_QUESTION",
    "from, UK, UNKNOWN_COUNTRY",
    "from, CN, MALFORMED_QUESTION",
    "parentHq, Macau, UNKNOWN_COUNTRY",
    "kind, smuggle, MALFORMED_QUESTION",
    "date, 2026-02-30, NOT_A_TIME",
    "date, yesterday, NOT_A_TIME",
    "date, 2022-10-06, OUTSIDE_RECORD",
    "date, 2027-08-14, OUTSIDE_RECORD",
    "date, +99999-01-01, NOT_A_TIME",
    "knownOn, 2022-10-06, OUTSIDE_RECORD",
    "quantity, 0, MALFORMED_QUESTION",
    "quantity, 1.5, MALFORMED_QUESTION",
    "quantity, 1000000001, MALFORMED_QUESTION",
    "endUse, weather, MALFORMED_QUESTION",
    "listed, maybe, MALFORMED_QUESTION",
    "tpp, -1, MALFORMED_QUESTION",
    "tpp, NaN, MALFORMED_QUESTION",
    "tpp, 1e9, MALFORMED_QUESTION",
    "tpp, 99999999999999999999999999999999999999999999999999, MALFORMED_QUESTION",
    "dieArea, 0, MALFORMED_QUESTION",
    "market, kitchen, MALFORMED_QUESTION",
  })
  void a_field_that_says_nothing_sensible_is_named(String field, String value, ErrorCode code) {
    Problem problem = refused(Asking.of("H200").to("CN").with(field, value));

    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.field()).isEqualTo(field);
  }

  @Test
  void a_name_may_not_drive_a_terminal() {
    Problem problem = refused(Asking.of("H200").to("CN").with("endUser", "a\u001b[31m"));

    assertThat(problem.field()).isEqualTo("endUser");
  }

  @Test
  void the_record_answers_for_its_days_only() {
    assertThat(Asking.RECORD.begins()).isEqualTo(LocalDate.parse("2022-10-07"));
    assertThat(Asking.of("H200").to("CN").on("2022-10-07").decide().outcome()).isNotNull();
    assertThat(Asking.of("H200").to("CN").on("2027-08-13").decide().cautions())
        .anyMatch(each -> each.code().equals("policy.caution.compiled"));
  }

  private static Problem refused(Asking asking) {
    return catchThrowableOfType(CodedException.class, asking::question).problem();
  }
}
