package dev.holdfast.ledger.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The head of one frame of the journal: a batch of entries that was forced to disk at once.
 *
 * <p>A frame begins at a multiple of {@value #ALIGNMENT} octets, so that writing one never rewrites
 * a sector or page of another that was acknowledged. Its head has 32 octets, big-endian: magic
 * (u32), checksum (u32), checksum of the frame before (u32), number of entries (u32), index of the
 * first entry (u64), octets of the body (u32), zero (u32). The body is the entries as an entry
 * bundle has them: each behind its length (u16). The checksum is CRC-32C over the segment's salt
 * and all behind the checksum itself, and each frame names its predecessor's, so that no entry,
 * which may hold any octets, can pass for a frame. The checksum finds torn writes; what entries are
 * worth is told by the tree.
 *
 * @param previous checksum of the frame before
 * @param checksum checksum of this one
 * @param first index of its first entry
 * @param count how many entries it has, at least 1
 * @param length octets of its body
 */
record Frame(int previous, int checksum, long first, int count, int length) {
  static final int ALIGNMENT = 4096;
  static final int HEAD = 32;
  private static final int MAGIC = 0x48464A31;
  private static final int CHECKED_FROM = 8;

  /** The index behind its last entry. */
  long end() {
    return first + count;
  }

  /** The octets that it takes on disk, with the padding. */
  long footprint() {
    return aligned((long) HEAD + length);
  }

  static long aligned(long octets) {
    return (octets + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /**
   * Writes the head of a frame whose body is in place behind it.
   *
   * @param octets the frame from 0 to its limit, without padding
   */
  static Frame seal(ByteBuffer octets, int salt, int previous, long first, int count) {
    int length = octets.limit() - HEAD;
    octets.putInt(0, MAGIC);
    octets.putInt(8, previous);
    octets.putInt(12, count);
    octets.putLong(16, first);
    octets.putInt(24, length);
    octets.putInt(28, 0);
    int checksum = checksum(octets, salt);
    octets.putInt(4, checksum);
    return new Frame(previous, checksum, first, count, length);
  }

  /** What a head says, or null where these 32 octets are none. */
  static @Nullable Frame head(ByteBuffer octets) {
    Frame frame =
        new Frame(
            octets.getInt(8),
            octets.getInt(4),
            octets.getLong(16),
            octets.getInt(12),
            octets.getInt(24));
    // Each entry takes at least the two octets of its length.
    boolean sane =
        octets.getInt(0) == MAGIC
            && octets.getInt(28) == 0
            && frame.first >= 0
            && frame.count >= 1
            && frame.length >= 2L * frame.count;
    return sane ? frame : null;
  }

  /** Whether the octets, head and body from 0 to the limit, are the ones that were sealed. */
  boolean holds(ByteBuffer octets, int salt) {
    return octets.limit() == HEAD + length && checksum(octets, salt) == checksum;
  }

  private static int checksum(ByteBuffer octets, int salt) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, salt));
    crc.update(octets.slice(CHECKED_FROM, octets.limit() - CHECKED_FROM));
    return (int) crc.getValue();
  }
}
