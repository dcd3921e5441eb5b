package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Whatever octets come as a tile: they are refused with a code or are the one form of their hashes;
 * and as the tiles of a whole log they give findings, never an exception. The first octet says how
 * many hashes are asked for. Normal builds run the seeds only.
 */
final class TileFuzzTest {
  @FuzzTest
  void any_octets_are_refused_or_the_one_form_of_their_hashes(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    int width = 1 + Byte.toUnsignedInt(input[0]);
    byte[] octets = Arrays.copyOfRange(input, 1, input.length);
    try {
      List<Hash> hashes = Tile.hashes(octets, width);
      assertThat(hashes).hasSize(width);
      assertThat(Tile.of(hashes)).isEqualTo(octets);
    } catch (CodedException e) {
      assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_TILE);
    }
    MemoryTiles log = new MemoryTiles();
    TileHashes.tilesOf(width).forEach(tile -> log.files.put(tile, octets));
    assertThat(LogAudit.run(width, TreeHasher.emptyRoot(), log, entries -> {}).sound()).isFalse();
    try {
      TreeRoot.of(width, new TileHashes(log, width));
    } catch (CodedException e) {
      assertThat(e.problem().code()).isEqualTo(ErrorCode.LOG_DAMAGED);
    }
  }
}
