package dev.holdfast.edge;

/** Spelling of values in YAML. */
final class Yaml {
  private Yaml() {}

  /** A value in single quotes, in which only they need care. */
  static String quote(Object value) {
    return "'" + value.toString().replace("'", "''") + "'";
  }
}
