package dev.holdfast.ledger.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of the journal: a block that says where it begins, then frames.
 *
 * <p>The block has {@value Frame#ALIGNMENT} octets: magic (u32), CRC-32C of the next sixteen octets
 * (u32), checksum of the last frame of the segment before (u32), index of the first entry (u64),
 * salt (u32).
 *
 * @param path the file
 * @param first index of its first entry
 * @param seed checksum that its first frame follows
 * @param salt what the checksums of its frames begin with; random, never shown to anybody
 */
record Segment(Path path, long first, int seed, int salt) {
  private static final int MAGIC = 0x48465331;
  static final int HEAD = 24;

  static String name(long first) {
    return "%020d".formatted(first);
  }

  static boolean isName(String name) {
    return name.matches("0[0-9]{19}");
  }

  /** The octets of the first block. */
  ByteBuffer block() {
    ByteBuffer block = ByteBuffer.allocateDirect(Frame.ALIGNMENT);
    block.putInt(0, MAGIC);
    block.putInt(8, seed);
    block.putLong(12, first);
    block.putInt(20, salt);
    block.putInt(4, checksum(block));
    return block;
  }

  /** The segment in a file, or null where the file does not begin as one of this name does. */
  static @Nullable Segment read(Path path, Disk.OpenFile file) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(HEAD);
    int length = file.read(block, 0);
    return parse(path, Arrays.copyOf(block.array(), length));
  }

  /** As {@link #read}, from the octets of the file. */
  static @Nullable Segment parse(Path path, byte[] octets) {
    ByteBuffer block = ByteBuffer.wrap(octets);
    if (octets.length < HEAD || block.getInt(0) != MAGIC || block.getInt(4) != checksum(block)) {
      return null;
    }
    Segment segment = new Segment(path, block.getLong(12), block.getInt(8), block.getInt(20));
    return name(segment.first).equals(String.valueOf(path.getFileName())) ? segment : null;
  }

  private static int checksum(ByteBuffer block) {
    CRC32C crc = new CRC32C();
    crc.update(block.slice(8, HEAD - 8));
    return (int) crc.getValue();
  }
}
