package dev.holdfast.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvRowTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-31T08:00:00Z, 2026-01-31T08:00:00Z",
    "2026-01-31T08:00Z, 2026-01-31T08:00:00Z",
    "2026-01-31T08:00:00.123456789Z, 2026-01-31T08:00:00.123456789Z",
    "2026-01-31T08:00:00+08:00, 2026-01-31T00:00:00Z",
    "2026-01-31T20:00:00-05:30, 2026-02-01T01:30:00Z"
  })
  void a_time_with_its_offset_is_a_moment(String text, Instant moment) {
    assertThat(CsvText.row(text).optionalTime("value")).contains(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T08:00:00",
        "2026-01-31",
        "1769846400",
        "2026-02-30T08:00:00Z",
        "2026-01-31T25:00:00Z",
        "2026-01-31 08:00:00Z",
        "2026-01-31T08:00:00[Europe/Paris]",
        "yesterday"
      })
  void anything_else_is_not_a_time(String text) {
    CsvRow row = CsvText.row(text);
    assertThat(
            catchThrowableOfType(CodedException.class, () -> row.optionalTime("value"))
                .problem()
                .sentence())
        .isEqualTo(
            "HF-1011 file.csv:2: value: \""
                + text
                + "\" is not a time with its offset, such as 2026-01-31T08:00:00Z");
  }

  @Test
  void no_time_is_no_problem() {
    assertThat(CsvText.row(" ").optionalTime("value")).isEmpty();
    assertThat(CsvText.row("x").optionalTime("measured_at")).isEmpty();
  }
}
