package dev.holdfast.policy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the rows of one file of a record; a bad row is told and left out. */
final class RecordRows {
  private static final int MOST_ROWS = 20_000;

  private RecordRows() {}

  static <T> List<T> read(
      PolicyFiles files,
      String name,
      List<String> columns,
      Function<CsvRow, T> row,
      List<Problem> problems) {
    List<T> all = new ArrayList<>();
    try (CsvReader reader =
        CsvReader.open(new ByteArrayInputStream(files.octets(name)), name, columns)) {
      for (Optional<CsvRow> next = reader.next(); next.isPresent(); next = reader.next()) {
        if (all.size() == MOST_ROWS) {
          problems.add(
              Problem.in(name, ErrorCode.TOO_MANY_ROWS, "it has more than " + MOST_ROWS + " rows"));
          break;
        }
        try {
          all.add(row.apply(next.get()));
        } catch (CodedException e) {
          problems.add(e.problem());
        }
      }
    } catch (CodedException e) {
      problems.add(e.problem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  static String text(CsvRow row, String column) {
    return row.text(column).orElse("");
  }

  /** A number that is not negative. */
  static Optional<BigDecimal> number(CsvRow row, String column) {
    return row.optionalNumber(column, 0, 1e12).map(value -> new BigDecimal(row.required(column)));
  }

  static Optional<LocalDate> day(CsvRow row, String column) {
    return row.text(column).map(text -> made(row, column, ErrorCode.NOT_A_TIME, () -> parse(text)));
  }

  static LocalDate requiredDay(CsvRow row, String column) {
    return day(row, column)
        .orElseThrow(() -> row.fault(ErrorCode.MISSING_VALUE, column, "a value is needed"));
  }

  static Days days(CsvRow row, String kind) {
    LocalDate first = requiredDay(row, kind + "_from");
    LocalDate last = day(row, kind + "_to").orElse(null);
    return made(row, kind + "_to", ErrorCode.OUT_OF_RANGE, () -> new Days(first, last));
  }

  /** A day such as {@code 2026-01-31}, of the years 1900 to 2999. */
  static LocalDate parse(String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() >= 1900 && day.getYear() < 3000) {
        return day;
      }
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          Problem.quote(text) + " is not a day such as 2026-01-31", e);
    }
    throw new IllegalArgumentException(Problem.quote(text) + " is not between 1900 and 2999");
  }

  /** What is between bars. */
  static List<String> list(CsvRow row, String column, String separator) {
    String text = text(row, column);
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> all = new ArrayList<>();
    for (String each : text.split(java.util.regex.Pattern.quote(separator), -1)) {
      if (each.isBlank()) {
        throw row.fault(ErrorCode.MALFORMED_RULE, column, "it names something blank");
      }
      all.add(each.strip());
    }
    return all;
  }

  static <T> T made(
      CsvRow row, String column, ErrorCode code, java.util.function.Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      throw row.fault(code, column, String.valueOf(e.getMessage()));
    }
  }
}
