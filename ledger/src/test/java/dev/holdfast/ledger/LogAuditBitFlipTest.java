package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One flipped bit anywhere is one finding, in the right file at the right place. */
final class LogAuditBitFlipTest {
  private static final boolean THOROUGH =
      "thorough".equals(System.getProperty("holdfast.counts", "gate"));

  @Test
  void every_bit_of_a_log_of_three_entries() throws IOException {
    everyBit(3, 40, 1);
  }

  @Test
  void every_bit_of_a_log_with_full_and_partial_tiles() throws IOException {
    // The gate takes every 29th bit, which meets every place in an octet and in a hash.
    everyBit(260, 6, THOROUGH ? 1 : 29);
  }

  @Test
  void bits_of_a_log_with_two_tiles_beside_each_other() throws IOException {
    everyBit(700, 6, THOROUGH ? 3 : 431);
  }

  private static void everyBit(int size, int longest, int step) throws IOException {
    List<byte[]> entries = Trees.entries(new SplittableRandom(size), size, longest);
    MemoryTiles log = MemoryTiles.of(entries);
    for (TileId tile : TileHashes.tilesOf(size).toList()) {
      byte[] octets = log.file(tile);
      for (int bit = 0; bit < octets.length * Byte.SIZE; bit += step) {
        int at = bit / Byte.SIZE;
        octets[at] ^= (byte) (1 << bit % Byte.SIZE);
        AuditReport report = LogAudit.run(size, log.tree.root(), log, entry -> {});
        assertThat(report.sound()).isFalse();
        assertThat(report.findings()).as("%s bit %s", tile, bit).hasSize(1);
        AuditFinding finding = report.findings().getFirst();
        assertThat(finding.path()).isEqualTo(tile.path());
        if (tile.isBundle()) {
          assertEntry(finding, tile, entries, at);
        } else {
          assertThat(finding.offset()).isEqualTo(at);
          assertThat(finding.reason()).startsWith("hash " + at / Hash.LENGTH + " ");
        }
        octets[at] ^= (byte) (1 << bit % Byte.SIZE);
      }
    }
  }

  private static void assertEntry(
      AuditFinding finding, TileId tile, List<byte[]> entries, int octet) {
    int entry = (int) tile.index() * TileId.FULL;
    int start = 0;
    while (start + 2 + entries.get(entry).length <= octet) {
      start += 2 + entries.get(entry).length;
      entry++;
    }
    assertThat(finding.offset()).isEqualTo(start);
    assertThat(finding.reason()).startsWith("entry " + entry + " ");
  }
}
