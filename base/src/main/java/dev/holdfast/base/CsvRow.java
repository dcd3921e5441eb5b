package dev.holdfast.base;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a {@link CsvReader}: its fields by column, or what is wrong with it.
 *
 * <p>The readers of fields throw a {@link CodedException} that names file, line and field; a row
 * with a {@link #problem()} throws that problem from each of them.
 */
public final class CsvRow {
  private final String source;
  private final long line;
  private final Map<String, Integer> columns;
  private final List<String> fields;
  private final @Nullable Problem problem;

  CsvRow(
      String source,
      long line,
      Map<String, Integer> columns,
      List<String> fields,
      @Nullable Problem problem) {
    this.source = source;
    this.line = line;
    this.columns = columns;
    this.fields = fields;
    this.problem = problem;
  }

  /** The line of the file, from 1. */
  public long line() {
    return line;
  }

  /** What is wrong with the row as a whole. */
  public Optional<Problem> problem() {
    return Optional.ofNullable(problem);
  }

  /** The stripped text of a column, or empty where the column or the value is missing. */
  public Optional<String> text(String column) {
    check();
    return salvaged(column);
  }

  /** As {@link #text} but also from a bad row, as well as it can be made out. */
  public Optional<String> salvaged(String column) {
    Integer index = columns.get(column);
    if (index == null || index >= fields.size()) {
      return Optional.empty();
    }
    String value = fields.get(index).strip();
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** The stripped text of a column that must have one. */
  public String required(String column) {
    return text(column)
        .orElseThrow(() -> fault(ErrorCode.MISSING_VALUE, column, "a value is needed"));
  }

  /** A finite decimal number in a range that includes its ends. */
  public double number(String column, double least, double most) {
    return number(column, required(column), least, most);
  }

  /** As {@link #number(String, double, double)}, or empty where the value is missing. */
  public Optional<Double> optionalNumber(String column, double least, double most) {
    return text(column).map(value -> number(column, value, least, most));
  }

  private double number(String column, String value, double least, double most) {
    double number;
    try {
      // Double.parseDouble also takes "NaN", "0x1p3" and "1d"; only plain decimals are numbers
      // here.
      if (!isPlainDecimal(value)) {
        throw new NumberFormatException();
      }
      number = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new CodedException(
          problem(
              ErrorCode.NOT_A_NUMBER, column, Problem.quote(value) + " is not a decimal number"),
          e);
    }
    if (!(number >= least && number <= most)) {
      throw fault(
          ErrorCode.OUT_OF_RANGE,
          column,
          Problem.quote(value) + " is not between " + plain(least) + " and " + plain(most));
    }
    // A minus zero would not equal the zero that it is.
    return number + 0.0;
  }

  /** A time with its offset (ISO 8601, such as {@code 2026-01-31T08:00:00Z}), or empty. */
  public Optional<Instant> optionalTime(String column) {
    return text(column)
        .map(value -> {
          try {
            OffsetDateTime time = OffsetDateTime.parse(value);
            // Beyond these years, adding a window leaves what an Instant can hold.
            if (time.getYear() < 1 || time.getYear() > 9999) {
              throw new DateTimeParseException("year beyond four digits", value, 0);
            }
            return time.toInstant();
          } catch (DateTimeParseException e) {
            throw new CodedException(
                problem(
                    ErrorCode.NOT_A_TIME,
                    column,
                    Problem.quote(value)
                        + " is not a time with its offset, such as 2026-01-31T08:00:00Z"),
                e);
          }
        });
  }

  /** An exception about a field of this row, for checks that the caller makes. */
  public CodedException fault(ErrorCode code, String column, String reason) {
    return new CodedException(problem(code, column, reason));
  }

  private Problem problem(ErrorCode code, String column, String reason) {
    return new Problem(code, source, line, column, reason);
  }

  private void check() {
    if (problem != null) {
      throw new CodedException(problem);
    }
  }

  private static boolean isPlainDecimal(String value) {
    if (value.length() > 40) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!(c >= '0' && c <= '9') && "+-.eE".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String plain(double limit) {
    return limit == Math.rint(limit) && Math.abs(limit) < 1e15
        ? Long.toString((long) limit)
        : Double.toString(limit);
  }
}
