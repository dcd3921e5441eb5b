package dev.holdfast.ledger.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** Makes folders so that their names survive a power cut. */
final class Folders {
  private Folders() {}

  /** Makes a folder and those above it that are missing; each is durable before the next. */
  static void make(Disk disk, Path folder) throws IOException {
    Path above = folder.getParent();
    if (above == null) {
      return;
    }
    boolean there = disk.exists(folder);
    if (!there) {
      make(disk, above);
      disk.createFolder(folder);
    }
    try {
      // Also where it is there: whoever made it may have lost power before its name was durable.
      disk.syncFolder(above);
    } catch (AccessDeniedException e) {
      if (!there) {
        throw e;
      }
      // A folder that we may not read, such as one of all users' homes: made by others, long ago.
    }
  }
}
