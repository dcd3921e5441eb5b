package dev.holdfast.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Whatever octets come: coded errors or rows in order. Normal builds run the seeds only. */
final class CsvReaderFuzzTest {
  private static final List<String> COLUMNS = List.of("landmark", "target", "min_rtt_ms");

  @FuzzTest
  void any_octets_give_rows_in_order_or_a_coded_error(byte[] octets) throws IOException {
    CsvReader reader;
    try {
      reader = CsvReader.open(new ByteArrayInputStream(octets), "fuzz.csv", List.of());
    } catch (CodedException e) {
      assertThat(e.problem().code().category()).isEqualTo(ErrorCategory.USER);
      return;
    }
    try (reader) {
      long line = 0;
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        assertThat(row.get().line()).isGreaterThan(line);
        line = row.get().line();
        read(row.get());
      }
    }
  }

  private static void read(CsvRow row) {
    for (String column : COLUMNS) {
      row.salvaged(column);
      try {
        row.number(column, -1, 1);
        row.optionalTime(column);
      } catch (CodedException e) {
        assertThat(e.problem().sentence()).startsWith("HF-1");
      }
    }
  }
}
