package dev.holdfast.reading;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Octets to text, strictly; what is no text is told apart by how it begins. */
final class TextForm {
  private static final String SAVE = "; save it as plain text (UTF-8) and read that";

  /**
   * A form that is known and not read.
   *
   * @param beginning the octets that it begins with, in ISO 8859-1
   */
  private record Known(String beginning, String what) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known("%PDF-", "this is a PDF; take the text out of it, such as by: pdftotext FILE"),
          new Known(
              "PK\u0003\u0004",
              "this is an archive, or a document of an office (docx, xlsx, odt)" + SAVE),
          new Known(
              "\u00d0\u00cf\u0011\u00e0", "this is a document of an old office (doc, xls)" + SAVE),
          new Known("{\\rtf", "this is RTF" + SAVE),
          new Known("\u001f\u008b", "this is compressed by gzip; unpack it first"),
          new Known(
              "\u00ff\u00fe", "this is UTF-16; convert it, such as by: iconv -f UTF-16 -t UTF-8"),
          new Known(
              "\u00fe\u00ff", "this is UTF-16; convert it, such as by: iconv -f UTF-16 -t UTF-8"));

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int LOOKED_AT = 512;

  private TextForm() {}

  /**
   * The text of a file. A byte order mark before it is no part of it.
   *
   * @throws CodedException NOT_TEXT with what to do, or WRONG_ENCODING with where
   */
  static String text(byte[] octets, String source) {
    String beginning =
        new String(octets, 0, Math.min(octets.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
    Optional<Known> known =
        KNOWN.stream().filter(each -> beginning.startsWith(each.beginning())).findFirst();
    if (known.isPresent()) {
      throw refused(source, known.get().what());
    }
    String lower = beginning.stripLeading().toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
      throw refused(source, "this is HTML" + SAVE);
    }
    int nul = indexOfNul(octets);
    if (nul >= 0) {
      throw refused(
          source, "this is no text: octet " + nul + " is zero; only plain text (UTF-8) is read");
    }
    int from = Arrays.mismatch(octets, MARK) == MARK.length || Arrays.equals(octets, MARK) ? 3 : 0;
    ByteBuffer in = ByteBuffer.wrap(octets, from, octets.length - from);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(in)
          .toString();
    } catch (CharacterCodingException e) {
      long line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += octets[i] == '\n' ? 1 : 0;
      }
      throw new CodedException(
          new Problem(
              ErrorCode.WRONG_ENCODING,
              source,
              line,
              null,
              "octet "
                  + in.position()
                  + " is not UTF-8; convert the file, such as by: iconv -f GB18030 -t UTF-8"
                  + " (or -f SHIFT_JIS, -f WINDOWS-1252)"),
          e);
    }
  }

  private static int indexOfNul(byte[] octets) {
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  private static CodedException refused(String source, String why) {
    return new CodedException(Problem.in(source, ErrorCode.NOT_TEXT, why));
  }
}
