package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Logs with full tiles above the first levels; the thorough run has a full one of level 2. */
final class LogAuditLargeTest {
  private static final boolean THOROUGH =
      "thorough".equals(System.getProperty("holdfast.counts", "gate"));
  private static final long SIZE = (THOROUGH ? 1L << 24 : 1L << 17) + (1L << 16) + (1L << 8) + 3;

  @Test
  void a_large_log_is_sound() throws IOException {
    AuditReport report = audit(new UniformTiles(SIZE));
    assertThat(report.findings()).isEmpty();
    assertThat(report.entries()).isEqualTo(SIZE);
    assertThat(report.tiles()).isEqualTo(TileHashes.tilesOf(SIZE).count());
  }

  @Test
  void one_flipped_bit_in_the_highest_full_tile_is_found() throws IOException {
    UniformTiles log = new UniformTiles(SIZE);
    TileId highest =
        TileHashes.tilesOf(SIZE)
            .filter(tile -> !tile.isPartial())
            .reduce((a, b) -> b)
            .orElseThrow();
    assertThat(highest.level()).isEqualTo(THOROUGH ? 2 : 1);
    log.flip(highest, 8 * (32 * 200 + 31));
    assertThat(audit(log).findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.path()).isEqualTo(highest.path());
          assertThat(finding.offset()).isEqualTo(32 * 200 + 31);
        });
  }

  private static AuditReport audit(UniformTiles log) throws IOException {
    Hash root = TreeRoot.of(SIZE, (height, index) -> UniformTiles.hash(height));
    return LogAudit.run(SIZE, root, log, entries -> {});
  }
}
