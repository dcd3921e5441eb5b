package dev.holdfast.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of a hostile byte stream, each of bounded length, with bad ones set apart.
 *
 * <p>A line that is too long or not UTF-8 spoils itself only: reading goes on after its line feed.
 * Memory never exceeds the limit, whatever comes.
 */
final class LineReader {
  enum State {
    LINE,
    TOO_LONG,
    WRONG_ENCODING,
    END
  }

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final byte[] line;
  private final int longestLine;
  private int from;
  private int to;
  private int length;
  private long number;
  private String text = "";

  LineReader(InputStream in, int longestLine) {
    this.in = in;
    // One more for the carriage return of a line of the greatest length.
    this.line = new byte[longestLine + 1];
    this.longestLine = longestLine;
  }

  /**
   * Reads the next line; its text, even a part or a best guess of a bad one, is in {@link #text}.
   */
  State next() throws IOException {
    boolean any = false;
    boolean tooLong = false;
    length = 0;
    while (true) {
      if (from == to) {
        from = 0;
        to = in.read(buffer);
        if (to <= 0) {
          to = 0;
          if (!any) {
            text = "";
            return State.END;
          }
          break;
        }
      }
      any = true;
      int start = from;
      while (from < to && buffer[from] != '\n') {
        from++;
      }
      int taken = Math.min(from - start, line.length - length);
      System.arraycopy(buffer, start, line, length, taken);
      length += taken;
      tooLong |= taken < from - start;
      if (from < to) {
        from++;
        break;
      }
    }
    number++;
    if (number == 1 && startsWithByteOrderMark()) {
      System.arraycopy(line, 3, line, 0, length - 3);
      length -= 3;
    }
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    if (length > longestLine) {
      length = longestLine;
      tooLong = true;
    }
    return decode(tooLong);
  }

  private boolean startsWithByteOrderMark() {
    return length >= 3
        && line[0] == (byte) 0xEF
        && line[1] == (byte) 0xBB
        && line[2] == (byte) 0xBF;
  }

  private State decode(boolean tooLong) {
    boolean ascii = true;
    boolean control = false;
    for (int i = 0; i < length; i++) {
      ascii &= line[i] >= 0;
      control |= line[i] == 0;
    }
    if (ascii) {
      text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
    } else {
      try {
        text =
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(line, 0, length))
                .toString();
      } catch (CharacterCodingException e) {
        text = new String(Arrays.copyOf(line, length), StandardCharsets.UTF_8);
        return tooLong ? State.TOO_LONG : State.WRONG_ENCODING;
      }
    }
    if (tooLong) {
      return State.TOO_LONG;
    }
    // A zero octet is never text; it is what UTF-16 looks like when read as UTF-8.
    return control ? State.WRONG_ENCODING : State.LINE;
  }

  String text() {
    return text;
  }

  /** The number of the line last read, from 1. */
  long number() {
    return number;
  }
}
