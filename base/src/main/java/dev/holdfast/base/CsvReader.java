package dev.holdfast.base;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A bounded reader of CSV files (RFC 4180) with a header row, from hostile input.
 *
 * <p>The header may name its columns in any order; names are matched exactly, blanks around them
 * apart. UTF-8, with or without byte order mark; lines of at most {@value #LONGEST_LINE} octets; a
 * quoted field may not contain a line break. Blank lines are skipped. A bad line comes back as a
 * row that carries its problem, and the rows after it are unharmed.
 */
public final class CsvReader implements Closeable {
  /** The longest line that is read, in octets. */
  public static final int LONGEST_LINE = 64 * 1024;

  private final InputStream in;
  private final LineReader lines;
  private final String source;
  private final List<String> header;
  private final Map<String, Integer> columns = new HashMap<>();

  private CsvReader(InputStream in, LineReader lines, String source, List<String> header) {
    this.in = in;
    this.lines = lines;
    this.source = source;
    this.header = header;
    for (int i = 0; i < header.size(); i++) {
      columns.put(header.get(i), i);
    }
  }

  /**
   * Opens a file and reads its header.
   *
   * @param source the name of the file for messages
   * @param required columns that must be there
   * @throws CodedException if the file is empty, is not UTF-8, its first line is too long, or a
   *     column is missing or named twice
   * @throws IOException if the stream cannot be read
   */
  public static CsvReader open(InputStream in, String source, List<String> required)
      throws IOException {
    LineReader lines = new LineReader(in, LONGEST_LINE);
    LineReader.State state;
    do {
      state = lines.next();
    } while (state == LineReader.State.LINE && lines.text().isBlank());
    switch (state) {
      case END ->
          throw new CodedException(
              Problem.in(source, ErrorCode.EMPTY_FILE, "the file has no header row"));
      case TOO_LONG, WRONG_ENCODING -> throw new CodedException(bad(state, source, lines));
      case LINE -> {}
    }
    List<String> header;
    try {
      header = split(lines.text()).stream().map(String::strip).toList();
    } catch (CsvParseException e) {
      throw new CodedException(quotes(source, lines.number()), e);
    }
    Set<String> seen = new LinkedHashSet<>();
    for (String column : header) {
      if (!seen.add(column)) {
        throw new CodedException(
            new Problem(
                ErrorCode.DUPLICATE_COLUMN,
                source,
                lines.number(),
                column,
                "the header names this column twice"));
      }
    }
    for (String column : required) {
      if (!seen.contains(column)) {
        throw new CodedException(
            new Problem(
                ErrorCode.MISSING_COLUMN,
                source,
                lines.number(),
                column,
                "the header has no column of this name; it has " + Problem.quote(lines.text())));
      }
    }
    return new CsvReader(in, lines, source, header);
  }

  /** The columns of the header, in order. */
  public List<String> header() {
    return header;
  }

  /** The next row that is not blank, or empty at the end. */
  public Optional<CsvRow> next() throws IOException {
    while (true) {
      LineReader.State state = lines.next();
      switch (state) {
        case END -> {
          return Optional.empty();
        }
        case TOO_LONG, WRONG_ENCODING -> {
          boolean cut = state == LineReader.State.TOO_LONG;
          return Optional.of(row(salvage(lines.text(), cut), bad(state, source, lines)));
        }
        case LINE -> {
          if (!lines.text().isBlank()) {
            return Optional.of(parse());
          }
        }
      }
    }
  }

  private CsvRow parse() {
    List<String> fields;
    try {
      fields = split(lines.text());
    } catch (CsvParseException e) {
      return row(salvage(lines.text(), false), quotes(source, lines.number()));
    }
    if (fields.size() != header.size()) {
      return row(
          fields,
          new Problem(
              ErrorCode.WRONG_FIELD_COUNT,
              source,
              lines.number(),
              null,
              "the header has " + header.size() + " fields, this row " + fields.size()));
    }
    return new CsvRow(source, lines.number(), columns, fields, null);
  }

  private CsvRow row(List<String> fields, Problem problem) {
    return new CsvRow(source, lines.number(), columns, fields, problem);
  }

  /**
   * What can be made out of a bad line, so that the row can at least be laid at a target's door.
   *
   * @param cut whether the line goes on beyond the text: its last field is not whole
   */
  private static List<String> salvage(String text, boolean cut) {
    List<String> fields = List.of(text.replace("\"", "").split(",", -1));
    return cut ? fields.subList(0, fields.size() - 1) : fields;
  }

  private static List<String> split(String line) {
    if (line.indexOf('"') >= 0) {
      // FastCSV takes the end of input for a closing quote; a second record shows whether it was.
      List<CsvRecord> records = new ArrayList<>();
      de.siegmar.fastcsv.reader.CsvReader.builder()
          .allowExtraCharsAfterClosingQuote(false)
          .allowMissingFields(true)
          .allowExtraFields(true)
          .ofCsvRecord(line + "\n.")
          .forEach(records::add);
      if (records.size() != 2 || line.indexOf('\r') >= 0) {
        throw new CsvParseException("the line is not one record");
      }
      return records.getFirst().getFields();
    }
    List<String> fields = new ArrayList<>(8);
    int from = 0;
    for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', from)) {
      fields.add(line.substring(from, comma));
      from = comma + 1;
    }
    fields.add(line.substring(from));
    return fields;
  }

  private static Problem bad(LineReader.State state, String source, LineReader lines) {
    return state == LineReader.State.TOO_LONG
        ? new Problem(
            ErrorCode.LINE_TOO_LONG,
            source,
            lines.number(),
            null,
            "the line is longer than " + LONGEST_LINE + " octets")
        : new Problem(
            ErrorCode.WRONG_ENCODING, source, lines.number(), null, "the line is not UTF-8 text");
  }

  private static Problem quotes(String source, long line) {
    return new Problem(
        ErrorCode.MALFORMED_QUOTES, source, line, null, "a quoted field is not closed properly");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
