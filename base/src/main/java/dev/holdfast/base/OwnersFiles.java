package dev.holdfast.base;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * Files with secrets, which nobody but their owner may reach; as ssh has it.
 *
 * <p>Where the file system has POSIX permissions, a new file has the mode 0600 from its first
 * moment, and one that others may reach is refused. Where it has none (Windows), a new file is set
 * to be its owner's alone by {@link File}, before the secret is in it, as well as the system can;
 * whether others could read it is then <b>not</b> looked at. No message holds any of a secret.
 */
public final class OwnersFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private OwnersFiles() {}

  /** Whether the file system has POSIX permissions; where it has none they are not looked at. */
  public static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /**
   * Writes a secret to a new file, durably.
   *
   * @throws CodedException BAD_KEY_FILE where there is a file already, which is left alone;
   *     FILE_UNWRITABLE
   */
  public static void create(Path file, byte[] secret) {
    try {
      boolean posix = isPosix(file);
      FileAttribute<?>[] attributes =
          posix
              ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
              : new FileAttribute<?>[0];
      try (FileChannel channel =
          FileChannel.open(
              file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
        fill(file, channel, secret, posix);
      }
      DurableFiles.syncFolder(DurableFiles.folderOf(file));
    } catch (FileAlreadyExistsException e) {
      throw new CodedException(
          Problem.in(
              file.toString(),
              ErrorCode.BAD_KEY_FILE,
              "there is a file already; a key is never overwritten"),
          e);
    } catch (IOException e) {
      throw failed(file, ErrorCode.FILE_UNWRITABLE, e);
    }
  }

  private static void fill(Path file, FileChannel channel, byte[] octets, boolean posix)
      throws IOException {
    boolean whole = false;
    try {
      if (!posix) {
        closeToOthers(file.toFile());
      }
      ByteBuffer left = ByteBuffer.wrap(octets);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** What the system cannot do of this it answers with false, which changes nothing here. */
  private static void closeToOthers(File file) {
    file.setReadable(false, false);
    file.setReadable(true, true);
    file.setWritable(false, false);
    file.setWritable(true, true);
  }

  /**
   * Reads a secret of at most so many octets.
   *
   * @throws CodedException FILE_NOT_FOUND, FILE_UNREADABLE, or BAD_KEY_FILE where others may reach
   *     the file or it is too large
   */
  public static byte[] read(Path file, int largest) {
    byte[] octets;
    try {
      // Permissions first: a secret that others could have read is not even looked at.
      requireOwnersAlone(file);
      try (InputStream in = Files.newInputStream(file)) {
        octets = in.readNBytes(largest + 1);
      }
    } catch (NoSuchFileException e) {
      throw new CodedException(
          Problem.in(file.toString(), ErrorCode.FILE_NOT_FOUND, "there is no such file"), e);
    } catch (IOException e) {
      throw failed(file, ErrorCode.FILE_UNREADABLE, e);
    }
    if (octets.length > largest) {
      Arrays.fill(octets, (byte) 0);
      throw new CodedException(
          Problem.in(
              file.toString(),
              ErrorCode.BAD_KEY_FILE,
              "it has more than " + largest + " octets and is no key"));
    }
    return octets;
  }

  private static CodedException failed(Path file, ErrorCode code, IOException e) {
    return new CodedException(
        Problem.in(file.toString(), code, e.getClass().getSimpleName() + ": " + e.getMessage()), e);
  }

  private static void requireOwnersAlone(Path file) throws IOException {
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
