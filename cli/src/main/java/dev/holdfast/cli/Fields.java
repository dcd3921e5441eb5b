package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.CsvRow;
import dev.holdfast.base.ErrorCode;
import java.util.function.Function;

/** Reads fields that are names of things. */
final class Fields {
  private Fields() {}

  /**
   * A required name.
   *
   * @throws CodedException naming file, line and field, if it is missing or no name
   */
  static <T> T id(CsvRow row, String column, Function<String, T> maker) {
    String value = row.required(column);
    try {
      return maker.apply(value);
    } catch (IllegalArgumentException e) {
      throw row.fault(ErrorCode.BAD_IDENTIFIER, column, String.valueOf(e.getMessage()));
    }
  }
}
