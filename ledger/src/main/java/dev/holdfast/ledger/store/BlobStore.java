package dev.holdfast.ledger.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.base.WriterLock;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.TreeHasher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Octets kept under their SHA-256: evidence that is too large for a log entry, which then names it.
 *
 * <p>A blob lies at {@code sha256/<two digits>/<all 64 digits>}. It is durable when {@link #put}
 * returns, and is hashed again whenever it is read, so what comes out is what was named or an
 * error. One process puts; any number may read.
 */
public final class BlobStore implements AutoCloseable {
  /** The most octets of one blob: 64 MiB. */
  public static final int LARGEST = 64 << 20;

  private static final int SHARD = 2;

  private final Disk disk;
  private final Path folder;
  private final WholeFiles files;
  private final AutoCloseable held;

  private BlobStore(Disk disk, Path folder, AutoCloseable held) {
    this.disk = disk;
    this.folder = folder;
    this.files = new WholeFiles(disk, temporary(folder));
    this.held = held;
  }

  private static Path temporary(Path folder) {
    return folder.resolve("tmp");
  }

  /**
   * Opens a store to put and read, made where it is not there.
   *
   * @throws CodedException LOG_IN_USE where another process puts, FILE_UNWRITABLE
   */
  public static BlobStore open(Path folder) {
    Disk disk = new RealDisk();
    Path absolute = folder.toAbsolutePath();
    WriterLock held = null;
    try {
      prepare(disk, absolute);
      held = WriterLock.take(absolute, absolute.resolve("writer.lock"), ErrorCode.LOG_IN_USE);
      return open(disk, absolute, held);
    } catch (IOException e) {
      if (held != null) {
        held.close();
      }
      throw unwritable(folder, e);
    }
  }

  static BlobStore open(Disk disk, Path folder, AutoCloseable held) throws IOException {
    BlobStore store = new BlobStore(disk, folder, held);
    store.files.clean();
    return store;
  }

  static void prepare(Disk disk, Path folder) throws IOException {
    Folders.make(disk, folder);
    Folders.make(disk, temporary(folder));
    Folders.make(disk, folder.resolve("sha256"));
  }

  /**
   * Keeps octets durably; returns their name. Keeping the same again changes nothing.
   *
   * @throws CodedException INPUT_TOO_LARGE, FILE_UNWRITABLE (nothing is kept then)
   */
  public Hash put(byte[] octets) {
    if (octets.length > LARGEST) {
      throw new CodedException(
          Problem.of(
              ErrorCode.INPUT_TOO_LARGE,
              "a blob has at most " + LARGEST + " octets, not " + octets.length));
    }
    Hash name = TreeHasher.plain(octets);
    Path file = file(name);
    try {
      Path shard = shard(name);
      Folders.make(disk, shard);
      if (!disk.read(file).map(TreeHasher::plain).filter(name::equals).isPresent()) {
        files.write(file, octets);
      }
      disk.syncFolder(shard);
      return name;
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * The octets of this name.
   *
   * @return empty where the store has none of this name
   * @throws CodedException BLOB_DAMAGED where what is stored hashes to something else,
   *     FILE_UNREADABLE
   */
  public Optional<byte[]> read(Hash name) {
    return read(disk, file(name), name);
  }

  /** Whether the store has something of this name; what it is, is checked on reading. */
  public boolean holds(Hash name) {
    try {
      return disk.exists(file(name));
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(
              file(name).toString(), ErrorCode.FILE_UNREADABLE, String.valueOf(e.getMessage())),
          e);
    }
  }

  private static Optional<byte[]> read(Disk disk, Path file, Hash name) {
    Optional<byte[]> octets;
    try {
      octets = disk.read(file);
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(file.toString(), ErrorCode.FILE_UNREADABLE, String.valueOf(e.getMessage())),
          e);
    }
    octets.ifPresent(found -> {
      Hash computed = TreeHasher.plain(found);
      if (!computed.equals(name)) {
        throw new CodedException(
            Problem.in(
                file.toString(),
                ErrorCode.BLOB_DAMAGED,
                "it hashes to " + computed.hex() + ", not to its name"));
      }
    });
    return octets;
  }

  private Path shard(Hash name) {
    return folder.resolve("sha256").resolve(name.hex().substring(0, SHARD));
  }

  private Path file(Hash name) {
    return shard(name).resolve(name.hex());
  }

  private static CodedException unwritable(Path file, IOException e) {
    return new CodedException(
        Problem.in(file.toString(), ErrorCode.FILE_UNWRITABLE, String.valueOf(e.getMessage())), e);
  }

  @Override
  public void close() {
    try {
      held.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
