package dev.holdfast.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CsvReaderLimitTest {
  /** So many times the same octet, made as it is read. */
  private static final class Endless extends InputStream {
    private long left;

    Endless(long length) {
      this.left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? 'x' : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      Arrays.fill(target, offset, offset + count, (byte) 'x');
      left -= count;
      return count;
    }
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_line_of_the_greatest_length_is_read() {
    String value = "x".repeat(CsvReader.LONGEST_LINE - 2);
    CsvRow row = CsvText.rows("a,b\n" + value + ",1\n").getFirst();
    assertThat(row.problem()).isEmpty();
    assertThat(row.required("a")).isEqualTo(value);
  }

  @Test
  void the_end_of_a_line_does_not_count() {
    String value = "x".repeat(CsvReader.LONGEST_LINE - 2);
    CsvRow row = CsvText.rows("a,b\r\n" + value + ",1\r\n").getFirst();
    assertThat(row.problem()).isEmpty();
  }

  @Test
  void one_octet_more_spoils_its_row_only() {
    String value = "x".repeat(CsvReader.LONGEST_LINE - 1);
    List<CsvRow> rows = CsvText.rows("a,b\n1," + value + "\n3,4\n");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).problem().map(Problem::sentence))
        .contains("HF-1005 file.csv:2: the line is longer than 65536 octets");
    assertThat(rows.get(0).salvaged("a")).contains("1");
    assertThat(rows.get(1).required("b")).isEqualTo("4");
  }

  @Test
  void a_value_that_the_limit_cuts_off_is_not_made_out() {
    String padding = "x".repeat(CsvReader.LONGEST_LINE - 3);
    CsvRow row = CsvText.rows("a,b\n" + padding + ",target\n").getFirst();
    assertThat(CsvText.code(row)).contains(ErrorCode.LINE_TOO_LONG);
    assertThat(row.salvaged("b")).isEmpty();
  }

  @Test
  void an_endless_line_takes_no_memory_and_the_row_after_it_is_read() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    InputStream in =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(text("a,b\n1,"), new Endless(200_000_000), text("\n3,4\n"))));
    long before = threads.getCurrentThreadAllocatedBytes();
    List<CsvRow> rows = CsvText.rows(CsvReader.open(in, "file.csv", List.of("a")));
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(rows).hasSize(2);
    assertThat(CsvText.code(rows.get(0))).contains(ErrorCode.LINE_TOO_LONG);
    assertThat(rows.get(1).required("b")).isEqualTo("4");
    assertThat(allocated).isLessThan(8_000_000);
  }

  @Test
  void an_endless_header_is_refused() {
    InputStream in = new Endless(200_000_000);
    CodedException thrown =
        catchThrowableOfType(CodedException.class, () -> CsvReader.open(in, "file.csv", List.of()));
    assertThat(thrown.problem().code()).isEqualTo(ErrorCode.LINE_TOO_LONG);
  }
}
