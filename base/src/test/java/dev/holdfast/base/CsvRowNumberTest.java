package dev.holdfast.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvRowNumberTest {
  private static double read(String value) {
    return CsvText.row(value).number("value", -90, 90);
  }

  private static Problem refusal(String value) {
    return catchThrowableOfType(CodedException.class, () -> read(value)).problem();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1.5,1.5",
    "-90,-90",
    "90,90",
    "+3,3",
    "1e1,10",
    "25E-1,2.5",
    ".5,0.5",
    "7.,7"
  })
  void plain_decimals_are_numbers(String text, double number) {
    assertThat(read(text)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN", "nan", "Infinity", "-Infinity", "inf", "0x10", "0x1p3", "1d", "1f", "1_0", "1 0",
        "--1", "1e", "e1", ".", "-", "+", "1.2.3", "٣", "１", "true", "1e1e1"
      })
  void anything_else_is_not_a_number(String text) {
    assertThat(refusal(text).code()).isEqualTo(ErrorCode.NOT_A_NUMBER);
    assertThat(refusal(text).sentence()).startsWith("HF-1009 file.csv:2: value: \"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"90.0000001", "-90.0000001", "1e400", "-1e400", "91"})
  void numbers_beyond_the_limits_are_refused(String text) {
    assertThat(refusal(text).sentence())
        .isEqualTo("HF-1010 file.csv:2: value: \"" + text + "\" is not between -90 and 90");
  }

  @Test
  void a_number_too_large_for_a_double_is_never_read_as_infinite() {
    CsvRow row = CsvText.row("1e400");
    assertThat(
            catchThrowableOfType(
                    CodedException.class, () -> row.number("value", 0, Double.MAX_VALUE))
                .problem()
                .code())
        .isEqualTo(ErrorCode.OUT_OF_RANGE);
  }

  @Test
  void minus_zero_is_zero() {
    assertThat(Double.doubleToRawLongBits(read("-0"))).isZero();
    assertThat(Double.doubleToRawLongBits(read("-1e-400"))).isZero();
  }

  @Test
  void a_number_of_absurd_length_is_refused_and_not_repeated_in_full() {
    Problem problem = refusal("1".repeat(10_000));
    assertThat(problem.code()).isEqualTo(ErrorCode.NOT_A_NUMBER);
    assertThat(problem.sentence()).hasSizeLessThan(150);
  }

  @Test
  void an_empty_number_is_a_missing_value() {
    assertThat(refusal(" ").code()).isEqualTo(ErrorCode.MISSING_VALUE);
    assertThat(CsvText.row("").optionalNumber("value", 0, 1)).isEmpty();
    assertThat(CsvText.row("0.5").optionalNumber("value", 0, 1)).contains(0.5);
  }

  @Test
  void an_optional_number_that_is_bad_is_refused_all_the_same() {
    CsvRow row = CsvText.row("NaN");
    assertThat(
            catchThrowableOfType(CodedException.class, () -> row.optionalNumber("value", 0, 1))
                .problem()
                .code())
        .isEqualTo(ErrorCode.NOT_A_NUMBER);
  }
}
