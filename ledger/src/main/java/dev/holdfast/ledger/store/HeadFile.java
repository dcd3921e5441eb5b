package dev.holdfast.ledger.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lock checkpoint: the tree that the writer has bound itself to, before any of it is public.
 *
 * <p>It changes by compare-and-swap only, so a log never has two futures: whoever finds another
 * head than the one he read has lost, and stops. It is not signed; nothing of it is until the tiles
 * are durable and read back.
 */
final class HeadFile {
  private final Disk disk;
  private final LogLayout layout;
  private final WholeFiles files;

  HeadFile(Disk disk, LogLayout layout, WholeFiles files) {
    this.disk = disk;
    this.layout = layout;
    this.files = files;
  }

  /** The head, or empty where there is none and so no log. */
  Optional<Checkpoint> read() throws IOException {
    Optional<byte[]> octets = disk.read(layout.head());
    if (octets.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Checkpoint.parse(new String(octets.get(), StandardCharsets.UTF_8)));
    } catch (CodedException e) {
      throw new CodedException(
          Problem.in(layout.head().toString(), ErrorCode.LOG_DAMAGED, e.problem().reason()), e);
    }
  }

  /** Writes a head that is the first, or that is there already and may not be durable yet. */
  void put(Checkpoint head) throws IOException {
    write(head);
  }

  /**
   * Replaces the head that is expected, durably.
   *
   * @throws CodedException LOG_IN_USE where another is found
   */
  void swap(Checkpoint expected, Checkpoint head) throws IOException {
    byte[] found = disk.read(layout.head()).orElse(new byte[0]);
    if (!Arrays.equals(found, octets(expected))) {
      throw new CodedException(
          Problem.in(
              layout.head().toString(),
              ErrorCode.LOG_IN_USE,
              "another writer has changed it; this one stops"));
    }
    write(head);
  }

  private void write(Checkpoint head) throws IOException {
    files.write(layout.head(), octets(head));
    disk.syncFolder(layout.state());
  }

  private static byte[] octets(Checkpoint head) {
    return head.text().getBytes(StandardCharsets.UTF_8);
  }
}
