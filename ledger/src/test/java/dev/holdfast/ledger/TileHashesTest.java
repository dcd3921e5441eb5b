package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class TileHashesTest {
  private static final long SEED = 256;

  @Test
  void every_hash_of_a_tree_comes_out_of_its_tiles() throws IOException {
    for (int size : new int[] {1, 2, 255, 256, 257, 511, 512, 513, 1000, 65_536, 65_793}) {
      MemoryTiles tiles = hashesOnly(size);
      TileHashes hashes = new TileHashes(tiles, size);
      for (int height = 0; size >> height > 0; height++) {
        int step = size > 2_000 && height < 4 ? 97 : 1;
        for (long index = 0; index < size >> height; index += step) {
          assertThat(hashes.at(height, index)).isEqualTo(tiles.tree.at(height, index));
        }
      }
      assertThat(TreeRoot.of(size, hashes)).isEqualTo(tiles.tree.root());
    }
  }

  @Test
  void proofs_made_of_tiles_are_those_made_in_memory() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 40; round++) {
      int size = random.nextInt(1, 3_000);
      MemoryTiles tiles = hashesOnly(size);
      TileHashes hashes = new TileHashes(tiles, size);
      int index = random.nextInt(size);
      int old = random.nextInt(1, size + 1);
      assertThat(InclusionProof.make(index, size, hashes))
          .isEqualTo(InclusionProof.make(index, size, tiles.tree));
      assertThat(ConsistencyProof.make(old, size, hashes))
          .isEqualTo(ConsistencyProof.make(old, size, tiles.tree));
    }
  }

  @Test
  void a_missing_partial_tile_is_cut_from_the_full_one() throws IOException {
    MemoryTiles tiles = hashesOnly(600);
    // No full tile of level 1 is there yet, so that its partial ones are.
    tiles.files.put(new TileId(1, 0, 1), tiles.tree.at(8, 0).octets());
    for (int size = 1; size <= 512; size++) {
      assertThat(TreeRoot.of(size, new TileHashes(tiles, size)))
          .isEqualTo(TreeRoot.of(size, tiles.tree));
    }
  }

  @Test
  void a_missing_tile_is_named() {
    MemoryTiles tiles = hashesOnly(600);
    tiles.files.remove(new TileId(0, 1, 256));
    assertDamaged(tiles, "tile/0/001", "the log of 600 entries lacks this tile");
    MemoryTiles partial = hashesOnly(600);
    partial.files.remove(new TileId(0, 2, 88));
    assertDamaged(partial, "tile/0/002.p/88", "the log of 600 entries lacks this tile");
  }

  @Test
  void a_tile_of_a_wrong_length_is_named() {
    for (int length : new int[] {0, 1, 31, 8191, 8193, 16_384}) {
      MemoryTiles tiles = hashesOnly(600);
      tiles.files.compute(new TileId(0, 1, 256), (tile, octets) -> Arrays.copyOf(octets, length));
      assertDamaged(tiles, "tile/0/001", "it has " + length + " octets; 256 hashes have 8192");
    }
    MemoryTiles cut = hashesOnly(600);
    cut.files.put(new TileId(0, 2, 256), new byte[88 * 32]);
    cut.files.remove(new TileId(0, 2, 88));
    assertDamaged(cut, "tile/0/002", "it has 2816 octets; 256 hashes have 8192");
  }

  private static void assertDamaged(MemoryTiles tiles, String path, String reason) {
    TileHashes hashes = new TileHashes(tiles, 600);
    assertThatThrownBy(
            () -> {
              for (long index = 0; index < 600; index++) {
                hashes.at(0, index);
              }
            })
        .isInstanceOfSatisfying(
            CodedException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo(ErrorCode.LOG_DAMAGED);
              assertThat(e.problem().source()).isEqualTo(path);
              assertThat(e.problem().reason()).isEqualTo(reason);
            });
  }

  @Test
  void only_complete_subtrees_of_the_tree_have_a_hash() {
    TileHashes hashes = new TileHashes(hashesOnly(600), 600);
    for (int[] place : new int[][] {{0, 600}, {0, -1}, {-1, 0}, {8, 2}, {9, 1}, {10, 0}, {63, 0}}) {
      assertThatThrownBy(() -> hashes.at(place[0], place[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new TileHashes(new MemoryTiles(), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hashes_of_the_greatest_tree_are_looked_for_in_the_highest_tiles() {
    TileHashes hashes = new TileHashes(new MemoryTiles(), Long.MAX_VALUE);
    assertThatThrownBy(() -> hashes.at(62, 0)).hasMessageContaining("tile/7/000.p/127");
    assertThatThrownBy(() -> hashes.at(0, Long.MAX_VALUE - 1))
        .hasMessageContaining("tile/0/x036/x028/x797/x018/x963/967.p/255");
  }

  @Test
  void the_tiles_of_a_tree_are_those_that_a_writer_lays_out() {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    for (int size : new int[] {0, 1, 255, 256, 257, 512, 600, 2_000}) {
      MemoryTiles tiles = MemoryTiles.of(Trees.entries(random, size, 4));
      List<TileId> listed = TileHashes.tilesOf(size).toList();
      assertThat(listed).doesNotHaveDuplicates();
      assertThat(Set.copyOf(listed)).isEqualTo(tiles.files.keySet());
    }
  }

  @Test
  void the_size_of_the_specification_has_the_tiles_of_the_specification() {
    Set<String> edge =
        TileHashes.tilesOf(70_000)
            .filter(tile -> !tile.isBundle())
            .filter(TileId::isPartial)
            .map(TileId::path)
            .collect(Collectors.toSet());
    assertThat(edge)
        .containsExactlyInAnyOrder("tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1");
    assertThat(TileHashes.tilesOf(70_000).filter(tile -> !tile.isBundle()).count())
        .isEqualTo(273 + 1 + 1 + 1 + 1);
  }

  @Test
  void growth_writes_the_tiles_that_were_not_there() {
    SplittableRandom random = new SplittableRandom(SEED + 2);
    for (int round = 0; round < 200; round++) {
      int oldSize = random.nextInt(1_200);
      int newSize = oldSize + random.nextInt(random.nextBoolean() ? 5 : 1_200);
      Set<TileId> added = new HashSet<>(TileHashes.tilesOf(newSize).toList());
      added.removeAll(TileHashes.tilesOf(oldSize).toList());
      assertThat(Set.copyOf(TileHashes.tilesOf(oldSize, newSize).toList())).isEqualTo(added);
    }
  }

  private static MemoryTiles hashesOnly(int size) {
    MemoryTiles tiles = new MemoryTiles();
    Trees.leaves(new SplittableRandom(SEED + size), size).forEach(tiles.tree::append);
    tiles.layOutHashes(size);
    return tiles;
  }
}
