package dev.holdfast.base;

/** A {@link Problem} on its way to the edge that reports it. */
public final class CodedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public CodedException(Problem problem) {
    super(problem.sentence());
    this.problem = problem;
  }

  public CodedException(Problem problem, Throwable cause) {
    super(problem.sentence(), cause);
    this.problem = problem;
  }

  /** What went wrong. */
  public Problem problem() {
    return problem;
  }
}
