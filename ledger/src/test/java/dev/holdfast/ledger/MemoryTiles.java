package dev.holdfast.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log of any size as a writer would lay it out, in memory; tests change its files. */
final class MemoryTiles implements TileSource {
  final Map<TileId, byte[]> files = new HashMap<>();
  final MemoryTree tree = new MemoryTree();

  /** Tiles and bundles of a log with these entries, partial ones at the right edge only. */
  static MemoryTiles of(List<byte[]> entries) {
    MemoryTiles tiles = new MemoryTiles();
    entries.forEach(entry -> tiles.tree.append(Trees.leaf(entry)));
    tiles.layOut(entries.size(), entries);
    return tiles;
  }

  /** Adds the tiles of the log as it was when it had so many entries. */
  void layOut(long size, List<byte[]> entries) {
    for (long index = 0; index * 256 < size; index++) {
      int from = (int) index * 256;
      int to = (int) Math.min(size, from + 256);
      files.put(TileId.bundle(index, to - from), EntryBundle.of(entries.subList(from, to)));
    }
    layOutHashes(size);
  }

  /** Adds the tiles without bundles; the tree must have so many leaves. */
  void layOutHashes(long size) {
    for (int level = 0; size >> (8 * level) > 0; level++) {
      long width = size >> (8 * level);
      for (long index = 0; index * 256 < width; index++) {
        List<Hash> hashes = new ArrayList<>();
        for (long i = index * 256; i < Math.min(width, index * 256 + 256); i++) {
          hashes.add(tree.at(8 * level, i));
        }
        files.put(new TileId(level, index, hashes.size()), Tile.of(hashes));
      }
    }
  }

  byte[] file(TileId tile) {
    return Optional.ofNullable(files.get(tile)).orElseThrow();
  }

  @Override
  public Optional<byte[]> tile(TileId tile) {
    return Optional.ofNullable(files.get(tile));
  }

  @Override
  public Optional<byte[]> checkpoint() {
    return Optional.empty();
  }
}
