package dev.holdfast.ledger;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the files of a log come from: a folder, a web address, memory. Nothing that it gives is
 * trusted until it has been checked against a signed checkpoint.
 */
public interface TileSource {
  /** The most octets of an entry bundle: 256 entries of 65,535 octets with their lengths. */
  int LARGEST_BUNDLE = TileId.FULL * (2 + 65_535);

  /** The most octets of a checkpoint that is looked at. */
  int LARGEST_CHECKPOINT = 1 << 20;

  /**
   * The octets under this very name, or empty where the log has none.
   *
   * @throws IOException where the source failed, so that one cannot know
   */
  Optional<byte[]> tile(TileId tile) throws IOException;

  /**
   * As {@link #tile}, but where a partial one is gone, the first part of the full one that took its
   * place (C2SP tlog-tiles, "Partial Tiles").
   */
  default Optional<byte[]> tileOrCut(TileId tile) throws IOException {
    Optional<byte[]> octets = tile(tile);
    if (octets.isPresent() || !tile.isPartial()) {
      return octets;
    }
    return tile(tile.full()).map(full -> cut(full, tile));
  }

  /** The first part of a tile or bundle, as wide as another; shorter where there is not so much. */
  static byte[] cut(byte[] full, TileId tile) {
    if (!tile.isBundle()) {
      return Arrays.copyOf(full, Math.min(full.length, tile.width() * Hash.LENGTH));
    }
    int at = 0;
    for (int entry = 0; entry < tile.width() && at + 2 <= full.length; entry++) {
      at += 2 + ((full[at] & 0xff) << 8) + (full[at + 1] & 0xff);
    }
    return Arrays.copyOf(full, Math.min(full.length, at));
  }

  /** The checkpoint, or empty where the log has none. */
  Optional<byte[]> checkpoint() throws IOException;
}
