package dev.holdfast.ledger.store;

import java.io.IOException;

/** Nobody is there, or nobody answers: not worth another try at once. */
public final class NoAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  NoAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
