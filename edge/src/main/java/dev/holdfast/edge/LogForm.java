package dev.holdfast.edge;

/** How a daemon writes its log. */
public enum LogForm {
  /** A line for people. */
  TEXT,
  /** A JSON object a line. */
  JSON
}
