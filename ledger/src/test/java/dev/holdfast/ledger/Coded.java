package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions about coded errors. */
final class Coded {
  private Coded() {}

  /** The problem with which the call was refused. */
  static Problem refused(ErrorCode code, ThrowingCallable call) {
    CodedException thrown = catchThrowableOfType(CodedException.class, call);
    Assertions.assertThat(thrown).as("a refusal with " + code).isNotNull();
    Problem problem = thrown.problem();
    Assertions.assertThat(problem.code()).as(problem.sentence()).isEqualTo(code);
    Assertions.assertThat(problem.code().category()).isEqualTo(ErrorCategory.USER);
    Assertions.assertThat(problem.field()).as("the field of " + problem.sentence()).isNotNull();
    Assertions.assertThat(problem.reason()).isNotBlank();
    return problem;
  }
}
