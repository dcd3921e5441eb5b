package dev.holdfast.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

final class CsvReaderHeaderTest {
  private static Problem refusal(String text, String... required) {
    return catchThrowableOfType(CodedException.class, () -> CsvText.open(text, required)).problem();
  }

  @Test
  void columns_may_come_in_any_order() {
    CsvRow row = CsvText.rows("b,c,a\n2,3,1\n").getFirst();
    assertThat(row.required("a")).isEqualTo("1");
    assertThat(row.required("b")).isEqualTo("2");
    assertThat(row.required("c")).isEqualTo("3");
  }

  @Test
  void names_of_columns_are_trimmed_and_kept_in_order() {
    assertThat(CsvText.open(" b ,\tc,a \r\n").header()).containsExactly("b", "c", "a");
  }

  @Test
  void names_of_columns_may_be_quoted() {
    assertThat(CsvText.open("\"a\",\"b,c\"\n").header()).containsExactly("a", "b,c");
  }

  @Test
  void blank_lines_may_stand_before_the_header() {
    CsvReader reader = CsvText.open("\n  \r\na,b\n1,2\n", "a");
    assertThat(reader.header()).containsExactly("a", "b");
    assertThat(CsvText.rows(reader)).singleElement().returns(4L, CsvRow::line);
  }

  @Test
  void a_missing_column_is_named_with_what_is_there() {
    Problem problem = refusal("a,b\n1,2\n", "a", "delay");
    assertThat(problem.code()).isEqualTo(ErrorCode.MISSING_COLUMN);
    assertThat(problem.sentence())
        .startsWith("HF-1002 file.csv:1: delay: ")
        .endsWith("it has \"a,b\"");
  }

  @Test
  void names_of_columns_match_exactly() {
    assertThat(refusal("Target\n1\n", "target").code()).isEqualTo(ErrorCode.MISSING_COLUMN);
  }

  @Test
  void a_column_named_twice_is_refused() {
    Problem problem = refusal("a,b, a\n", "a");
    assertThat(problem.code()).isEqualTo(ErrorCode.DUPLICATE_COLUMN);
    assertThat(problem.sentence()).startsWith("HF-1003 file.csv:1: a: ");
  }

  @Test
  void the_name_of_a_column_cannot_drive_the_terminal_it_is_reported_on() {
    String hostile = "x\u001b[2Jx";
    assertThat(refusal(hostile + "," + hostile + "\n").sentence())
        .startsWith("HF-1003")
        .doesNotContain("\u001b");
    assertThat(refusal(hostile + "\n", "a").sentence())
        .startsWith("HF-1002")
        .doesNotContain("\u001b");
  }

  @Test
  void an_open_quote_in_the_header_is_refused() {
    Problem problem = refusal("a,\"b\n1,2\n", "a");
    assertThat(problem.code()).isEqualTo(ErrorCode.MALFORMED_QUOTES);
    assertThat(problem.line()).isEqualTo(1);
  }

  @Test
  void an_empty_file_is_refused() {
    assertThat(refusal("").sentence()).isEqualTo("HF-1001 file.csv: the file has no header row");
  }

  @Test
  void a_file_of_blank_lines_is_empty() {
    assertThat(refusal("\n \r\n\t\n").code()).isEqualTo(ErrorCode.EMPTY_FILE);
  }

  @Test
  void a_lone_byte_order_mark_is_an_empty_file() {
    assertThat(refusal("\uFEFF").code()).isEqualTo(ErrorCode.EMPTY_FILE);
  }

  @Test
  void a_header_alone_is_a_file_without_rows() {
    assertThat(CsvText.rows(CsvText.open("a,b", "a"))).isEmpty();
    assertThat(CsvText.rows(CsvText.open("a,b\r\n\n", "a"))).isEmpty();
  }

  @Test
  void a_header_that_is_too_long_is_refused() {
    Problem problem = refusal("a,".repeat(40_000));
    assertThat(problem.code()).isEqualTo(ErrorCode.LINE_TOO_LONG);
    assertThat(problem.line()).isEqualTo(1);
  }
}
