package dev.holdfast.ledger.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes files so that their name never stands for less than all of them: under another name, made
 * durable, then renamed. The folder is synced by the caller, who may have many files for it.
 */
final class WholeFiles {
  private final Disk disk;
  private final Path temporary;
  private final AtomicLong serial = new AtomicLong();

  WholeFiles(Disk disk, Path temporary) {
    this.disk = disk;
    this.temporary = temporary;
  }

  /** Removes what an earlier writer left unfinished. */
  void clean() throws IOException {
    for (String name : disk.list(temporary)) {
      disk.delete(temporary.resolve(name));
    }
  }

  void write(Path file, byte[] octets) throws IOException {
    Path unfinished = temporary.resolve(Long.toString(serial.getAndIncrement()));
    // What a killed process left under this name could be longer.
    disk.delete(unfinished);
    try (Disk.OpenFile out = disk.open(unfinished)) {
      out.write(ByteBuffer.wrap(octets), 0);
      out.force();
    }
    disk.move(unfinished, file);
  }
}
