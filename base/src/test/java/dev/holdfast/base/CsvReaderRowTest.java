package dev.holdfast.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CsvReaderRowTest {
  @Test
  void lines_may_end_in_either_way_and_the_last_need_not_end() {
    List<CsvRow> rows = CsvText.rows("a,b\r\n1,2\n3,4\r\n5,6");
    assertThat(rows).extracting(row -> row.required("b")).containsExactly("2", "4", "6");
    assertThat(rows).extracting(CsvRow::line).containsExactly(2L, 3L, 4L);
  }

  @Test
  void blank_lines_are_skipped_and_counted() {
    List<CsvRow> rows = CsvText.rows("a,b\n\n1,2\n   \n\t\r\n3,4\n\n");
    assertThat(rows).extracting(CsvRow::line).containsExactly(3L, 6L);
  }

  @Test
  void a_line_of_commas_is_a_row_without_values() {
    CsvRow row = CsvText.rows("a,b\n,\n").getFirst();
    assertThat(row.problem()).isEmpty();
    assertThat(row.text("a")).isEmpty();
    assertThat(row.text("b")).isEmpty();
  }

  @Test
  void quoted_fields_hold_commas_and_doubled_quotes() {
    CsvRow row = CsvText.rows("a,b,c\n\"x, y\",\"say \"\"hi\"\"\",\"\"\n").getFirst();
    assertThat(row.required("a")).isEqualTo("x, y");
    assertThat(row.required("b")).isEqualTo("say \"hi\"");
    assertThat(row.text("c")).isEmpty();
  }

  @Test
  void values_are_trimmed() {
    assertThat(CsvText.rows("a,b\n  1\t,2\n").getFirst().required("a")).isEqualTo("1");
  }

  @Test
  void too_few_and_too_many_fields_spoil_their_row_only() {
    List<CsvRow> rows = CsvText.rows("a,b\n1\n1,2\n1,2,3\n3,4\n");
    assertThat(rows.get(0).problem().map(Problem::sentence))
        .contains("HF-1006 file.csv:2: the header has 2 fields, this row 1");
    assertThat(rows.get(2).problem().map(Problem::sentence))
        .contains("HF-1006 file.csv:4: the header has 2 fields, this row 3");
    assertThat(rows.get(1).required("b")).isEqualTo("2");
    assertThat(rows.get(3).required("b")).isEqualTo("4");
  }

  @Test
  void an_open_quote_spoils_its_row_only() {
    List<CsvRow> rows = CsvText.rows("a,b\n1,\"2\n3,4\n");
    assertThat(rows).hasSize(2);
    assertThat(CsvText.code(rows.get(0))).contains(ErrorCode.MALFORMED_QUOTES);
    assertThat(rows.get(1).required("b")).isEqualTo("4");
  }

  @Test
  void text_after_a_closing_quote_spoils_its_row() {
    List<CsvRow> rows = CsvText.rows("a,b\n\"1\"x,2\n3,4\n");
    assertThat(CsvText.code(rows.get(0))).contains(ErrorCode.MALFORMED_QUOTES);
    assertThat(rows.get(1).problem()).isEmpty();
  }

  @Test
  void a_carriage_return_within_a_line_breaks_it() {
    List<CsvRow> rows = CsvText.rows("a,b\n\"1\"\r2\n\"1\r\",2\n3,4\n");
    assertThat(CsvText.code(rows.get(0))).contains(ErrorCode.MALFORMED_QUOTES);
    assertThat(CsvText.code(rows.get(1))).contains(ErrorCode.MALFORMED_QUOTES);
    assertThat(rows.get(2).required("b")).isEqualTo("4");
  }

  @Test
  void the_target_of_a_bad_row_can_still_be_made_out() {
    List<CsvRow> rows = CsvText.rows("a,b,c\n1, two \n1,two,3,4\n\"1,two,3\n1,\"two,3\n");
    assertThat(rows).extracting(row -> row.problem().isPresent()).containsOnly(true);
    assertThat(rows)
        .extracting(row -> row.salvaged("b").orElse(""))
        .containsExactly("two", "two", "two", "two");
  }

  @Test
  void reading_a_field_of_a_bad_row_throws_its_problem() {
    CsvRow row = CsvText.rows("a,b\n1\n").getFirst();
    CodedException thrown = catchThrowableOfType(CodedException.class, () -> row.text("a"));
    assertThat(row.problem()).contains(thrown.problem());
    assertThat(thrown).hasMessage(thrown.problem().sentence());
  }

  @Test
  void a_column_that_is_not_there_is_an_empty_value() {
    assertThat(CsvText.rows("a\n1\n").getFirst().text("b")).isEmpty();
  }

  @Test
  void a_value_that_must_be_there_is_asked_for_by_name() {
    CsvRow row = CsvText.rows("a,b\n1, \n").getFirst();
    assertThat(
            catchThrowableOfType(CodedException.class, () -> row.required("b"))
                .problem()
                .sentence())
        .isEqualTo("HF-1008 file.csv:2: b: a value is needed");
  }
}
