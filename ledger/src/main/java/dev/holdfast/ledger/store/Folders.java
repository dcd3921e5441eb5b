package dev.holdfast.ledger.store;

import java.io.IOException;
import java.nio.file.Path;

/** Makes folders so that their names survive a power cut. */
final class Folders {
  private Folders() {}

  /** Makes a folder and those above it that are missing; each is durable before the next. */
  static void make(Disk disk, Path folder) throws IOException {
    Path above = folder.getParent();
    if (above == null || disk.exists(folder)) {
      return;
    }
    make(disk, above);
    disk.createFolder(folder);
    disk.syncFolder(above);
  }
}
