package dev.holdfast.edge;

import dev.holdfast.base.Problem;
import java.util.Locale;

/** Spelling of values in YAML. */
final class Yaml {
  private Yaml() {}

  /**
   * A value in single quotes, in which only they need care; one that cannot be printed in double
   * quotes, escaped (YAML 1.2 section 5.7).
   */
  static String quote(Object value) {
    String text = value.toString();
    return Problem.printable(text).equals(text)
            && text.chars().noneMatch(c -> c == 0xFFFD || c == 0xFFFE || c == 0xFFFF)
        ? "'" + text.replace("'", "''") + "'"
        : '"' + escaped(text) + '"';
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
        escaped.append(c);
      } else {
        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return escaped.toString();
  }
}
