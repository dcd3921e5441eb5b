package dev.holdfast.ledger.store;

/** What of the things not yet durable survives a crash. */
enum CrashForm {
  /** Nothing: durable content under durable names. */
  LOST,
  /** Everything: the process was killed, the machine ran on. */
  KEPT,
  /** Every name, no content. */
  NAMES_ONLY,
  /** Every name and length; zeroes in the place of new content. */
  NAMES_AND_LENGTHS,
  /** All content, no name. */
  CONTENT_ONLY,
  /** Chance decides, for each write and its parts and for each name. */
  TORN
}
