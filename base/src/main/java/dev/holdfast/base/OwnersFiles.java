package dev.holdfast.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files with secrets, which nobody but their owner may reach; as ssh has it. */
public final class OwnersFiles {
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private OwnersFiles() {}

  /** Whether the file system has POSIX permissions; where it has none they are not looked at. */
  public static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /**
   * Refuses a file that others may reach; to be asked before the secret is read.
   *
   * @throws IOException where there is no such file, or its permissions cannot be read
   * @throws CodedException BAD_KEY_FILE where group or others may read, write or run it
   */
  public static void requireOwnersAlone(Path file) throws IOException {
    if (!isPosix(file)) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.stream().anyMatch(OTHERS::contains)) {
      throw new CodedException(
          Problem.in(
              file.toString(),
              ErrorCode.BAD_KEY_FILE,
              "its permissions are "
                  + PosixFilePermissions.toString(permissions)
                  + ", so that others than its owner can reach the secret in it; run: chmod 600 "
                  + Problem.printable(file.toString())));
    }
  }
}
