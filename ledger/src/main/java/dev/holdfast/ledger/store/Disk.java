package dev.holdfast.ledger.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The few file operations that the log is built on, so that tests can lose power between any two.
 *
 * <p>What was written is durable only once the file was {@linkplain OpenFile#force forced}; what
 * was created, moved or deleted only once its folder was {@linkplain #syncFolder synced} (POSIX
 * fsync). A move replaces its target in one step.
 */
interface Disk {
  /** The whole of a file, or empty where there is none. */
  Optional<byte[]> read(Path file) throws IOException;

  /** The names in a folder, in order; empty where there is no folder. */
  List<String> list(Path folder) throws IOException;

  /** Whether there is such a file or folder. */
  boolean exists(Path path) throws IOException;

  /** Makes one folder whose parent exists; nothing happens where it is there already. */
  void createFolder(Path folder) throws IOException;

  /** Makes the names in a folder durable. */
  void syncFolder(Path folder) throws IOException;

  /** Opens a file to read and write, made empty first where it is not there. */
  OpenFile open(Path file) throws IOException;

  /** Renames a file within one file system, in one step; a file of the new name is replaced. */
  void move(Path from, Path to) throws IOException;

  /** Removes a file or an empty folder; nothing happens where it is not there. */
  void delete(Path path) throws IOException;

  /** An open file. */
  interface OpenFile extends Closeable {
    /** Writes all of the buffer's rest at a place, beyond the end too. */
    void write(ByteBuffer octets, long at) throws IOException;

    /** Reads until the buffer is full or the file ends; returns how much was read. */
    int read(ByteBuffer target, long at) throws IOException;

    /** The length of the file. */
    long size() throws IOException;

    /** Makes what was written, and the length, durable. */
    void force() throws IOException;
  }
}
