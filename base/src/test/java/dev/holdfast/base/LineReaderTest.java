package dev.holdfast.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.LineReader.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

final class LineReaderTest {
  private static LineReader reader(int longest, Object... parts) {
    return new LineReader(new ByteArrayInputStream(CsvText.octets(parts)), longest);
  }

  @Test
  void lines_come_one_by_one_with_their_numbers() throws IOException {
    LineReader reader = reader(10, "one\r\n\ntwo");
    assertThat(reader.next()).isEqualTo(State.LINE);
    assertThat(reader.text()).isEqualTo("one");
    assertThat(reader.next()).isEqualTo(State.LINE);
    assertThat(reader.text()).isEmpty();
    assertThat(reader.next()).isEqualTo(State.LINE);
    assertThat(reader.text()).isEqualTo("two");
    assertThat(reader.number()).isEqualTo(3);
    assertThat(reader.next()).isEqualTo(State.END);
    assertThat(reader.next()).isEqualTo(State.END);
  }

  @Test
  void a_stream_that_hands_out_one_octet_at_a_time_reads_the_same() throws IOException {
    InputStream slow =
        new ByteArrayInputStream(CsvText.octets("Zürich\r\nb\n")) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
          }
        };
    LineReader reader = new LineReader(slow, 10);
    assertThat(reader.next()).isEqualTo(State.LINE);
    assertThat(reader.text()).isEqualTo("Zürich");
    assertThat(reader.next()).isEqualTo(State.LINE);
    assertThat(reader.text()).isEqualTo("b");
    assertThat(reader.next()).isEqualTo(State.END);
  }

  @Test
  void only_the_beginning_of_a_line_that_is_too_long_is_kept() throws IOException {
    LineReader reader = reader(4, "abcde\nabcd\n");
    assertThat(reader.next()).isEqualTo(State.TOO_LONG);
    assertThat(reader.text()).isEqualTo("abcd");
    assertThat(reader.next()).isEqualTo(State.LINE);
    assertThat(reader.text()).isEqualTo("abcd");
  }

  @Test
  void a_line_that_is_too_long_stays_so_where_the_limit_splits_a_character() throws IOException {
    LineReader reader = reader(4, "abcüd\nx\n");
    assertThat(reader.next()).isEqualTo(State.TOO_LONG);
    assertThat(reader.next()).isEqualTo(State.LINE);
    assertThat(reader.text()).isEqualTo("x");
  }

  @Test
  void a_byte_order_mark_counts_only_at_the_beginning() throws IOException {
    LineReader reader = reader(10, "\uFEFFa\n\uFEFFb\n");
    assertThat(reader.next()).isEqualTo(State.LINE);
    assertThat(reader.text()).isEqualTo("a");
    assertThat(reader.next()).isEqualTo(State.LINE);
    assertThat(reader.text()).isEqualTo("\uFEFFb");
  }

  @Test
  void zero_octets_and_broken_utf_8_are_told_apart_from_text() throws IOException {
    LineReader reader = reader(10, "a", 0, "\n", 0xFF, "\nok\n");
    assertThat(reader.next()).isEqualTo(State.WRONG_ENCODING);
    assertThat(reader.next()).isEqualTo(State.WRONG_ENCODING);
    assertThat(reader.text()).isEqualTo("\uFFFD");
    assertThat(reader.next()).isEqualTo(State.LINE);
    assertThat(reader.text()).isEqualTo("ok");
  }
}
