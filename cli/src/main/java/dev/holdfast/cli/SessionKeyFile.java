package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.StampMac;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/** A session key in a file: 64 hexadecimal digits. No message holds any of it. */
final class SessionKeyFile {
  private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{64}\\s*");
  private static final Set<PosixFilePermission> OWNER =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private SessionKeyFile() {}

  /**
   * Reads a key.
   *
   * @throws CodedException BAD_KEY_FILE where others may read the file, or it holds something else
   */
  static byte[] read(Path file) {
    String text = new String(InputFiles.octets(file, 100), US_ASCII);
    try {
      if (Files.getFileStore(file).supportsFileAttributeView("posix")
          && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
        throw refuse(file, "others than its owner may use it: chmod 600 mends that");
      }
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(file.toString(), ErrorCode.FILE_UNREADABLE, "its permissions are not known"),
          e);
    }
    if (!FORM.matcher(text).matches()) {
      throw refuse(file, "it does not hold 64 hexadecimal digits");
    }
    byte[] key = HexFormat.of().parseHex(text.strip());
    if (key.length != StampMac.KEY_LENGTH) {
      throw refuse(file, "a session key has 32 octets");
    }
    return key;
  }

  private static CodedException refuse(Path file, String reason) {
    return new CodedException(Problem.in(file.toString(), ErrorCode.BAD_KEY_FILE, reason));
  }
}
