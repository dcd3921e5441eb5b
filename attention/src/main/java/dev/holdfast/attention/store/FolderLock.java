package dev.holdfast.attention.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a second writer out of a folder; the system lets it go when the process ends. */
final class FolderLock implements AutoCloseable {
  // Locks of POSIX belong to a process, and closing any channel of the file lets them go; so within
  // the process a folder is looked up here before its file is touched.
  private static final Set<Path> HELD = new HashSet<>();

  private final Path folder;
  private @Nullable FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws CodedException ROW_FILE_IN_USE
   */
  static FolderLock take(Path folder) throws IOException {
    Path real = folder.toRealPath();
    synchronized (HELD) {
      if (HELD.contains(real)) {
        throw inUse(folder, "this process");
      }
      FileChannel channel =
          FileChannel.open(
              real.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean taken = false;
      try {
        taken = channel.tryLock() != null;
      } finally {
        if (!taken) {
          channel.close();
        }
      }
      if (!taken) {
        throw inUse(folder, "another process");
      }
      HELD.add(real);
      return new FolderLock(real, channel);
    }
  }

  private static CodedException inUse(Path folder, String holder) {
    return new CodedException(
        Problem.in(
            folder.toString(),
            ErrorCode.ROW_FILE_IN_USE,
            "it is written by " + holder + "; there can be only one writer"));
  }

  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      FileChannel open = channel;
      if (open != null) {
        channel = null;
        HELD.remove(folder);
        open.close();
      }
    }
  }
}
