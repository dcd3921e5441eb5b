package dev.holdfast.base;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with an input: what, where and why.
 *
 * @param code the stable code
 * @param source the file or other source as the user named it, or null
 * @param line the line in it, from 1, or 0 where no line is meant
 * @param field the column or option, or null
 * @param reason why, in English, with the offending value shortened; never a secret
 */
public record Problem(
    ErrorCode code, @Nullable String source, long line, @Nullable String field, String reason) {

  private static final int LONGEST_QUOTE = 60;

  public Problem {
    requireNonNull(code, "code");
    requireNonNull(reason, "reason");
    if (line < 0) {
      throw new IllegalArgumentException("line must not be negative: " + line);
    }
  }

  /** A problem that belongs to no file. */
  public static Problem of(ErrorCode code, String reason) {
    return new Problem(code, null, 0, null, reason);
  }

  /** A problem with a whole source. */
  public static Problem in(String source, ErrorCode code, String reason) {
    return new Problem(code, source, 0, null, reason);
  }

  /** Where it is, as {@code file:line: field}, or empty. */
  public Optional<String> place() {
    StringBuilder place = new StringBuilder();
    if (source != null) {
      place.append(source);
    }
    if (line > 0) {
      place.append(':').append(line);
    }
    if (field != null) {
      place.append(place.isEmpty() ? "" : ": ").append(printable(field));
    }
    return place.isEmpty() ? Optional.empty() : Optional.of(place.toString());
  }

  /** The line, if one is meant. */
  public OptionalLong lineNumber() {
    return line == 0 ? OptionalLong.empty() : OptionalLong.of(line);
  }

  /** One line for a terminal or a log: code, place, reason. */
  public String sentence() {
    return code.code() + " " + place().map(place -> place + ": ").orElse("") + reason;
  }

  /**
   * A value as it may stand in a reason: in quotes, at most 60 characters, control characters
   * replaced so that an input cannot drive the terminal it is printed on.
   */
  public static String quote(String value) {
    int shown = Math.min(value.length(), LONGEST_QUOTE);
    return "\"" + printable(value.substring(0, shown)) + (value.length() > shown ? "…\"" : "\"");
  }

  /**
   * A value with everything replaced that could drive a terminal or turn the direction of text:
   * control and format characters and lone surrogates.
   */
  public static String printable(String value) {
    return value
        .codePoints()
        .map(c ->
            switch (Character.getType(c)) {
              case Character.CONTROL,
                  Character.FORMAT,
                  Character.SURROGATE,
                  Character.LINE_SEPARATOR,
                  Character.PARAGRAPH_SEPARATOR ->
                  0xFFFD;
              default -> c;
            })
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
