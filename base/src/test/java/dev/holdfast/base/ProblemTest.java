package dev.holdfast.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class ProblemTest {
  @Test
  void a_sentence_names_code_file_line_field_and_reason() {
    assertThat(new Problem(ErrorCode.OUT_OF_RANGE, "l.csv", 7, "latitude", "too far").sentence())
        .isEqualTo("HF-1010 l.csv:7: latitude: too far");
  }

  @Test
  void what_is_not_known_is_left_out() {
    assertThat(Problem.of(ErrorCode.USAGE, "a command is needed").sentence())
        .isEqualTo("HF-2001 a command is needed");
    assertThat(Problem.in("l.csv", ErrorCode.EMPTY_FILE, "nothing").sentence())
        .isEqualTo("HF-1001 l.csv: nothing");
    assertThat(new Problem(ErrorCode.USAGE, null, 0, "--window", "not so").sentence())
        .isEqualTo("HF-2001 --window: not so");
  }

  @Test
  void a_line_is_there_or_not() {
    assertThat(Problem.of(ErrorCode.USAGE, "x").lineNumber()).isEmpty();
    assertThat(new Problem(ErrorCode.USAGE, "f", 3, null, "x").lineNumber()).hasValue(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Problem(ErrorCode.USAGE, "f", -1, null, "x"));
  }

  @Test
  void a_quoted_value_is_shortened() {
    assertThat(Problem.quote("x".repeat(60))).isEqualTo("\"" + "x".repeat(60) + "\"");
    assertThat(Problem.quote("x".repeat(61))).isEqualTo("\"" + "x".repeat(60) + "…\"");
    assertThat(Problem.quote("")).isEqualTo("\"\"");
  }

  @Test
  void a_quoted_value_cannot_drive_the_terminal() {
    String hostile = "\u001b[31m\r\n\t\u0007\u007f\u009b2J\u0000";
    assertThat(Problem.quote(hostile).chars().filter(Character::isISOControl)).isEmpty();
    assertThat(Problem.quote("\u001b[31mred")).isEqualTo("\"\uFFFD[31mred\"");
  }

  @Test
  void a_quoted_value_never_holds_half_a_character() {
    String quoted = Problem.quote("x".repeat(59) + "😀😀");
    assertThat(quoted.chars().filter(c -> Character.isSurrogate((char) c))).isEmpty();
  }

  @Test
  void a_quoted_value_cannot_turn_the_direction_of_the_line() {
    assertThat(Problem.quote("a\u202eb\u2066c\u2028d"))
        .doesNotContain("\u202e", "\u2066", "\u2028");
  }

  @Test
  void an_exception_says_what_its_problem_says() {
    Problem problem = Problem.of(ErrorCode.USAGE, "not so");
    assertThat(new CodedException(problem))
        .hasMessage("HF-2001 not so")
        .extracting(CodedException::problem)
        .isSameAs(problem);
    assertThat(new CodedException(problem, new IllegalStateException("why")))
        .hasMessage("HF-2001 not so")
        .hasRootCauseMessage("why");
  }
}
