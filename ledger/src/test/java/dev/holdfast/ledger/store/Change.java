package dev.holdfast.ledger.store;

/** What one operation does to a {@link DiskState}; files and folders go by number. */
sealed interface Change {
  /** An operation that came to nothing. */
  record Nothing() implements Change {}

  record Create(int folder, String name, boolean isFolder) implements Change {}

  record Write(int file, int at, byte[] octets) implements Change {}

  record Force(int file) implements Change {}

  /** A force that failed: what it should have made durable never becomes so. */
  record ForceLost(int file) implements Change {}

  record Sync(int folder) implements Change {}

  record Move(int fromFolder, String from, int toFolder, String to) implements Change {}

  record Delete(int folder, String name) implements Change {}

  /** A bit turned over, in the durable content and in what is read. */
  record Flip(int file, long bit) implements Change {}
}
