package dev.holdfast.ledger.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A small store of entries, right or wrong in known ways, for trying the crash tests themselves.
 */
final class ToyStore implements AutoCloseable {
  static final Path FOLDER = Path.of("/toy");
  private static final Path JOURNAL = FOLDER.resolve("journal");
  private static final Path CHECKPOINT = FOLDER.resolve("checkpoint");
  private static final Path NEW = FOLDER.resolve("checkpoint.new");
  private static final int HEAD = 12;

  /** What a store does wrong. */
  enum Flaw {
    FORGETS_FORCE,
    FORGETS_SYNC_AFTER_MOVE,
    FORGETS_SYNC_OF_ITS_FOLDER,
    ACKNOWLEDGES_BEFORE_FORCE,
    PUBLISHES_WITHOUT_FORCE,
    WRITES_CHECKPOINT_IN_PLACE,
    FORGETS_CHECKSUMS,
    FORCES_AGAIN_AFTER_FAILURE,
    GOES_ON_AFTER_FAILURE
  }

  private final Disk disk;
  private final Set<Flaw> flaws;
  private final Disk.OpenFile journal;
  private final List<byte[]> entries = new ArrayList<>();
  private long end;
  private boolean isBroken;

  ToyStore(Disk disk, Set<Flaw> flaws) throws IOException {
    this.disk = disk;
    this.flaws = flaws;
    disk.createFolder(FOLDER);
    if (!flaws.contains(Flaw.FORGETS_SYNC_OF_ITS_FOLDER)) {
      disk.syncFolder(Path.of("/"));
    }
    journal = disk.open(JOURNAL);
    disk.syncFolder(FOLDER);
    recover();
    // What was found may not be durable yet, and is about to be shown.
    journal.force();
  }

  private void recover() throws IOException {
    ByteBuffer all = ByteBuffer.wrap(disk.read(JOURNAL).orElseThrow());
    while (all.remaining() >= HEAD) {
      int length = all.getInt();
      long checksum = all.getLong();
      if (length <= 0 || length > all.remaining()) {
        break;
      }
      byte[] entry = new byte[length];
      all.get(entry);
      if (checksum != checksum(entries.size(), entry) && !flaws.contains(Flaw.FORGETS_CHECKSUMS)) {
        break;
      }
      entries.add(entry);
      end = all.position();
    }
  }

  private static long checksum(int index, byte[] entry) {
    CRC32C checksum = new CRC32C();
    checksum.update(ByteBuffer.allocate(4).putInt(index).flip());
    checksum.update(entry);
    return checksum.getValue();
  }

  synchronized List<byte[]> entries() {
    return List.copyOf(entries);
  }

  /** Adds an entry that is not empty; returns its index. */
  synchronized int append(byte[] entry, Promises promises) throws IOException {
    requireSound();
    int index = entries.size();
    ByteBuffer record = ByteBuffer.allocate(HEAD + entry.length);
    record.putInt(entry.length).putLong(checksum(index, entry)).put(entry).flip();
    try {
      journal.write(record, end);
      if (flaws.contains(Flaw.ACKNOWLEDGES_BEFORE_FORCE)) {
        promises.acknowledged(index, entry);
      }
      if (!flaws.contains(Flaw.FORGETS_FORCE)) {
        force();
      }
    } catch (IOException failure) {
      isBroken = !flaws.contains(Flaw.GOES_ON_AFTER_FAILURE);
      if (isBroken) {
        throw failure;
      }
    }
    end += HEAD + entry.length;
    entries.add(entry);
    if (!flaws.contains(Flaw.ACKNOWLEDGES_BEFORE_FORCE)) {
      promises.acknowledged(index, entry);
    }
    return index;
  }

  private void force() throws IOException {
    try {
      journal.force();
    } catch (IOException failure) {
      if (!flaws.contains(Flaw.FORCES_AGAIN_AFTER_FAILURE)) {
        throw failure;
      }
      journal.force();
    }
  }

  /** Publishes how many entries there are. */
  synchronized void publish(Promises promises) throws IOException {
    requireSound();
    byte[] size = ByteBuffer.allocate(Integer.BYTES).putInt(entries.size()).array();
    boolean inPlace = flaws.contains(Flaw.WRITES_CHECKPOINT_IN_PLACE);
    try {
      disk.delete(NEW);
      try (Disk.OpenFile file = disk.open(inPlace ? CHECKPOINT : NEW)) {
        file.write(ByteBuffer.wrap(size), 0);
        if (!flaws.contains(Flaw.PUBLISHES_WITHOUT_FORCE)) {
          file.force();
        }
      }
      if (!inPlace) {
        disk.move(NEW, CHECKPOINT);
      }
      if (!flaws.contains(Flaw.FORGETS_SYNC_AFTER_MOVE)) {
        disk.syncFolder(FOLDER);
      }
    } catch (IOException failure) {
      isBroken = true;
      throw failure;
    }
    promises.published(size);
  }

  /** The size published last, or 0. */
  int published() throws IOException {
    byte[] size = disk.read(CHECKPOINT).orElse(new byte[Integer.BYTES]);
    return ByteBuffer.wrap(size).getInt();
  }

  private void requireSound() throws IOException {
    if (isBroken) {
      throw new IOException("the disk failed before");
    }
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
