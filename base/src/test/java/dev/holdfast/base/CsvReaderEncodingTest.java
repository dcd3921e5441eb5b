package dev.holdfast.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CsvReaderEncodingTest {
  @Test
  void a_byte_order_mark_is_no_part_of_the_first_column() {
    CsvReader reader = CsvText.open("\uFEFFa,b\n1,2\n", "a");
    assertThat(reader.header()).containsExactly("a", "b");
    assertThat(CsvText.rows(reader).getFirst().required("a")).isEqualTo("1");
  }

  @Test
  void text_beyond_ascii_is_read() {
    assertThat(CsvText.row("東京 Zürich 😀").required("value")).isEqualTo("東京 Zürich 😀");
  }

  @Test
  void octets_that_are_not_utf_8_spoil_their_row_only() {
    List<CsvRow> rows = CsvText.rows(CsvText.octets("a,b\n1,2\nZ", 0xFC, "rich,3\n4,5\n"));
    assertThat(rows).hasSize(3);
    assertThat(rows.get(1).problem().map(Problem::sentence))
        .contains("HF-1004 file.csv:3: the line is not UTF-8 text");
    assertThat(rows.get(1).salvaged("b")).contains("3");
    assertThat(rows.get(2).required("a")).isEqualTo("4");
  }

  @Test
  void overlong_forms_and_lone_surrogates_are_not_utf_8() {
    for (byte[] line :
        List.of(
            CsvText.octets("a,b\n", 0xC0, 0xAF, ",1\n"),
            CsvText.octets("a,b\n", 0xED, 0xA0, 0x80, ",1\n"),
            CsvText.octets("a,b\n", 0xE2, 0x82, ",1\n"))) {
      assertThat(CsvText.code(CsvText.rows(line).getFirst())).contains(ErrorCode.WRONG_ENCODING);
    }
  }

  @Test
  void a_zero_octet_spoils_its_row_only() {
    List<CsvRow> rows = CsvText.rows(CsvText.octets("a,b\n1", 0, ",2\n3,4\n"));
    assertThat(CsvText.code(rows.get(0))).contains(ErrorCode.WRONG_ENCODING);
    assertThat(rows.get(1).required("b")).isEqualTo("4");
  }

  @Test
  void utf_16_is_refused_with_or_without_its_mark() {
    for (String name : List.of("UTF-16", "UTF-16LE", "UTF-16BE")) {
      byte[] octets = "a,b\n1,2\n".getBytes(Charset.forName(name));
      assertThat(catchThrowableOfType(CodedException.class, () -> CsvText.open(octets)).problem())
          .as(name)
          .returns(ErrorCode.WRONG_ENCODING, Problem::code)
          .returns(1L, Problem::line);
    }
  }

  @Test
  void a_little_endian_mark_is_refused() {
    byte[] octets = "\uFEFFa,b\n".getBytes(StandardCharsets.UTF_16LE);
    assertThat(
            catchThrowableOfType(CodedException.class, () -> CsvText.open(octets)).problem().code())
        .isEqualTo(ErrorCode.WRONG_ENCODING);
  }
}
