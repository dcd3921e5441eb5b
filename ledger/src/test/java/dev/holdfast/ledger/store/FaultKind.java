package dev.holdfast.ledger.store;

/** How an operation fails. */
enum FaultKind {
  /**
   * Nothing happened. After a force the content it should have made durable never becomes so,
   * though it is still read and later forces succeed (as Linux does).
   */
  NOT_DONE,
  /** It happened, and failed nonetheless. */
  DONE_BUT_FAILED,
  /** The first half of a write happened; for all else the same as {@link #NOT_DONE}. */
  HALF_DONE
}
