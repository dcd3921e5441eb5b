package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.base.Problem;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A session key in a file: 64 hexadecimal digits. No message holds any of it. */
final class SessionKeyFile {
  private static final int LARGEST = 100;
  private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{64}\\s*");

  private SessionKeyFile() {}

  /**
   * Reads a key of 32 octets.
   *
   * @throws CodedException FILE_NOT_FOUND, FILE_UNREADABLE, or BAD_KEY_FILE where others may reach
   *     the file or it holds something else
   */
  static byte[] read(Path file) {
    String text = new String(OwnersFiles.read(file, LARGEST), US_ASCII);
    if (!FORM.matcher(text).matches()) {
      throw new CodedException(
          Problem.in(
              file.toString(), ErrorCode.BAD_KEY_FILE, "it does not hold 64 hexadecimal digits"));
    }
    return HexFormat.of().parseHex(text.strip());
  }
}
