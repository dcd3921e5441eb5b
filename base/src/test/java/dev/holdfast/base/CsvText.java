package dev.holdfast.base;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens CSV that a test writes down as text or as octets. */
final class CsvText {
  private CsvText() {}

  static CsvReader open(String text, String... required) {
    return open(text.getBytes(StandardCharsets.UTF_8), required);
  }

  static CsvReader open(byte[] octets, String... required) {
    try {
      return CsvReader.open(new ByteArrayInputStream(octets), "file.csv", List.of(required));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<CsvRow> rows(CsvReader reader) {
    List<CsvRow> rows = new ArrayList<>();
    try (reader) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  static List<CsvRow> rows(String text) {
    return rows(open(text));
  }

  static List<CsvRow> rows(byte[] octets) {
    return rows(open(octets));
  }

  /** The only row of a file with one column, {@code value}. */
  static CsvRow row(String value) {
    return rows("value,other\n" + value + ",x\n").getFirst();
  }

  /** The code of the problem of a row, or nothing. */
  static Optional<ErrorCode> code(CsvRow row) {
    return row.problem().map(Problem::code);
  }

  static byte[] octets(Object... parts) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (Object part : parts) {
      switch (part) {
        case String text -> out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        case Integer octet -> out.write(octet);
        default -> throw new IllegalArgumentException(part.toString());
      }
    }
    return out.toByteArray();
  }
}
