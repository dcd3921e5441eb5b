package dev.holdfast.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Small files that survive a loss of power, whole or not at all: written under another name, forced
 * to disk, renamed, and the folder forced too. One writer at a time for each file.
 */
public final class DurableFiles {
  private static final String UNFINISHED = ".unfinished";

  private DurableFiles() {}

  /**
   * Writes a file, in place of one that is there.
   *
   * @throws IOException where it could not be made durable; then the old one may still be there
   */
  public static void replace(Path file, byte[] octets) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(octets);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(folderOf(file));
  }

  /** Whether a name is that of a file whose writing was cut off. */
  public static boolean isUnfinished(Path file) {
    return file.toString().endsWith(UNFINISHED);
  }

  /** The folder that a file lies in. */
  public static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  /** Makes the names in a folder durable, where the system can open folders. */
  public static void syncFolder(Path folder) throws IOException {
    if (!OwnersFiles.isPosix(folder)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
