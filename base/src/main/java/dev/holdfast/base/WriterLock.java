package dev.holdfast.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other writers out of a folder, in this process and in others; the system lets it go when
 * the process ends, however it ends.
 */
public final class WriterLock implements AutoCloseable {
  // Locks of POSIX belong to a process, and closing any channel of the file lets them go; so within
  // the process a folder is looked up here before its file is touched.
  private static final Set<Path> HELD = new HashSet<>();

  private final Path folder;
  private final FileChannel channel;
  private final Path who;
  private boolean closed;

  private WriterLock(Path folder, FileChannel channel, Path who) {
    this.folder = folder;
    this.channel = channel;
    this.who = who;
  }

  /**
   * Takes the lock of a folder.
   *
   * @param file a file of the folder that is made for the lock alone
   * @param inUse the code of the error that somebody else holds it; the error names the process
   * @throws CodedException {@code inUse}, or FILE_UNWRITABLE
   */
  public static WriterLock take(Path folder, Path file, ErrorCode inUse) {
    Path who = file.resolveSibling(file.getFileName() + ".holder");
    try {
      Path real = folder.toRealPath();
      synchronized (HELD) {
        if (!HELD.add(real)) {
          throw held(inUse, folder, "this process");
        }
      }
      FileChannel channel = null;
      boolean taken = false;
      try {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
          throw held(inUse, folder, holder(who));
        }
        Files.writeString(who, "process " + ProcessHandle.current().pid() + "\n");
        taken = true;
        return new WriterLock(real, channel, who);
      } finally {
        if (!taken) {
          release(real, channel);
        }
      }
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(file.toString(), ErrorCode.FILE_UNWRITABLE, String.valueOf(e.getMessage())),
          e);
    }
  }

  private static CodedException held(ErrorCode inUse, Path folder, String holder) {
    return new CodedException(
        Problem.in(
            folder.toString(),
            inUse,
            "it is written by " + holder + "; there can be only one writer"));
  }

  private static String holder(Path who) {
    try {
      byte[] octets = Files.readAllBytes(who);
      String text = new String(octets, StandardCharsets.UTF_8).strip();
      return text.matches("process [0-9]{1,10}") ? text : "another process";
    } catch (IOException e) {
      return "another process";
    }
  }

  private static void release(Path folder, @Nullable FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      synchronized (HELD) {
        HELD.remove(folder);
      }
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      // By now another writer of this process may hold it.
      return;
    }
    closed = true;
    try {
      try {
        Files.deleteIfExists(who);
      } finally {
        release(folder, channel);
      }
    } catch (IOException e) {
      // The lock goes with the process at the latest, and nothing was written through the channel.
    }
  }
}
