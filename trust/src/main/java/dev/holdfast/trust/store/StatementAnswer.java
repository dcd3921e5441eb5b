package dev.holdfast.trust.store;

import static java.util.Objects.requireNonNull;

/** What a server answered to one statement. */
public sealed interface StatementAnswer {
  /**
   * It is in the log, durably.
   *
   * @param index of its entry
   * @param repeated whether it was there before
   */
  record Taken(long index, boolean repeated) implements StatementAnswer {}

  /**
   * It was refused.
   *
   * @param code such as {@code HF-4002}
   * @param detail why, as the server says
   */
  record Refused(String code, String detail) implements StatementAnswer {
    public Refused {
      requireNonNull(code, "code");
      requireNonNull(detail, "detail");
    }
  }
}
