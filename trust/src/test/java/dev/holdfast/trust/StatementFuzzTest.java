package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;

/** Whatever octets come: a coded error, or a statement of the very same octets. */
final class StatementFuzzTest {
  @FuzzTest
  void any_octets_give_a_statement_that_prints_them_or_a_coded_error(byte[] octets) {
    Statement statement;
    try {
      statement = Statement.parse(octets, "fuzz");
    } catch (CodedException e) {
      assertThat(e.problem().code())
          .isIn(ErrorCode.MALFORMED_STATEMENT, ErrorCode.MALFORMED_JSON, ErrorCode.INPUT_TOO_LARGE);
      assertThat(e.problem().sentence().chars()).noneMatch(Character::isISOControl);
      return;
    }
    assertThat(statement.octets()).isEqualTo(octets);
    assertThat(Succession.of(statement, statement)).isEqualTo(new Succession.Repeats());
  }
}
