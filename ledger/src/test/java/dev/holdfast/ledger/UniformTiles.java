package dev.holdfast.ledger;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A log of any size that needs no memory: all its entries are empty, so that all full tiles of a
 * level are equal.
 */
final class UniformTiles implements TileSource {
  private static final TreeHasher HASHER = new TreeHasher();

  /** Tiles that are not as they should be. */
  final Map<TileId, byte[]> changed = new HashMap<>();

  private final long size;

  UniformTiles(long size) {
    this.size = size;
  }

  /** The hash of every complete subtree of this height. */
  static Hash hash(int height) {
    Hash hash = HASHER.leaf(new byte[0]);
    for (int i = 0; i < height; i++) {
      hash = HASHER.node(hash, hash);
    }
    return hash;
  }

  @Override
  public Optional<byte[]> tile(TileId tile) {
    if (changed.containsKey(tile)) {
      return Optional.ofNullable(changed.get(tile));
    }
    boolean there =
        tile.index() <= TileHashes.inLevel(size, tile.level()) / TileId.FULL
            && TileHashes.tileAt(size, tile.level(), tile.index()).equals(tile);
    return there ? Optional.of(octets(tile)) : Optional.empty();
  }

  private static byte[] octets(TileId tile) {
    if (tile.isBundle()) {
      return new byte[EntryBundle.PREFIX * tile.width()];
    }
    byte[] octets = new byte[tile.width() * Hash.LENGTH];
    byte[] hash = hash(8 * tile.level()).octets();
    for (int at = 0; at < octets.length; at += Hash.LENGTH) {
      System.arraycopy(hash, 0, octets, at, Hash.LENGTH);
    }
    return octets;
  }

  /** A tile in which one bit is not as it should be. */
  void flip(TileId tile, int bit) {
    byte[] octets = Arrays.copyOf(octets(tile), octets(tile).length);
    octets[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    changed.put(tile, octets);
  }

  @Override
  public Optional<byte[]> checkpoint() {
    return Optional.empty();
  }
}
