package dev.holdfast.attention.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How many rows are acknowledged: two slots, written in turn, so that a torn write of one leaves
 * the other.
 *
 * <p>A slot is a number of rows and a CRC32C. The slots lie a page apart, since a disk may spoil
 * all of what it writes in one piece.
 */
final class CommitSlots implements Closeable {
  static final int APART = 4096;
  static final int OCTETS = Long.BYTES + Integer.BYTES;

  private final RowChannel channel;
  private int current;
  private long rows = -1;

  /** Reads the slots; {@link #rows} is negative where neither holds. */
  CommitSlots(RowChannel channel) throws IOException {
    this.channel = channel;
    for (int slot = 0; slot < 2; slot++) {
      ByteBuffer octets = RowLayout.room(OCTETS);
      channel.read(octets, (long) slot * APART);
      long read = octets.getLong(0);
      if (!octets.hasRemaining()
          && read > rows
          && RowLayout.sum(octets, slot, Long.BYTES) == octets.getInt(Long.BYTES)) {
        rows = read;
        current = slot;
      }
    }
    // A slot that a killed process wrote may be in no disk yet, and the other is written next.
    channel.force();
  }

  /** What the file holds at first: no rows. */
  static byte[] fresh() {
    byte[] octets = new byte[APART + OCTETS];
    slot(0, 0).get(octets, 0, OCTETS);
    return octets;
  }

  private static ByteBuffer slot(int slot, long rows) {
    ByteBuffer octets = RowLayout.room(OCTETS).putLong(rows);
    return octets.putInt(RowLayout.sum(octets, slot, Long.BYTES)).flip();
  }

  /** Rows that are acknowledged. */
  long rows() {
    return rows;
  }

  /** Acknowledges so many rows, which are durable already. */
  void put(long count) throws IOException {
    int other = 1 - current;
    channel.write(slot(other, count), (long) other * APART);
    channel.force();
    current = other;
    rows = count;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
