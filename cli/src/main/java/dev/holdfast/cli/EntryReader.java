package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.EntryBundle;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads entries of a log out of a stream, as one entry or one a line; octets are octets.
 *
 * <p>Memory stays below the longest entry and a buffer, whatever comes: an entry that is too long
 * is skipped, not kept.
 */
final class EntryReader {
  private static final int BUFFER = 1 << 16;

  private final String source;
  private final ProblemLog log;
  private final Consumer<byte[]> entries;

  /**
   * @param source what the stream is called in messages
   * @param entries takes the entries, in their order
   */
  EntryReader(String source, ProblemLog log, Consumer<byte[]> entries) {
    this.source = source;
    this.log = log;
    this.entries = entries;
  }

  /** All of the stream is one entry. */
  void whole(InputStream in) throws IOException {
    byte[] entry = in.readNBytes(EntryBundle.LONGEST_ENTRY + 1);
    if (entry.length > EntryBundle.LONGEST_ENTRY) {
      tooLong(0);
    } else {
      entries.accept(entry);
    }
  }

  /**
   * Each line is one entry, without its newline; a carriage return before that belongs to the
   * entry. The last line counts without a newline too, an empty line is an empty entry.
   */
  void lines(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    byte[] line = new byte[EntryBundle.LONGEST_ENTRY];
    long number = 1;
    // The octets of the line so far; one more than fit stands for any number more.
    int length = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      int from = 0;
      while (from < read) {
        int end = from;
        while (end < read && buffer[end] != '\n') {
          end++;
        }
        length = append(buffer, from, end, line, length);
        if (end < read) {
          line(line, length, number++);
          length = 0;
        }
        from = end + 1;
      }
    }
    if (length > 0) {
      line(line, length, number);
    }
  }

  private static int append(byte[] buffer, int from, int to, byte[] line, int length) {
    int added = to - from;
    if (length + added > line.length) {
      return line.length + 1;
    }
    System.arraycopy(buffer, from, line, length, added);
    return length + added;
  }

  private void line(byte[] line, int length, long number) {
    if (length > line.length) {
      tooLong(number);
    } else {
      entries.accept(Arrays.copyOf(line, length));
    }
  }

  private void tooLong(long line) {
    log.add(
        new Problem(
            ErrorCode.ENTRY_TOO_LARGE,
            source,
            line,
            "entry",
            "it has more than " + EntryBundle.LONGEST_ENTRY + " octets; it is left out"));
  }

  /** A stream that failed. */
  CodedException failed(IOException e) {
    return new CodedException(
        Problem.in(source, ErrorCode.FILE_UNREADABLE, String.valueOf(e.getMessage())), e);
  }
}
